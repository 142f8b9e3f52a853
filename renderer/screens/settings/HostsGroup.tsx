import { Button, Spinner } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import type { HostChoice } from '../../../shared/domain/host-choice.ts';
import type { SshConnection } from '../../../shared/domain/ssh-connection.ts';
import { settingsWords } from '../../../shared/wording/screen-settings.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { wordSshConnection } from '../../../shared/wording/word-ssh.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { plainText } from '../../components/plain-text.ts';
import { LoadingLines } from '../../components/States.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { choiceKey } from '../../stores/hosts-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import { Group } from './Group.tsx';
import { OwnHosts } from './OwnHosts.tsx';
import css from './SettingsScreen.module.css';

const words = settingsWords.hosts;

/** The hosts that can be opened, and why the others cannot. */
export function HostsGroup({ stores }: { readonly stores: Stores }): ReactElement {
  const asked = useAsked(stores.hosts);
  const opening = useStore(stores.hosts.opening);
  return (
    <Group title={words.title}>
      <p className={css['hint']}>{words.hint}</p>
      {opening.fault !== undefined && opening.question === undefined && <FaultPanel fault={wordFault(opening.fault)} />}
      {asked.kind === 'waiting' && <LoadingLines lines={3} />}
      {asked.kind === 'faulted' && (
        <FaultPanel
          fault={wordFault(asked.fault)}
          actions={[{ label: shellWords.again, run: () => void stores.hosts.refresh() }]}
        />
      )}
      {asked.kind === 'known' && asked.value.length === 0 && <p className={css['hint']}>{words.none}</p>}
      {asked.kind === 'known' && <KnownHosts stores={stores} choices={asked.value} />}
      <OwnHosts stores={stores} />
    </Group>
  );
}

interface KnownHostsProps {
  readonly stores: Stores;
  readonly choices: readonly HostChoice[];
}

/** The open one and real ones first; the simulated ones are many, and fold away. */
function KnownHosts({ stores, choices }: KnownHostsProps): ReactElement {
  const isFolded = ({ kind, current }: HostChoice): boolean => kind === 'simulated' && !current;
  const folded = choices.filter(isFolded);
  const first = choices.filter(choice => !isFolded(choice));
  return (
    <>
      <ul className={css['list']} aria-label={words.title}>
        {[...first.filter(({ current }) => current), ...first.filter(({ current }) => !current)].map(choice => (
          <Host key={choiceKey(choice)} stores={stores} choice={choice} />
        ))}
      </ul>
      {folded.length > 0 && (
        <details className={css['more']}>
          <summary>{words.simulated(folded.length)}</summary>
          <ul className={css['list']} aria-label={words.simulated(folded.length)}>
            {folded.map(choice => (
              <Host key={choiceKey(choice)} stores={stores} choice={choice} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Host({ stores, choice }: { readonly stores: Stores; readonly choice: HostChoice }): ReactElement {
  const running = useStore(stores.hosts.opening, ({ running: key }) => key);
  const canOpen = !choice.current && choice.available;
  return (
    <li className={css['item']} aria-current={choice.current ? 'true' : undefined}>
      <div className={css['says']}>
        <span className={css['name']}>{plainText(choice.title)}</span>
        <span className={css['hint']}>
          {words.kinds[choice.kind]}. {plainText(choice.description)}
        </span>
        {choice.ssh !== undefined && <SshWay ssh={choice.ssh} />}
        {!choice.available && (
          <span className={css['hint']}>
            {words.notAvailable(choice.reason === undefined ? undefined : plainText(choice.reason))}
          </span>
        )}
      </div>
      {choice.current && <StatusMark pill tone="good" word={words.current} />}
      {canOpen && running === choiceKey(choice) && <Spinner size="tiny" label={words.opening} />}
      {canOpen && running !== choiceKey(choice) && (
        <Button
          size="small"
          disabled={running !== undefined}
          aria-label={words.openName(plainText(choice.title))}
          onClick={() => void stores.hosts.open(choice)}
        >
          {words.open}
        </Button>
      )}
    </li>
  );
}

/** How the host would be reached, and which lines of the configuration say so. */
function SshWay({ ssh }: { readonly ssh: SshConnection }): ReactElement {
  const [first = '', ...more] = wordSshConnection(ssh);
  return (
    <details className={css['more']}>
      <summary>{plainText(first)}</summary>
      <ul className={css['way']}>
        {more.map(line => (
          <li key={line} className={css['hint']}>
            {plainText(line)}
          </li>
        ))}
      </ul>
    </details>
  );
}
