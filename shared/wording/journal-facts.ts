import { decodeExitCode, statusText } from '../domain/error-decoder.ts';
import { EVIDENCE_RANKS, isPredicted } from '../domain/evidence-ranks.ts';
import type { JournalEntry } from '../domain/journal.ts';
import { KnownHost } from '../domain/journal-state-data.ts';
import { subjectText } from '../domain/journal-subject.ts';
import { shortIds } from '../domain/short-ids.ts';
import { uncPath } from '../domain/unc-prefix.ts';
import { formatBytes, formatCount, formatList } from './amounts.ts';
import { wordFaultCode } from './fault-code-words.ts';
import { escapeUntrusted } from './plain-text.ts';
import { FSD_WORDS } from './screen-timeline.ts';
import { PURPOSE_WORDS } from './word-elevation.ts';
import { wordRank } from './word-evidence.ts';
import { findingKindWords } from './word-finding-code.ts';
import { NOT_STOPPED_WORDS } from './word-guard.ts';
import { wordWindows } from './word-known-host.ts';

/** A fact of a line, safe to show; undefined where the line does not tell it. */
type Fact = (entry: JournalEntry) => string | undefined;

/** Words that facts are made of, beside what the lines hold. A search looks them through. */
export const FACT_PHRASES = {
  onHost: 'on the host',
  inHome: 'in',
  exit: 'exit code',
  expected: 'is expected to leak; nobody has tested it',
  leaks: 'leaks',
  leaked: 'leaked',
  expectedToLeak: 'expected to leak',
  leakedOrExpected: 'leaked or expected to',
  noLeak: 'none known to leak',
  violated: 'is violated',
  expectedViolated: 'is expected to be violated (nobody has tested it)',
  seen: 'it was seen from outside its own namespace',
  expectedSeen: 'it is expected to be seen from outside its own namespace, which no name that was tried has shown',
  unseen: 'it was not seen from where it was tried outside its own namespace',
  noAnswer: 'not everything answered',
  canary: 'with a canary',
  plainUnc: 'by its plain UNC name',
  everywhere: 'everywhere',
  still: 'it is still there',
  noLetter: 'none',
  ordered: 'as ordered',
  noGap: 'none is missing',
  gap: 'missing:',
  unasked: 'what it had not written nobody could ask it',
  verdicts: { private: 'private', leaked: 'leaked', unknown: 'not known' },
  mups: {
    shared: 'it is that of the host',
    own: 'it is one of its own',
    elsewhere: 'it leads elsewhere',
    'not-read': 'nobody could read it',
  },
  depths: { probe: 'with probes', canary: 'with canaries', plainUnc: 'by plain UNC names' },
  secretStates: { kept: 'kept sealed', session: 'held in memory until Siloscope ends' },
  ways: { restore: 'what ran before came back', finish: 'what runs now stays' },
} as const;

const phrases = FACT_PHRASES;
const LONGEST = 120;
const safe = (text: string, longest = LONGEST): string => escapeUntrusted(shortIds(text), longest);
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
const listOf = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined);
const valueIn = (words: Readonly<Record<string, string>>, key: unknown): string | undefined =>
  typeof key === 'string' && Object.hasOwn(words, key) ? words[key] : undefined;

/** How many are in a list, or that number itself. */
const counted =
  (key: string, one: string): Fact =>
  ({ data }) => {
    const value = data?.[key];
    const count = typeof value === 'number' ? value : listOf(value)?.length;
    return count === undefined ? undefined : formatCount(count, one);
  };
const listed =
  (key: string, empty?: string): Fact =>
  ({ data }) => {
    const items = listOf(data?.[key])?.flatMap(item => textOf(item) ?? []);
    if (items === undefined) return undefined;
    return items.length === 0 ? empty : safe(formatList(items, 6), 300);
  };

const codeOf = ({ data, subject }: JournalEntry): string => textOf(data?.['code']) ?? subject;

/** The facts that are more than a value of the line's data. Any other name stands for the value of that key. */
export const JOURNAL_FACTS: Readonly<Record<string, Fact>> = {
  who: entry => safe(subjectText(entry)),
  image: ({ data }) => {
    const image = textOf(data?.['image']);
    // Where most images come from goes without saying.
    return image === undefined ? undefined : safe(image.replace(/^mcr\.microsoft\.com\/(?=.)/, ''), 200);
  },
  exit: ({ data }) => {
    const code = textOf(data?.['exitCode']);
    return code === undefined || !Number.isFinite(Number(code))
      ? undefined
      : `${phrases.exit} ${statusText(Number(code))}`;
  },
  meaning: ({ data }) => {
    const code = Number(data?.['exitCode'] ?? Number.NaN);
    return Number.isFinite(code) ? decodeExitCode(code)?.cause.replace(/\.$/, '') : undefined;
  },
  fault: ({ data }) => {
    const code = textOf(data?.['code'] ?? data?.['fault']);
    return code === undefined ? undefined : safe(wordFaultCode(code));
  },
  stateBefore: ({ data }) => valueIn(FSD_WORDS, data?.['before']),
  ordered: ({ source }) => (source === 'user' ? phrases.ordered : undefined),
  images: counted('images', 'image'),
  bytes: ({ data }) => (typeof data?.['bytes'] === 'number' ? formatBytes(data['bytes']) : undefined),
  size: ({ data }) => textOf(data?.['bytes']),
  lost: counted('lost', 'volume'),
  volume: volumeText,
  where: ({ data }) => {
    const home = textOf(data?.['home']);
    return home === undefined ? undefined : home === 'host' ? phrases.onHost : `${phrases.inHome} ${safe(home)}`;
  },
  mounts: listed('mountPoints', phrases.noLetter),
  mountsBefore: listed('before', phrases.noLetter),
  leakCounts: leakCountsText,
  leaks: ({ data }) => claim(data?.['proof'], phrases.leaks, phrases.expected),
  violated: ({ data }) => claim(data?.['rank'], phrases.violated, phrases.expectedViolated),
  seen: seenText,
  from: ({ data }) => {
    const from = textOf(data?.['from']);
    return from === 'host' ? 'the host' : from === undefined ? undefined : safe(from);
  },
  how: ({ data }) => {
    const ways = [data?.['canary'] === true ? phrases.canary : '', data?.['plainUnc'] === true ? phrases.plainUnc : ''];
    return ways.filter(Boolean).join(', ') || undefined;
  },
  visible: counted('visible', 'namespace'),
  finding: entry => {
    const code = codeOf(entry);
    return Object.hasOwn(findingKindWords, code)
      ? findingKindWords[code as keyof typeof findingKindWords].title
      : safe(code);
  },
  summary: ({ data }) => {
    const summary = textOf(data?.['summary']);
    return summary === undefined ? undefined : safe(summary, 300);
  },
  launched: listed('launched'),
  still: ({ data }) => (data?.['gone'] === false ? phrases.still : undefined),
  depth: ({ data }) =>
    listOf(data?.['depth'])
      ?.flatMap(way => valueIn(phrases.depths, way) ?? [])
      .join(', ') || undefined,
  volumes: counted('volumes', 'volume'),
  goneVolumes: counted('gone', 'volume'),
  gaps: counted('gaps', 'gap'),
  gapNames,
  rules: counted('rules', 'rule'),
  changed: listed('changed'),
  notes: listed('notes'),
  unwritten: unwrittenText,
  unasked: ({ data }) => (data?.['unasked'] === true ? phrases.unasked : undefined),
  because: ({ data }) => valueIn(NOT_STOPPED_WORDS, data?.['because']),
  // A finding's title says what it is; what a volume is called says which.
  offender: entry => (entry.subject.startsWith('\\Device\\') ? volumeText(entry) : findingTitle(entry)),
  secretState: ({ data }) => valueIn(phrases.secretStates, data?.['state']),
  purpose: ({ subject }) => valueIn(PURPOSE_WORDS, subject) ?? safe(subject),
  verdict: ({ data }) => valueIn(phrases.verdicts, data?.['verdict']),
  verdictBefore: ({ data }) => valueIn(phrases.verdicts, data?.['before']),
  mup: ({ data }) => valueIn(phrases.mups, data?.['mup']),
  mupBefore: ({ data }) => valueIn(phrases.mups, data?.['before']),
  windows: entry => {
    const { windows } = hostOf(entry);
    return windows && safe(wordWindows(windows));
  },
  winfsp: entry => {
    const version = hostOf(entry).winfsp?.version;
    return version && safe(version);
  },
  engineVersion: entry => {
    const version = hostOf(entry).engine?.version;
    return version && safe(version);
  },
  way: ({ data }) => valueIn(phrases.ways, data?.['way']),
};

/** The fact of that name. */
export function journalFact(entry: JournalEntry, name: string): string | undefined {
  const fact = Object.hasOwn(JOURNAL_FACTS, name) ? JOURNAL_FACTS[name] : undefined;
  if (fact !== undefined) return fact(entry);
  const value = textOf(entry.data?.[name]);
  return value === undefined || value === '' ? undefined : safe(value);
}

const hostOf = ({ data }: JournalEntry): KnownHost => KnownHost.safeParse(data).data ?? {};

/** Prefix and mount points, as far as the line tells them; else the device. */
function volumeText({ subject, data }: JournalEntry): string {
  const prefix = textOf(data?.['uncPrefix']);
  const mounts = listOf(data?.['mountPoints'])?.flatMap(item => textOf(item) ?? []) ?? [];
  const letters = formatList(mounts, 3);
  if (prefix !== undefined && prefix !== '')
    return safe(`${uncPath(prefix)}${letters === '' ? '' : ` (${letters})`}`, 200);
  return safe(letters === '' ? subject : letters, 200);
}

function findingTitle({ subject }: JournalEntry): string | undefined {
  return Object.hasOwn(findingKindWords, subject)
    ? findingKindWords[subject as keyof typeof findingKindWords].title
    : undefined;
}

/** What was seen to leak, and what is only expected to; older lines counted both as one. */
function leakCountsText({ data }: JournalEntry): string | undefined {
  const leaked = data?.['leaked'];
  const expected = data?.['expected'];
  if (typeof leaked !== 'number') return undefined;
  if (typeof expected !== 'number') return leaked === 0 ? phrases.noLeak : `${leaked} ${phrases.leakedOrExpected}`;
  const counts = [
    ...(leaked === 0 ? [] : [`${leaked} ${phrases.leaked}`]),
    ...(expected === 0 ? [] : [`${expected} ${phrases.expectedToLeak}`]),
  ];
  return counts.join(', ') || phrases.noLeak;
}

/** A claim with what founds it: by a rule it is never more than expected. */
function claim(rank: unknown, shown: string, expected: string): string {
  if (rank === undefined) return shown;
  const known = EVIDENCE_RANKS.find(one => one === rank);
  return known === undefined || isPredicted({ rank: known }) ? expected : `${shown} (${wordRank(known)})`;
}

/** Whether more than a rule says so; lines without a rank told what was seen. */
function isFirm(rank: unknown): boolean {
  if (rank === undefined) return true;
  const known = EVIDENCE_RANKS.find(one => one === rank);
  return known !== undefined && !isPredicted({ rank: known });
}

/** What a test said of other namespaces than the volume's own, where the line tells which that is. */
function seenText({ data }: JournalEntry): string | undefined {
  const home = textOf(data?.['namespace']);
  const groups = listOf(data?.['groups']) as readonly {
    readonly visible?: unknown;
    readonly rank?: unknown;
    readonly namespaces?: unknown;
  }[];
  if (home === undefined || groups === undefined) return undefined;
  const isElsewhere = ({ namespaces }: (typeof groups)[number]): boolean =>
    namespaces === 'rest' || (listOf(namespaces)?.some(id => id !== home) ?? false);
  const others = groups.filter(isElsewhere);
  if (others.length === 0) return undefined;
  const reaching = others.filter(({ visible }) => visible === 'yes');
  const said = reaching.some(({ rank }) => isFirm(rank))
    ? phrases.seen
    : reaching.length > 0
      ? phrases.expectedSeen
      : others.some(({ visible }) => visible === 'no')
        ? phrases.unseen
        : undefined;
  const open = others.some(({ visible }) => visible === 'unknown') ? phrases.noAnswer : undefined;
  return [said, open].filter(part => part !== undefined).join('; ');
}

/** What could not be listed, and of which namespace. */
function gapNames({ data }: JournalEntry): string | undefined {
  const gaps = listOf(data?.['first']);
  if (gaps === undefined) return undefined;
  const names = gaps.flatMap(gap => {
    if (typeof gap !== 'object' || gap === null) return [];
    const { what, namespace } = gap as { readonly what?: unknown; readonly namespace?: unknown };
    return typeof what === 'string' ? [`${what}${typeof namespace === 'string' ? ` (${namespace})` : ''}`] : [];
  });
  const more = typeof data?.['more'] === 'number' ? data['more'] : 0;
  return names.length === 0 ? phrases.noGap : `${phrases.gap} ${safe(formatList(names, 3, names.length + more), 300)}`;
}

function unwrittenText({ data }: JournalEntry): string | undefined {
  const parts = listOf(data?.['unwritten'])?.flatMap(part => {
    if (typeof part !== 'object' || part === null) return [];
    const { what, count } = part as { readonly what?: unknown; readonly count?: unknown };
    return typeof what === 'string' && typeof count === 'number' ? [formatCount(count, safe(what))] : [];
  });
  return parts === undefined || parts.length === 0 ? undefined : formatList(parts);
}
