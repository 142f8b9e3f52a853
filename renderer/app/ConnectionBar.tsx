import { Button } from '@fluentui/react-components';
import { PlugDisconnectedRegular } from '@fluentui/react-icons/svg/plug-disconnected';
import { type ReactElement, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Fault } from '../../shared/contract/fault.ts';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import type { Connection } from '../stores/connection-store.ts';
import type { Stores } from '../stores/stores.ts';
import css from './ConnectionBar.module.css';

/** Says that the server or the host is out of reach, and goes away by itself. */
export function ConnectionBar({ stores }: { readonly stores: Stores }): ReactElement {
  const connection = useStore(stores.connection.store);
  const hostLost = useStore(stores.hostLost, ({ fault }) => fault);
  const opening = useStore(stores.hosts.opening, ({ running }) => running !== undefined);
  const words = shellWords.connection;
  const isLost = connection.kind === 'lost';
  const isRefused = connection.kind === 'refused';
  const text = isLost
    ? words.lost
    : isRefused
      ? words.tokenRejected
      : connection.kind === 'silent'
        ? words.silent
        : hostLost === undefined
          ? undefined
          : mayComeBack(hostLost)
            ? words.hostLost
            : words.hostClosed;
  return (
    <div role="status" aria-live="polite">
      {text !== undefined && (
        <div className={`${css['bar']} ${isLost || isRefused ? css['lost'] : ''}`}>
          <PlugDisconnectedRegular />
          <span className={css['text']}>{text}</span>
          {connection.kind === 'open' && (
            <Button size="small" disabled={opening} onClick={() => void reopen(stores)}>
              {words.reopen}
            </Button>
          )}
          {isLost && (
            <>
              <Countdown connection={connection} />
              <Button size="small" onClick={() => stores.connection.retry()}>
                {words.retry}
              </Button>
            </>
          )}
        </div>
      )}
    </div>
  );
}

/** Why it could not be opened stands among the hosts. */
async function reopen({ hosts, view }: Stores): Promise<void> {
  await hosts.reopen();
  if (hosts.opening.getState().fault !== undefined) view.showSettings('hosts');
}

/** Whether the server opens it again by itself. */
const mayComeBack = ({ code }: Fault): boolean => code === 'host-unreachable' || code === 'timed-out';

function Countdown({ connection }: { readonly connection: Connection & { kind: 'lost' } }): ReactElement {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.ceil((connection.retryAt - now) / 1_000);
  return <span aria-hidden="true">{shellWords.connection.retrying(seconds)}</span>;
}
