import { type ReactElement, useMemo } from 'react';
import { compareMoments, isUnchanged, type MomentEnd } from '../../../shared/domain/compare-moments.ts';
import { type JournalMoment, momentInspection } from '../../../shared/domain/journal-moment.ts';
import { namespaceNames } from '../../../shared/wording/namespace-names.ts';
import { type ChangeLine, momentDiffWords, wordMomentDiff } from '../../../shared/wording/word-moment.ts';
import { Prose } from '../../components/Prose.tsx';
import css from './Moment.module.css';

const words = momentDiffWords;
/** More are counted: `siloscope journal --at --diff --json` has each. */
const MOST_LINES = 300;

export interface MomentChangesProps {
  readonly from: JournalMoment;
  readonly to: JournalMoment;
}

/** What changed between two moments, the earlier one first whichever was chosen first. */
export function MomentChanges({ from, to }: MomentChangesProps): ReactElement {
  const { diff, lines } = useMemo(() => {
    const [before, after] = from.sequence <= to.sequence ? [from, to] : [to, from];
    const made = compareMoments(before, after);
    const namespaces = [before, after].flatMap(moment => momentInspection(moment).namespaces);
    return { diff: made, lines: wordMomentDiff(made, namespaceNames(namespaces)) };
  }, [from, to]);
  const missing = words.notCompared(diff.notCompared);
  return (
    <section className={css['changes']} aria-label={words.title}>
      <h3>{words.between(timeOf(diff.before), timeOf(diff.after))}</h3>
      <p role="status">{isUnchanged(diff) ? words.none : words.count(lines.length)}</p>
      <ul>
        {lines.slice(0, MOST_LINES).map(({ mark, text }) => (
          <li key={`${mark}${text}`}>
            <span className={css['mark']} aria-label={words.marks[mark]} role="img">
              {SIGNS[mark]}
            </span>
            <span>
              <Prose text={text} />
            </span>
          </li>
        ))}
      </ul>
      {lines.length > MOST_LINES && <p>{words.more(lines.length - MOST_LINES)}</p>}
      {missing !== undefined && <p className={css['warn']}>{missing}</p>}
      {(!diff.before.watched || !diff.after.watched) && <p className={css['warn']}>{words.unwatched}</p>}
    </section>
  );
}

const SIGNS: Readonly<Record<ChangeLine['mark'], string>> = { '+': '+', '-': '−', '~': '≠' };

function timeOf({ at, entryAt, sequence }: MomentEnd): string {
  const time = at ?? entryAt;
  if (time === undefined || sequence === 0) return words.before;
  return words.end(new Date(time).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'medium' }), sequence);
}
