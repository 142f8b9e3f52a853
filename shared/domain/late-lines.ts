import type { JournalEntry } from './journal.ts';
import { isJournalName, type JournalName } from './journal-severity.ts';
import { JournalState, stepsOf } from './journal-state.ts';
import { tellsMore } from './known-chain.ts';

type Line = Pick<JournalEntry, 'what' | 'subject' | 'data'>;

/** What a line says something new of, and what of the same it rests on besides. Either by a name of its own in the state. */
interface Facets {
  readonly changes: readonly string[];
  readonly restsOn: readonly string[];
}

/** A deed, or the end of one: true whatever is said after it. */
const DEED = (): Facets => ({ changes: [], restsOn: [] });
const only = (name: string): Facets => ({ changes: [name], restsOn: [name] });
const idOf = ({ data, subject }: Line, key: 'id' | 'key'): string => {
  const value = data?.[key];
  return typeof value === 'string' ? value : subject;
};

const life = ({ subject }: Line): Facets => ({
  changes: [`life ${subject}`, `mounts ${subject}`, `verdict ${subject}`, `test ${subject}`],
  // It tells where it is mounted as well, and whoever tells something else of it has seen that it is there.
  restsOn: [`life ${subject}`, `mounts ${subject}`, `verdict ${subject}`],
});
const mounts = ({ subject }: Line): Facets => ({
  changes: [`mounts ${subject}`],
  restsOn: [`life ${subject}`, `mounts ${subject}`],
});
const verdict = ({ subject }: Line): Facets => ({
  changes: [`verdict ${subject}`],
  restsOn: [`life ${subject}`, `verdict ${subject}`],
});
const room = (line: Line): Facets => {
  const id = idOf(line, 'id');
  return { changes: [`room ${id}`, `mup ${id}`], restsOn: [`room ${id}`] };
};
const finding = (line: Line): Facets => only(`finding ${idOf(line, 'key')}`);
const engine = (): Facets => only('engine');
const fsd = (): Facets => only('fsd');
const watcher = ({ subject }: Line): Facets => only(`watcher ${subject}`);

/** Each name that says what is so, which may be otherwise by the time at which the line is written. All others are deeds. */
const FACETS: Partial<Readonly<Record<JournalName, (line: Line) => Facets>>> = {
  'volume.appeared': life,
  'volume.gone': life,
  'volume.mounted': mounts,
  'volume.leaked': verdict,
  'volume.sealed': verdict,
  'volume.judged': verdict,
  'volume.evidence-changed': ({ subject }) => ({ changes: [], restsOn: [`life ${subject}`] }),
  'volume.tested': ({ subject }) => ({
    changes: [`test ${subject}`],
    restsOn: [`life ${subject}`, `test ${subject}`],
  }),
  'silo.arrived': room,
  'silo.departed': room,
  'vm.arrived': room,
  'vm.departed': room,
  'silo.mup-seen': line => {
    const id = idOf(line, 'id');
    return { changes: [`mup ${id}`], restsOn: [`room ${id}`, `mup ${id}`] };
  },
  'inspection.gaps-changed': ({ data }) => only(`gaps ${JSON.stringify(data?.['by'])}`),
  'host.seen': () => only('host'),
  'finding.opened': finding,
  'finding.closed': finding,
  'engine.connected': engine,
  'engine.lost': engine,
  'engine.unreachable': engine,
  'fsd.uninstalled': fsd,
  'fsd.stopped': fsd,
  'fsd.awaited': fsd,
  'fsd.started': fsd,
  'fsd.unloaded': fsd,
  'watch.started': watcher,
  'watch.ended': watcher,
  'watch.lost': watcher,
};

/** A line that is to be written late, and which of those it was taken from it is. */
export interface LateLine {
  readonly place: number;
  readonly entry: JournalEntry;
}

type Kept = LateLine & { isLate: boolean };

/**
 * Lines of a process that could not write for a while, as they are to be written now. `state` is what both knew before, `theirs`
 * is what others wrote meanwhile: all of it is read again in the order of time. What others told just so is told; what they
 * have told newer things of, or found so when ours had seen it happen, bears the mark `late`, and changes nothing of what
 * is known. No other line is left out.
 */
export function lateLines(
  state: JournalState,
  theirs: readonly JournalEntry[],
  ours: readonly JournalEntry[],
): readonly LateLine[] {
  const known = JournalState.from(state.data());
  const kept: Kept[] = [];
  for (const { entry, place } of inTime(theirs, ours)) {
    const line = withoutMark(entry);
    const news = known.newsOf(line);
    if (news !== undefined) known.apply(news);
    if (place !== undefined) {
      if (news !== undefined) kept.push({ place, entry: news, isLate: false });
      continue;
    }
    if (news !== line) {
      // One of ours said it first: theirs is there, ours is not yet.
      const same = kept.findLastIndex(one => sayTheSame(one.entry, line));
      const said = kept[same];
      if (said !== undefined && !isRicher(said.entry, line)) {
        if (sawItHappen(said.entry, line)) said.isLate = true;
        else kept.splice(same, 1);
      }
    }
    if (news === undefined) continue;
    const { changes } = facetsOf(news);
    for (const one of kept) if (isTouched(one.entry, changes)) one.isLate = true;
  }
  return kept.map(({ place, entry, isLate }) => ({
    place,
    entry: isLate ? { ...entry, data: { ...entry.data, late: true } } : entry,
  }));
}

function facetsOf(line: Line): Facets {
  // Another world: whatever was told of the old one is over.
  if (line.what === 'host.opened' && line.data?.['afresh'] === true) return { changes: ['*'], restsOn: [] };
  return ((isJournalName(line.what) ? FACETS[line.what] : undefined) ?? DEED)(line);
}

function isTouched(line: Line, changes: readonly string[]): boolean {
  const { restsOn } = facetsOf(line);
  return restsOn.length > 0 && changes.some(one => one === '*' || restsOn.includes(one));
}

const sayTheSame = (one: Line, other: Line): boolean =>
  one.what === other.what &&
  one.subject === other.subject &&
  one.data?.['engineTime'] === other.data?.['engineTime'] &&
  facetsOf(one).restsOn.join() === facetsOf(other).restsOn.join();

/** Whether a line of ours tells more than theirs, which says the same: who may look sees more. */
function isRicher({ data: ours = {} }: Line, { data: theirs = {} }: Line): boolean {
  if (tellsMore(stepsOf(theirs['chain']) ?? [], stepsOf(ours['chain']) ?? [])) return true;
  return ours['mup'] !== undefined && ours['mup'] !== 'not-read' && ours['mup'] !== theirs['mup'];
}

/** Whether ours saw it happen, and theirs found it so. */
const sawItHappen = ({ data: ours }: Line, { data: theirs }: Line): boolean =>
  theirs?.['unwatched'] === true && ours?.['unwatched'] !== true;

function withoutMark({ data, ...line }: JournalEntry): JournalEntry {
  if (data === undefined) return line;
  const { late: _late, ...rest } = data;
  return { ...line, data: rest };
}

/** Both in the order of their times, and each in its own order, should the clock have been set back. */
function* inTime(
  theirs: readonly JournalEntry[],
  ours: readonly JournalEntry[],
): Generator<{ readonly entry: JournalEntry; readonly place?: number }> {
  const [their, our] = [timesOf(theirs), timesOf(ours)];
  let taken = 0;
  for (const [place, entry] of ours.entries()) {
    for (; taken < theirs.length && (their[taken] ?? 0) <= (our[place] ?? 0); taken++) yield* at(theirs, taken);
    yield { entry, place };
  }
  for (; taken < theirs.length; taken++) yield* at(theirs, taken);
}

function* at(entries: readonly JournalEntry[], place: number): Generator<{ readonly entry: JournalEntry }> {
  const entry = entries[place];
  if (entry !== undefined) yield { entry };
}

/** When each was known to have been written: none before the one before it. */
function timesOf(entries: readonly JournalEntry[]): readonly number[] {
  let latest = Number.NEGATIVE_INFINITY;
  return entries.map(entry => (latest = Math.max(latest, Date.parse(entry.at))));
}
