import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { settingsWords as words } from '../../../shared/wording/screen-settings.ts';
import { plainText } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Tone } from '../../components/tone.ts';
import type { Connection } from '../../stores/connection-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import { Fact, Group } from './Group.tsx';
import css from './SettingsScreen.module.css';

const TONES: Readonly<Record<Connection['kind'], Tone>> = {
  connecting: 'busy',
  open: 'good',
  silent: 'warning',
  lost: 'bad',
  refused: 'bad',
};

/** Whom the page talks to, and what that host runs. */
export function ConnectionGroup({ stores }: { readonly stores: Stores }): ReactElement {
  const connection = useStore(stores.connection.store, state => state.kind);
  const snapshot = useAsked(stores.snapshot);
  const known = snapshot.kind === 'known' ? snapshot.value : undefined;
  return (
    <Group title={words.connection}>
      <dl className={css['facts']}>
        <Fact name={words.state}>
          <StatusMark tone={TONES[connection]} word={words.states[connection]} />
        </Fact>
        {known !== undefined && (
          <>
            <Fact name={words.host}>{plainText(`${known.host.facts.machineName} (${known.host.id})`)}</Fact>
            {known.host.scenario !== undefined && <Fact name={words.scenario}>{plainText(known.host.scenario)}</Fact>}
            <Fact name={words.windows}>
              {plainText(
                `${known.host.facts.edition} ${known.host.facts.displayVersion}, ${known.host.facts.build}.${known.host.facts.revision}`,
              )}
            </Fact>
            <Fact name={words.winfsp}>
              {plainText([known.fsd.version, known.fsd.service].filter(Boolean).join(', ') || words.none)}
            </Fact>
            <Fact name={words.engine}>
              {plainText(
                known.engine.reachable
                  ? words.engineText(known.engine.version, known.engine.apiVersion, known.engine.osType)
                  : (known.engine.reason ?? words.none),
              )}
            </Fact>
          </>
        )}
      </dl>
    </Group>
  );
}
