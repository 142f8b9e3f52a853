import { Button, Field, Input } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useStore } from 'zustand';
import { SecretName } from '../../../shared/domain/profile-secret.ts';
import type { SecretRow } from '../../../shared/domain/secret-store.ts';
import { formatList } from '../../../shared/wording/amounts.ts';
import { secretsWords as words } from '../../../shared/wording/screen-secrets.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { wordSecretPlace, wordSecretState, wordUnmasked } from '../../../shared/wording/word-secret.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { plainText } from '../../components/plain-text.ts';
import { LoadingLines } from '../../components/States.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Tone } from '../../components/tone.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import { Group } from './Group.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import css from './SettingsScreen.module.css';

const TONES: Readonly<Record<SecretRow['state'], Tone>> = {
  kept: 'good',
  session: 'good',
  missing: 'muted',
  locked: 'warning',
};

/** Secrets by name: set, replace, forget. There is no way to see one. */
export function SecretsGroup({ stores }: { readonly stores: Stores }): ReactElement {
  const asked = useAsked(stores.secrets);
  const refused = useStore(stores.secrets.refused, state => state.fault);
  const [setting, setSetting] = useState<string>();
  const [forgetting, setForgetting] = useState<string>();
  return (
    <Group title={words.title}>
      <p className={css['hint']}>{words.hint}</p>
      {refused !== undefined && <FaultPanel fault={wordFault(refused)} />}
      {asked.kind === 'waiting' && <LoadingLines lines={3} />}
      {asked.kind === 'faulted' && (
        <FaultPanel
          fault={wordFault(asked.fault)}
          actions={[{ label: shellWords.again, run: () => void stores.secrets.refresh() }]}
        />
      )}
      {asked.kind === 'known' && (
        <>
          <p className={css['hint']}>{wordSecretPlace(asked.value.place)}</p>
          {asked.value.unmasked.length > 0 && <p className={css['hint']}>{wordUnmasked(asked.value.unmasked)}</p>}
          {asked.value.secrets.length === 0 && <p>{words.none}</p>}
          <ul className={css['list']} aria-label={words.list}>
            {asked.value.secrets.map(row => (
              <Row
                key={row.name}
                row={row}
                onSet={() => setSetting(row.name)}
                onForget={() => setForgetting(row.name)}
              />
            ))}
          </ul>
          <Another onName={setSetting} />
        </>
      )}
      {setting !== undefined && (
        <SecretDialog
          name={setting}
          onSave={value => stores.secrets.set(setting, value)}
          onClose={() => setSetting(undefined)}
        />
      )}
      {forgetting !== undefined && (
        <ConfirmDialog
          title={words.confirmTitle(forgetting)}
          confirm={words.forget}
          onConfirm={() => void stores.secrets.forgetSecret(forgetting)}
          onClose={() => setForgetting(undefined)}
        >
          <p>{words.confirmText}</p>
        </ConfirmDialog>
      )}
    </Group>
  );
}

interface RowProps {
  readonly row: SecretRow;
  readonly onSet: () => void;
  readonly onForget: () => void;
}

function Row({ row: { name, title, state, usedBy }, onSet, onForget }: RowProps): ReactElement {
  const isThere = state !== 'missing';
  return (
    <li className={css['item']}>
      <div className={css['says']}>
        <span className={css['name']}>{plainText(title ?? name)}</span>
        <span className={css['hint']}>
          <code>{name}</code>. {usedBy.length === 0 ? words.unused : words.takenBy(plainText(formatList(usedBy)))}
        </span>
      </div>
      <StatusMark tone={TONES[state]} word={wordSecretState(state)} />
      <span className={css['buttons']}>
        <Button size="small" aria-label={words.setName(name)} onClick={onSet}>
          {isThere ? words.replace : words.set}
        </Button>
        {isThere && (
          <Button
            size="small"
            appearance="subtle"
            icon={<DeleteRegular />}
            title={words.forget}
            aria-label={words.forgetName(name)}
            onClick={onForget}
          />
        )}
      </span>
    </li>
  );
}

/** For a profile that is not written yet. */
function Another({ onName }: { readonly onName: (name: string) => void }): ReactElement {
  const [name, setName] = useState('');
  const [wasTried, setWasTried] = useState(false);
  const isWrong = wasTried && !SecretName.safeParse(name).success;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setWasTried(true);
    if (!SecretName.safeParse(name).success) return;
    onName(name);
    setName('');
    setWasTried(false);
  };
  return (
    <form className={css['add']} onSubmit={submit}>
      <Field
        label={words.another}
        {...(isWrong
          ? { validationMessage: words.anotherHint, validationState: 'error' as const }
          : { hint: words.anotherHint })}
      >
        <Input value={name} spellCheck={false} onChange={(_, { value }) => setName(value)} />
      </Field>
      <Button type="submit">{words.set}</Button>
    </form>
  );
}
