import { Button, Field, Input, Textarea } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { SecretNeed } from '../../../shared/domain/profile-secret.ts';
import { isTooShort } from '../../../shared/domain/secret-parts.ts';
import type { SecretRow } from '../../../shared/domain/secret-store.ts';
import { secretsWords } from '../../../shared/wording/screen-secrets.ts';
import { TOO_SHORT_TO_MASK, wordDelivery, wordSecretState } from '../../../shared/wording/word-secret.ts';
import { plainText } from '../../components/plain-text.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import css from './LaunchScreen.module.css';

const words = secretsWords.launch;

/** The secrets that a profile's program takes: how each stands, how it gets there, and a field for the one that is missing. */
export function SecretFields({
  stores,
  profile,
}: {
  readonly stores: Stores;
  readonly profile: Profile;
}): ReactElement | null {
  const asked = useAsked(stores.secrets);
  if (profile.secrets === undefined || profile.secrets.length === 0) return null;
  const rows = asked.kind === 'known' ? asked.value.secrets : [];
  const hasRequired = profile.secrets.some(({ optional }) => optional !== true);
  return (
    <details className={css['more']} open={hasRequired}>
      <summary>{words.title}</summary>
      <div className={css['fields']}>
        {profile.secrets.map(need => (
          <SecretField
            key={need.name}
            stores={stores}
            need={need}
            state={rows.find(({ name }) => name === need.name)?.state ?? 'missing'}
          />
        ))}
      </div>
    </details>
  );
}

interface SecretFieldProps {
  readonly stores: Stores;
  readonly need: SecretNeed;
  readonly state: SecretRow['state'];
}

function SecretField({ stores, need, state }: SecretFieldProps): ReactElement {
  const { name, title, optional } = need;
  const typed = useStore(stores.launch.form, form => form.secrets[name] ?? '');
  const isMissing = state === 'missing' || state === 'locked';
  const edit = (value: string): void => {
    const { [name]: _, ...others } = stores.launch.form.getState().secrets;
    stores.launch.edit({ secrets: value === '' ? others : { ...others, [name]: value } });
  };
  const keep = async (): Promise<void> => {
    if (await stores.secrets.set(name, typed)) edit('');
  };
  const marks = [wordSecretState(state), ...(optional === true ? [words.optional] : [])].join(', ');
  return (
    <div className={css['wide']}>
      <Field
        label={`${plainText(title)} (${marks})`}
        hint={`${wordDelivery(need)} ${isMissing ? words.onceMissing : words.once}`}
        {...(typed !== '' && isTooShort(typed)
          ? { validationState: 'warning' as const, validationMessage: TOO_SHORT_TO_MASK }
          : {})}
      >
        {need.deliver.by === 'file' ? (
          // A key or a configuration has many lines, which a field for passwords would join.
          <Textarea
            className={css['secret'] ?? ''}
            rows={2}
            spellCheck={false}
            autoComplete="off"
            value={typed}
            onChange={(_event, { value }) => edit(value)}
          />
        ) : (
          <Input type="password" autoComplete="off" value={typed} onChange={(_event, { value }) => edit(value)} />
        )}
      </Field>
      {typed !== '' && (
        <Button
          className={css['proposal'] ?? ''}
          size="small"
          aria-label={words.keepName(name)}
          onClick={() => void keep()}
        >
          {words.keep}
        </Button>
      )}
    </div>
  );
}
