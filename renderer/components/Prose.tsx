import { Fragment, type ReactElement } from 'react';
import { codeSpans } from '../../shared/wording/code-spans.ts';
import { plainText } from './plain-text.ts';

/** A sentence that may hold what a container chose, with commands and names to be typed set as code. */
export function Prose({ text }: { readonly text: string }): ReactElement {
  return (
    <>
      {codeSpans(plainText(text)).map(({ at, text: piece, isCode }) =>
        isCode ? <code key={at}>{piece}</code> : <Fragment key={at}>{piece}</Fragment>,
      )}
    </>
  );
}
