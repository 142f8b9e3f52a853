import { Button, Field, Textarea } from '@fluentui/react-components';
import { type ReactElement, useMemo, useState } from 'react';
import { quoteArgument } from '../../shared/domain/command-line.ts';
import { explain } from '../../shared/domain/error-decoder.ts';
import { explainWords } from '../../shared/wording/screen-explain.ts';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { CodeBlock } from '../components/CodeBlock.tsx';
import { ModalDialog } from '../components/ModalDialog.tsx';
import { Prose } from '../components/Prose.tsx';
import css from './Dialogs.module.css';

const words = explainWords;

/** What an error of Docker, WinFsp or Windows means, as it is typed or pasted. */
export function ExplainDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [typed, setTyped] = useState('');
  const asked = typed.trim();
  const decoded = useMemo(() => (asked === '' ? undefined : explain(asked)), [asked]);
  return (
    <ModalDialog title={words.title} onClose={onClose} actions={<Button onClick={onClose}>{shellWords.close}</Button>}>
      <Field label={words.field} hint={words.hint}>
        <Textarea
          className={css['raw'] ?? ''}
          rows={3}
          resize="vertical"
          spellCheck={false}
          value={typed}
          onChange={(_event, { value }) => setTyped(value)}
        />
      </Field>
      <div role="status" className={css['answer']}>
        {asked !== '' && decoded === undefined && <p>{words.unknown}</p>}
        {decoded !== undefined && (
          <>
            {decoded.code !== undefined && <h3>{decoded.code}</h3>}
            <dl>
              <dt>{words.cause}</dt>
              <dd>
                <Prose text={decoded.cause} />
              </dd>
              <dt>{words.fix}</dt>
              <dd>
                <Prose text={decoded.fix} />
              </dd>
            </dl>
            <p className={css['sub']}>{words.source(decoded.source)}</p>
          </>
        )}
      </div>
      {decoded !== undefined && !asked.includes('\n') && (
        <CodeBlock text={words.command(quoteArgument(asked))} what={shellWords.command} />
      )}
    </ModalDialog>
  );
}
