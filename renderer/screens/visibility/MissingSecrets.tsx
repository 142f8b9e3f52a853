import { Button, Field, Textarea } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { Fault } from '../../../shared/contract/fault.ts';
import { fixScreenWords as words } from '../../../shared/wording/screen-fixes.ts';
import { plainText } from '../../components/plain-text.ts';
import css from './Evidence.module.css';

/** Asks for the secrets that a relaunch lacks, for it alone. Nothing of them is shown, and nothing is kept. */
export function MissingSecrets({
  secrets,
  onGive,
}: {
  readonly secrets: Extract<Fault, { code: 'secrets-missing' }>['secrets'];
  readonly onGive: (values: Readonly<Record<string, string>>) => void;
}): ReactElement {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const isReady = secrets.every(({ name }) => (typed[name] ?? '') !== '');
  return (
    <form
      aria-label={words.secrets}
      onSubmit={event => {
        event.preventDefault();
        if (isReady) onGive(typed);
      }}
    >
      {secrets.map(({ name, title }) => (
        <Field key={name} label={plainText(title)} hint={words.secretHint}>
          <Textarea
            className={css['secret'] ?? ''}
            rows={2}
            spellCheck={false}
            autoComplete="off"
            value={typed[name] ?? ''}
            onChange={(_event, { value }) => setTyped({ ...typed, [name]: value })}
          />
        </Field>
      ))}
      <Button type="submit" size="small" disabled={!isReady}>
        {words.giveSecrets}
      </Button>
    </form>
  );
}
