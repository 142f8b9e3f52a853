import type { ReactElement } from 'react';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import css from './CodeBlock.module.css';
import { CopyButton } from './CopyButton.tsx';
import { plainLines } from './plain-text.ts';

/** A command or a tool's output, with a copy button. Shows control and bidi characters as what they are. */
export function CodeBlock({ text, what }: { readonly text: string; readonly what: string }): ReactElement {
  return (
    <div className={css['block']}>
      <pre className={css['text']}>{plainLines(text)}</pre>
      <CopyButton text={text} what={what} />
    </div>
  );
}

/** A raw answer, folded away. */
export function RawText({ text }: { readonly text: string }): ReactElement {
  return (
    <details className={css['raw']}>
      <summary>{shellWords.raw}</summary>
      <CodeBlock text={text} what={shellWords.raw.toLowerCase()} />
    </details>
  );
}
