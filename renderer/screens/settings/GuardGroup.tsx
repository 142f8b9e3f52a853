import { Checkbox, Radio, RadioGroup } from '@fluentui/react-components';
import { type ReactElement, useEffect } from 'react';
import { useStore } from 'zustand';
import { GuardMode, type GuardState } from '../../../shared/domain/guard.ts';
import type { Settings } from '../../../shared/domain/settings.ts';
import { wordGuard, wordGuardAct, guardWords as words } from '../../../shared/wording/word-guard.ts';
import { Prose } from '../../components/Prose.tsx';
import { plainText } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import { Group } from './Group.tsx';
import css from './SettingsScreen.module.css';

/** Only what was looked at as a whole is good. */
const toneOf = ({ trouble, count, unlisted }: GuardState): 'bad' | 'leak' | 'warning' | 'good' =>
  trouble !== undefined ? 'bad' : count > 0 ? 'leak' : unlisted.length > 0 ? 'warning' : 'good';

const MODES = ['off', ...GuardMode.options] as const;
const MOST_ACTS = 5;

/** Who watches the policy while Siloscope runs, and what it did of late. */
export function GuardGroup({ stores }: { readonly stores: Stores }): ReactElement | null {
  const asked = useAsked(stores.settings);
  useEffect(() => stores.guard.want(), [stores]);
  const guards = useStore(stores.guard.store, status => (status.kind === 'known' ? status.value.guards : undefined));
  if (asked.kind !== 'known') return null;
  const { guard } = asked.value.settings;
  const keep = (change: Partial<Settings['guard']>): void =>
    void stores.settings.write({ guard: { ...guard, ...change } });
  const acts = guards?.flatMap(one => one.acts).slice(-MOST_ACTS) ?? [];
  return (
    <Group title={words.title}>
      <p className={css['hint']}>{words.hint}</p>
      <RadioGroup
        aria-label={words.mode}
        value={guard.mode}
        onChange={(_event, { value }) => {
          const mode = MODES.find(other => other === value);
          if (mode !== undefined) keep({ mode });
        }}
      >
        {MODES.map(mode => (
          <Radio key={mode} value={mode} label={words.modes[mode]} />
        ))}
      </RadioGroup>
      {guard.mode === 'stop' && (
        <>
          <p className={css['hint']}>{words.stopHint}</p>
          <Checkbox
            label={words.includeRunning}
            checked={guard.includeRunning}
            onChange={(_event, { checked }) => keep({ includeRunning: checked === true })}
          />
        </>
      )}
      {guards?.map(state => (
        <StatusMark key={state.id} tone={toneOf(state)} word={<Prose text={wordGuard(state)} />} />
      ))}
      {acts.length > 0 && (
        <ul className={css['list']} aria-label={words.acts}>
          {acts.map(act => (
            <li key={`${act.at} ${act.what} ${act.subject}`} className={css['hint']}>
              {plainText(`${act.at}  ${wordGuardAct(act)}`)}
            </li>
          ))}
        </ul>
      )}
    </Group>
  );
}
