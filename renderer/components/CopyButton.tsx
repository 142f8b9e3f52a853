import { Button } from '@fluentui/react-components';
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import type { ReactElement } from 'react';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { plainText } from './plain-text.ts';
import { useCopied } from './use-copied.ts';

/** Copies a text and says so for a moment. `what` completes the accessible name: "Copy the docker run line". */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }): ReactElement {
  const [copied, copy] = useCopied();
  return (
    <Button
      size="small"
      appearance="subtle"
      icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
      aria-label={copied ? shellWords.copied : `${shellWords.copy} ${plainText(what)}`}
      title={copied ? shellWords.copied : shellWords.copy}
      onClick={() => copy(text)}
    />
  );
}
