import type { FsdState } from '../domain/readiness.ts';
import { formatCount } from './amounts.ts';

/** What a moment comes to. `leaked` were seen from outside; `expected` are said to leak by a rule alone. */
export interface MomentCounts {
  readonly volumes: number;
  readonly leaked: number;
  readonly expected: number;
  readonly silos: number;
  readonly findings: number;
  readonly fsd: FsdState | undefined;
  readonly engine: 'connected' | 'lost' | 'unreachable' | undefined;
}

/** Words of the timeline. */
export const timelineWords = {
  title: 'Timeline',
  subtitle: 'Everything that happened, in its order.',
  list: 'Journal',
  columns: { at: 'Time', source: 'Source', what: 'What happened', subject: 'About' },
  sources: {
    host: 'Host',
    fsd: 'Driver',
    engine: 'Engine',
    silo: 'Silo',
    launch: 'Launch',
    inspection: 'Inspection',
    user: 'You',
    other: 'Newer version',
  },
  onlySources: 'Only these sources',
  jump: (subject: string): string => `Show ${subject}`,
  keys: 'Arrow keys walk the lines: Enter shows one whole, Escape closes it, C copies it, F shows what it is about, M the moment after it.',
  toMoment: 'Show the moment after it',
  moment: {
    title: 'The state at a moment',
    slider: 'Moment',
    now: 'Now',
    toNow: 'Back to now',
    before: 'Before the first line',
    time: 'Go to a time',
    line: (sequence: number): string => `line ${sequence}`,
    /** As the journal told it then; what nobody noted is not in it. */
    state: ({ volumes, leaked, expected, silos, findings, fsd, engine }: MomentCounts): string =>
      [
        formatCount(volumes, 'volume'),
        ...(volumes > 0 && leaked + expected === 0 ? ['none known to leak'] : []),
        ...(leaked === 0 ? [] : [`${leaked} leaked`]),
        ...(expected === 0 ? [] : [`${expected} expected to leak`]),
        formatCount(silos, 'silo'),
        ...(findings === 0 ? [] : [formatCount(findings, 'finding')]),
        ...(fsd === undefined ? [] : [`driver ${FSD_WORDS[fsd]}`]),
        ...(engine === undefined || engine === 'connected' ? [] : [`engine ${engine}`]),
      ].join(', '),
    asKnown: 'As it was then known:',
    unwatched: 'Nobody watched at that time: things may have changed since the last line before it.',
    showMatrix: 'Show the matrix',
    hideMatrix: 'Hide the matrix',
    matrix: (time: string): string => `Volumes by namespaces, as known at ${time}`,
    noVolumes: 'No volume was known then.',
    tested: (time: string): string => `Tested at ${time}.`,
    predicted: 'Nobody had tested it; the rule says so.',
    evidence: 'The evidence of then',
    choose: 'Choose a cell to see the evidence of then.',
    mup: (home: string, seen: string): string => `\\Device\\Mup of ${home}: ${seen}.`,
    notRecorded: 'not recorded',
    noChain: 'It was not recorded then: an older Siloscope wrote this part of the journal.',
    compare: 'Compare from here',
    compareHint: 'Keep this moment, and see what changed up to another one',
    stopComparing: 'Stop comparing',
    report: {
      title: 'Report of this moment',
      kinds: { html: 'HTML', json: 'JSON', sarif: 'SARIF' },
      hints: {
        html: 'One file without scripts; names of the machine and of people are taken out',
        json: 'The data of it; names of the machine and of people are taken out',
        sarif: 'For code scanning; names stay in it',
      },
      fileName: (at: string, kind: 'html' | 'json' | 'sarif'): string =>
        `siloscope-report-${at.slice(0, 19).replaceAll(':', '-')}.${kind}`,
    },
  },
  export: 'Export JSONL',
  exportCsv: 'Export CSV',
  exporting: (count: number): string => `${count} lines read; cancel`,
  exportName: (date: string, kind: 'jsonl' | 'csv'): string => `siloscope-journal-${date}.${kind}`,
  follow: 'Follow the newest',
  emptyTitle: 'Nothing has happened yet',
  emptyText: 'Each launch, stop, leak and change of the driver is written here as it happens.',
  noMatch: 'No line fits the filter.',
  count: (all: number): string => `${all.toLocaleString('en')} ${all === 1 ? 'line' : 'lines'}`,
  dropped: (first: number): string => `the first ${(first - 1).toLocaleString('en')} were dropped for room`,
  keptIn: (folder: string): string => `Kept in ${folder}.`,
  notKept: 'In memory: it ends with Siloscope.',
  found: (count: number, isSearching: boolean, isMore: boolean): string =>
    `${count.toLocaleString('en')} ${count === 1 ? 'line fits' : 'lines fit'}${isSearching ? ' so far, looking' : isMore ? ' so far' : ''}`,
  findMore: 'Look further back',
} as const;

/** How the driver stands, in a word or two. */
export const FSD_WORDS: Readonly<Record<FsdState, string>> = {
  'not-installed': 'not installed',
  stopped: 'stopped',
  starting: 'starting',
  running: 'running',
  stopping: 'stopping',
};
