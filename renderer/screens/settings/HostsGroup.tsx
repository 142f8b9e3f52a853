import { Button, Spinner } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { settingsWords } from '../../../shared/wording/screen-settings.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { plainText } from '../../components/plain-text.ts';
import { LoadingLines } from '../../components/States.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { hostKey } from '../../stores/hosts-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import { Group } from './Group.tsx';
import css from './SettingsScreen.module.css';

const words = settingsWords.hosts;

/** The hosts that can be opened, and why the others cannot. */
export function HostsGroup({ stores }: { readonly stores: Stores }): ReactElement {
  const asked = useAsked(stores.hosts);
  const opening = useStore(stores.hosts.opening);
  return (
    <Group title={words.title}>
      <p className={css['hint']}>{words.hint}</p>
      {opening.fault !== undefined && <FaultPanel fault={wordFault(opening.fault)} />}
      {asked.kind === 'waiting' && <LoadingLines lines={3} />}
      {asked.kind === 'faulted' && (
        <FaultPanel
          fault={wordFault(asked.fault)}
          actions={[{ label: shellWords.again, run: () => void stores.hosts.refresh() }]}
        />
      )}
      {asked.kind === 'known' && asked.value.length === 0 && <p className={css['hint']}>{words.none}</p>}
      {asked.kind === 'known' && (
        <ul className={css['list']} aria-label={words.title}>
          {asked.value.map(choice => (
            <li key={hostKey(choice)} className={css['item']} aria-current={choice.current ? 'true' : undefined}>
              <div className={css['says']}>
                <span className={css['name']}>{plainText(choice.title)}</span>
                <span className={css['hint']}>
                  {words.kinds[choice.kind]}. {plainText(choice.description)}
                </span>
                {!choice.available && (
                  <span className={css['hint']}>
                    {words.notAvailable(choice.reason === undefined ? undefined : plainText(choice.reason))}
                  </span>
                )}
              </div>
              {choice.current && <StatusMark pill tone="good" word={words.current} />}
              {!choice.current &&
                choice.available &&
                (opening.running === hostKey(choice) ? (
                  <Spinner size="tiny" label={words.opening} />
                ) : (
                  <Button
                    size="small"
                    disabled={opening.running !== undefined}
                    aria-label={words.openName(plainText(choice.title))}
                    onClick={() => void stores.hosts.open(choice)}
                  >
                    {words.open}
                  </Button>
                ))}
            </li>
          ))}
        </ul>
      )}
    </Group>
  );
}
