import { Button } from '@fluentui/react-components';
import { EyeFilled, EyeRegular } from '@fluentui/react-icons/svg/eye';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { type ReactElement, useMemo } from 'react';
import type { JournalEntry } from '../../../shared/domain/journal.ts';
import { timelineWords } from '../../../shared/wording/screen-timeline.ts';
import { plainText } from '../../components/plain-text.ts';
import { stateThen, type VolumeThen } from './state-then.ts';
import css from './TimelineScreen.module.css';

const words = timelineWords.scrub;

export interface ScrubberProps {
  readonly entries: readonly JournalEntry[];
  /** So many lines had happened; undefined: now. */
  readonly end: number | undefined;
  readonly onScrub: (end: number | undefined) => void;
}

/** A slider over the journal, and what was there at the moment that it stands on. */
export function Scrubber({ entries, end, onScrub }: ScrubberProps): ReactElement {
  const place = Math.min(end ?? entries.length, entries.length);
  const state = useMemo(() => stateThen(entries, place), [entries, place]);
  const last = entries[place - 1];
  const when = last === undefined ? words.before : new Date(last.at).toLocaleString(undefined, TIME);
  const expected = state.volumes.filter(volume => volume.expected).length;
  const leaked = state.volumes.filter(volume => volume.leaked).length - expected;
  return (
    <section className={css['scrub']} aria-label={words.title}>
      <div className={css['slide']}>
        <input
          type="range"
          aria-label={words.slider}
          aria-valuetext={end === undefined ? words.now : when}
          min={0}
          max={entries.length}
          value={place}
          onChange={({ target }) => {
            const next = Number(target.value);
            onScrub(next >= entries.length ? undefined : next);
          }}
        />
        <span className={css['when']}>{end === undefined ? words.now : when}</span>
        <Button size="small" disabled={end === undefined} onClick={() => onScrub(undefined)}>
          {words.toNow}
        </Button>
      </div>
      <div className={css['then']}>
        <span role="status">
          {words.state(state.volumes.length, leaked, expected, state.driver, state.silos, end === undefined)}
        </span>
        {state.volumes.slice(0, MOST).map(volume => (
          <VolumeChip key={volume.device} volume={volume} />
        ))}
        {state.volumes.length > MOST && <span>{words.more(state.volumes.length - MOST)}</span>}
      </div>
    </section>
  );
}

const TIME = { dateStyle: 'short', timeStyle: 'medium' } as const;
const MOST = 12;

function VolumeChip({ volume: { name, home, leaked, expected } }: { readonly volume: VolumeThen }): ReactElement {
  const text = plainText(home === '' ? name : `${name} (${home})`);
  return (
    <span className={`${css['volume']} ${leaked ? css['leaking'] : ''}`} title={text}>
      {expected ? <EyeRegular /> : leaked ? <EyeFilled /> : <LockClosedRegular />}
      <span className={css['volumeName']}>{text}</span>
      <span className="srOnly">{expected ? words.expected : leaked ? words.leaked : words.notLeaked}</span>
    </span>
  );
}
