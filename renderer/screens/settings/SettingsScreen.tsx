import { Button, Radio, RadioGroup } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { settingsWords } from '../../../shared/wording/screen-settings.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { plainText } from '../../components/plain-text.ts';
import { ScreenFrame } from '../../components/ScreenFrame.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Tone } from '../../components/tone.ts';
import { THEME_CHOICES } from '../../stores/appearance-store.ts';
import type { Connection } from '../../stores/connection-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import { Fact, Group } from './Group.tsx';
import { GuardGroup } from './GuardGroup.tsx';
import { HostsGroup } from './HostsGroup.tsx';
import { Licences } from './Licences.tsx';
import { PolicyGroup } from './PolicyGroup.tsx';
import { ProfilesGroup } from './ProfilesGroup.tsx';
import { SecretsGroup } from './SecretsGroup.tsx';
import { SettingsNotices } from './SettingsNotices.tsx';
import css from './SettingsScreen.module.css';
import { WindowGroup } from './WindowGroup.tsx';

const words = settingsWords;
const TONES: Readonly<Record<Connection['kind'], Tone>> = {
  connecting: 'busy',
  open: 'good',
  silent: 'warning',
  lost: 'bad',
  refused: 'bad',
};

/** How the page looks, which host it talks to, profiles and policy of one's own. */
export function SettingsScreen({ stores }: { readonly stores: Stores }): ReactElement {
  const theme = useStore(stores.appearance.store, state => state.theme);
  const connection = useStore(stores.connection.store, state => state.kind);
  const snapshot = useAsked(stores.snapshot);
  const refused = useStore(stores.settings.refused, state => state.fault);
  const known = snapshot.kind === 'known' ? snapshot.value : undefined;
  return (
    <ScreenFrame title={words.title} subtitle={words.subtitle}>
      <SettingsNotices stores={stores} />
      {refused !== undefined && (
        <div className={css['note']}>
          <FaultPanel fault={wordFault(refused)} />
        </div>
      )}
      <Group title={words.appearance}>
        <RadioGroup
          aria-label={words.theme}
          layout="horizontal"
          value={theme}
          onChange={(_event, { value }) => {
            const choice = THEME_CHOICES.find(other => other === value);
            if (choice !== undefined) stores.appearance.choose(choice);
          }}
        >
          {THEME_CHOICES.map(choice => (
            <Radio key={choice} value={choice} label={words.themes[choice]} />
          ))}
        </RadioGroup>
        <p className={css['hint']}>{words.themeHint}</p>
      </Group>
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
      <WindowGroup stores={stores} />
      <HostsGroup stores={stores} />
      <ProfilesGroup stores={stores} />
      <SecretsGroup stores={stores} />
      <PolicyGroup stores={stores} />
      <GuardGroup stores={stores} />
      <Group title={words.keyboard}>
        <dl className={css['facts']}>
          {words.keys.map(([keys, meaning]) => (
            <Fact key={keys} name={<kbd>{keys}</kbd>}>
              {meaning}
            </Fact>
          ))}
        </dl>
      </Group>
      <Group title={words.about}>
        <dl className={css['facts']}>
          <Fact name={words.version}>{__SILOSCOPE_VERSION__}</Fact>
        </dl>
        <div className={css['buttons']}>
          <Button onClick={() => stores.view.ask('report')}>{words.help.report}</Button>
          <Button onClick={() => stores.view.ask('explain')}>{words.help.explain}</Button>
        </div>
        <Licences stores={stores} />
      </Group>
    </ScreenFrame>
  );
}
