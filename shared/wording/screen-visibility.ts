import type { EvidenceRank, EvidenceStep, Ground } from '../domain/evidence.ts';
import { isPredicted } from '../domain/evidence-ranks.ts';
import type { VolumeVerdict } from '../domain/inspection.ts';
import type { Namespace } from '../domain/namespace.ts';
import { formatCount, formatList } from './amounts.ts';
import { wordViolations } from './violation-count.ts';
import { wordSiloOf } from './word-silo-source.ts';

/** What a cell of the matrix says, in one word. */
export type CellWord = 'home' | 'visible' | 'expected' | 'hidden' | 'not-expected' | 'unknown';

const RANKS: Readonly<Record<EvidenceRank, string>> = {
  'not-tested': 'not tested',
  rule: 'by rule',
  inventory: 'inventory',
  namespace: 'namespace',
  probe: 'probed',
  canary: 'canary',
};

/** A volume of the map, with the namespaces that see it. */
export interface MapSentence {
  readonly verdict: VolumeVerdict;
  /** Nobody has looked: a rule says so. */
  readonly expected: boolean;
  /** How well the verdict is founded, in a few words. */
  readonly footing: string;
  readonly volume: string;
  readonly home: string;
  /** Who sees it from outside, by how well that is known, the best founded first. */
  readonly seenFrom: readonly Witnesses[];
}

/** Namespaces whose sight of a volume is equally well founded: the first of them by name, and how many there are. */
export interface Witnesses {
  readonly rank: EvidenceRank;
  readonly names: readonly string[];
  readonly count: number;
}

const wordWitnesses = ({ names, count }: Witnesses): string => formatList(names, 4, count);

/** Words of the visibility screen. */
export const visibilityWords = {
  title: 'Visibility',
  subtitle: 'Which volume can be seen from where, and how well that is known.',
  tabs: { matrix: 'Matrix', map: 'Map' },
  probe: 'Probe',
  probeHint: 'Open each volume from every namespace, through its own provider, with a hard timeout.',
  canary: 'Plant a canary',
  canaryHint: 'Write a random token into each network volume, read it back from outside, delete it.',
  looking: { look: 'Looking', probe: 'Probing', canary: 'Planting canaries' },
  stopLooking: 'Stop',
  grid: 'Volumes by namespaces',
  volume: 'Volume',
  emptyTitle: 'No WinFsp volume anywhere',
  emptyText: 'No file system runs, neither on the host nor in a container. Launch one and come back.',
  unsureTitle: 'No WinFsp volume was found',
  unsureText: 'But not everything could be asked: there may be volumes that nobody saw.',
  emptyAction: 'Launch a file system',
  noMatch: 'No volume fits the filter.',
  /** `leaked` were seen from outside; `expected` are said to leak by a rule alone. */
  summary: (volumes: number, leaked: number, expected: number, unknown: number): string =>
    [
      formatCount(volumes, 'volume'),
      ...(volumes > 0 && leaked + expected === 0 ? ['none known to leak'] : []),
      ...(leaked === 0 ? [] : [`${leaked} leaked`]),
      ...(expected === 0 ? [] : [`${expected} expected to leak`]),
      ...(unknown === 0 ? [] : [`${unknown} not fully known`]),
    ].join(', '),
  verdicts: { private: 'Private', leaked: 'Leaked', unknown: 'Unknown' } satisfies Record<VolumeVerdict, string>,
  /** The same where nobody has looked from outside. */
  expectedVerdicts: {
    private: 'Expected to be private',
    leaked: 'Expected to leak',
    unknown: 'Unknown',
  } satisfies Record<VolumeVerdict, string>,
  cells: {
    home: 'Home',
    visible: 'Visible',
    expected: 'Expected',
    hidden: 'Not visible',
    'not-expected': 'Not expected',
    unknown: 'Unknown',
  } satisfies Record<CellWord, string>,
  /** A prediction by an undocumented rule is called what it is. */
  rankText: (rank: EvidenceRank, ground: Ground): string =>
    rank === 'rule' && ground === 'inferred' ? 'inferred' : RANKS[rank],
  kinds: { disk: 'disk', network: 'network' },
  silo: (id: number): string => `silo ${id}`,
  namespaceKinds: {
    host: 'host',
    silo: 'server silo',
    vm: 'Hyper-V, another kernel',
  } satisfies Record<Namespace['kind'], string>,
  detail: {
    region: 'Evidence',
    none: 'Choose a cell to see why it says what it says.',
    seenFrom: (volume: string, namespace: string): string => `${volume}, seen from ${namespace}`,
    because: 'Why',
    notTested: 'Nobody has looked; nothing is claimed.',
    reason: (clause: string): string => `Because ${clause}.`,
    evidence: (clause: string): string => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`,
    ways: 'Ways in',
    noWays: 'No way in is known.',
    refuted: 'Tried, and leads elsewhere or nowhere',
    unanswered: 'Tried, without an answer that tells where it leads',
    chain: 'The chain behind the verdict',
    facts: 'The volume',
    takenAt: (time: string): string => `observed ${time}`,
    took: (ms: number): string => `${Math.round(ms)} ms`,
    device: 'Device',
    silo: wordSiloOf,
    provider: 'Provider',
    mup: (silo: string): string => `MUP of ${silo}`,
    prefix: 'UNC prefix',
    mountPoints: 'Mounted at',
    program: 'Program',
    home: 'Home',
    test: 'Test it',
    openFromHere: 'Open from here',
    openFromAll: 'Open from everywhere',
    proveHere: 'Prove with a canary',
    testHint: 'P opens it, C proves it; both by its provider’s own name, so that nothing goes to the network.',
    testing: { probe: 'Opening', canary: 'Writing and reading back', step: 'Checking one step' },
    check: 'Check',
    checkHint: (step: string): string => `Check ${step}, and nothing else`,
    again: 'Check again',
    againHint: (step: string): string => `Check ${step} again, and nothing else`,
    notDone: (count: number): string =>
      count === 1 ? 'One thing could not be done' : `${count} things could not be done`,
    relaunch: 'Relaunch privately',
    relaunchHint: 'Its private form in its place. What that costs is said first.',
    noTwin: 'This program is not known to have a private form. Mount it as a disk: leave out its prefix.',
  },
  holds: {
    yes: 'Holds',
    no: 'Does not hold',
    consistent: 'Consistent, not proven',
    'not-tested': 'Not tested',
  } satisfies Record<EvidenceStep['holds'], string>,
  map: {
    label: 'Map of silos and the MUP',
    mup: 'MUP',
    mupHint: 'Multiple UNC Provider of the host; silos are taken to share it',
    noVolumes: 'no volumes',
    expected: 'expected',
    inWords: 'In words',
    controls: 'Zoom',
    legendProven: 'observed',
    legendPredicted: 'predicted by rule',
    more: (count: number): string => `${count} more`,
    /** One volume, as the map shows it. Long lists of names are cut; the matrix has them all. */
    sentence: ({ verdict, expected, footing, volume, home, seenFrom }: MapSentence): string => {
      if (verdict === 'unknown') return `${volume} of ${home}: from where it can be seen is not fully known.`;
      if (verdict === 'private')
        return `${volume} of ${home} is ${expected ? 'expected to be ' : ''}private (${footing}).`;
      const predicted = seenFrom.filter(isPredicted).map(wordWitnesses).join('; ');
      const seen = seenFrom.filter(one => !isPredicted(one)).map(one => `${wordWitnesses(one)} (${RANKS[one.rank]})`);
      if (seen.length === 0)
        return `${volume} of ${home} is expected to leak: by rule it can be seen from ${predicted}.`;
      const also = predicted === '' ? '' : `; by rule also from ${predicted}`;
      return `${volume} of ${home} leaks: it can be seen from ${seen.join('; ')}${also}.`;
    },
  },
  relaunch: {
    title: 'Relaunch privately?',
    unknown: (container: string): string =>
      `How ${container} was started cannot be read from here, so it cannot be relaunched in one step. Nothing is stopped.`,
    beside: (profile: string, container: string, volume: string): string =>
      `The Launch screen is filled in with "${profile}", the same image and mount point. It runs beside ${container}, under a name of its own; binds and variables are yours to add. Once it has what it needs, stop ${container} under File systems: until then ${volume} can be seen as before.`,
    open: 'Fill in the Launch screen',
    confirm: 'Stop and relaunch',
  },
  tip: {
    chain: ({ yes, no, consistent, 'not-tested': untested }: Readonly<Record<EvidenceStep['holds'], number>>): string =>
      [
        `Chain of ${yes + no + consistent + untested} steps: ${yes} hold`,
        ...(no === 0 ? [] : [`${no} do not`]),
        ...(consistent === 0 ? [] : [`${consistent} not proven`]),
        ...(untested === 0 ? [] : [`${untested} not tested`]),
      ].join(', '),
    through: (path: string, rank: string): string => `Way in (${rank}): ${path}`,
    keys: 'P opens it from here, C proves it with a canary.',
  },
  policy: {
    title: (name: string): string => `Policy: ${name}`,
    none: 'Nothing breaks it.',
    noneSeen: 'Nothing that was seen breaks it.',
    /** `expected` of them by rule alone. */
    broken: (count: number, expected: number, atLeast: boolean): string =>
      `${wordViolations(count, expected)}${atLeast ? ', and more' : ''}`,
    accepted: (count: number): string => `${count} more accepted for a time`,
    edit: 'Edit the policy',
  },
  gaps: (count: number): string => `${formatCount(count, 'thing')} could not be asked`,
  moreGaps: (count: number): string => `and ${count} more`,
  findings: { title: 'Findings', none: 'No findings.', show: 'Show the volume' },
} as const;
