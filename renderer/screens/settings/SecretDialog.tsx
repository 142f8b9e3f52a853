import { Button, Field, Textarea } from '@fluentui/react-components';
import { type ChangeEvent, type ReactElement, useRef, useState } from 'react';
import { LONGEST_SECRET } from '../../../shared/domain/secret-delivery.ts';
import { isTooShort } from '../../../shared/domain/secret-parts.ts';
import { secretsWords as words } from '../../../shared/wording/screen-secrets.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { TOO_SHORT_TO_MASK } from '../../../shared/wording/word-secret.ts';
import { ModalDialog } from '../../components/ModalDialog.tsx';
import css from './SettingsScreen.module.css';

export interface SecretDialogProps {
  readonly name: string;
  /** Answers whether it was kept. */
  readonly onSave: (value: string) => Promise<boolean>;
  readonly onClose: () => void;
}

/** Takes a value, typed or from a file. It is gone from the page with the dialog. */
export function SecretDialog({ name, onSave, onClose }: SecretDialogProps): ReactElement {
  const [value, setValue] = useState('');
  const file = useRef<HTMLInputElement>(null);
  const read = async ({ target }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [chosen] = target.files ?? [];
    if (chosen === undefined || chosen.size > LONGEST_SECRET) return;
    setValue(await chosen.text());
  };
  return (
    <ModalDialog
      title={words.setName(name)}
      onClose={onClose}
      actions={
        <>
          <Button
            appearance="primary"
            disabled={value === ''}
            onClick={() => void onSave(trimmed(value)).then(kept => kept && onClose())}
          >
            {words.save}
          </Button>
          <Button onClick={() => file.current?.click()}>{words.fromFile}</Button>
          <Button onClick={onClose}>{shellWords.cancel}</Button>
        </>
      }
    >
      <Field
        label={words.value}
        hint={words.valueHint}
        {...(value !== '' && isTooShort(value)
          ? { validationState: 'warning' as const, validationMessage: TOO_SHORT_TO_MASK }
          : {})}
      >
        <Textarea
          className={css['secret'] ?? ''}
          value={value}
          rows={3}
          spellCheck={false}
          autoComplete="off"
          maxLength={LONGEST_SECRET}
          onChange={(_event, { value: text }) => setValue(text)}
        />
      </Field>
      <input ref={file} type="file" hidden aria-hidden="true" tabIndex={-1} onChange={event => void read(event)} />
    </ModalDialog>
  );
}

/** One line end of a password is its file's; a text of many lines is kept as it is. */
function trimmed(value: string): string {
  const line = value.replace(/\r?\n$/, '');
  return line.includes('\n') ? value : line;
}
