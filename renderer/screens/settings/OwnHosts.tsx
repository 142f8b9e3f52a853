import { Button, Field, Input } from '@fluentui/react-components';
import { type FormEvent, type ReactElement, useState } from 'react';
import { KnownHost } from '../../../shared/domain/settings.ts';
import { settingsWords } from '../../../shared/wording/screen-settings.ts';
import { plainText } from '../../components/plain-text.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import css from './SettingsScreen.module.css';

const words = settingsWords.hosts;

/** The user's own list of hosts: what is in it, a field for another, and a way out. */
export function OwnHosts({ stores }: { readonly stores: Stores }): ReactElement | null {
  const asked = useAsked(stores.settings);
  const [address, setAddress] = useState('ssh://');
  const [title, setTitle] = useState('');
  const [wasTried, setWasTried] = useState(false);
  if (asked.kind !== 'known') return null;
  const { hosts } = asked.value.settings;
  const wanted = KnownHost.safeParse({ id: address.trim(), ...(title.trim() === '' ? {} : { title: title.trim() }) });
  const isTwice = hosts.some(({ id }) => id === address.trim());
  const mistake = isTwice ? words.twice : wanted.success ? undefined : words.expected;

  const keep = async (next: readonly KnownHost[]): Promise<void> => {
    await stores.settings.write({ hosts: [...next] });
    await stores.hosts.refresh();
  };
  const add = (event: FormEvent): void => {
    event.preventDefault();
    setWasTried(true);
    if (!wanted.success || isTwice) return;
    void keep([...hosts, wanted.data]).then(() => {
      if (stores.settings.refused.getState().fault !== undefined) return;
      setAddress('ssh://');
      setTitle('');
      setWasTried(false);
    });
  };
  return (
    <>
      {hosts.length > 0 && (
        <ul className={css['list']} aria-label={words.own}>
          {hosts.map(host => {
            const shown = plainText(host.title ?? host.id);
            return (
              <li key={host.id} className={css['item']}>
                <div className={css['says']}>
                  <span className={css['name']}>{shown}</span>
                  <span className={css['hint']}>{plainText(host.id)}</span>
                </div>
                <Button
                  size="small"
                  appearance="subtle"
                  aria-label={words.removeName(shown)}
                  onClick={() => void keep(hosts.filter(({ id }) => id !== host.id))}
                >
                  {words.remove}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <form className={css['add']} onSubmit={add}>
        <Field
          label={words.address}
          {...(wasTried && mistake !== undefined
            ? { validationMessage: mistake, validationState: 'error' as const }
            : { hint: words.addressHint })}
        >
          <Input value={address} onChange={(_, { value }) => setAddress(value)} spellCheck={false} />
        </Field>
        <Field label={words.hostTitle}>
          <Input value={title} maxLength={80} onChange={(_, { value }) => setTitle(value)} />
        </Field>
        <Button type="submit">{words.add}</Button>
      </form>
    </>
  );
}
