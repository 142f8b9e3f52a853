import { assertNever } from '../base/assert-never.ts';
import type { IsolationAround, IsolationChange } from '../domain/compare-isolation.ts';
import {
  agreesWithRule,
  type IsolationCell,
  type IsolationProgress,
  type IsolationTable,
  type IsolationViewer,
  type IsolationWay,
  type NotTried,
} from '../domain/isolation-test.ts';
import type { VolumeKind } from '../domain/volume.ts';
import { formatCount } from './amounts.ts';
import { escapeUntrusted } from './plain-text.ts';

const isolationAround: Readonly<Record<IsolationAround, string>> = {
  windows: 'the Windows build',
  winfsp: 'the WinFsp version',
  image: 'the image',
};

/** Words of the isolation self-test, for screens and command line. */
export const isolationWords = {
  title: 'Isolation self-test',
  hint: 'Launches a network and a disk file system with a token each, tries every way into them, and removes both again.',
  run: 'Run the self-test',
  running: 'Testing',
  cancel: 'Cancel',
  plainUnc: 'Also open the plain UNC name',
  plainUncHint: 'Its name is random and this test’s own, but Windows may ask the network for it before it asks WinFsp.',
  none: 'No self-test has been run here yet.',
  ways: {
    drive: 'drive letter',
    'volume-device': 'volume device',
    provider: 'named provider',
    'provider-device': 'provider device',
    'silo-path': 'path through \\Silos',
    unc: 'UNC name',
    'admin-share': 'admin share',
  } satisfies Record<IsolationWay, string>,
  viewers: {
    own: 'own container',
    host: 'host',
    'other-container': 'other container',
    'hyperv-container': 'Hyper-V container',
  } satisfies Record<IsolationViewer, string>,
  volumes: { network: 'Network volume', disk: 'Disk volume' } satisfies Record<VolumeKind, string>,
  columns: { way: 'Way' },
  outcomes: {
    reached: 'reached',
    'not-reached': 'not reached',
    'no-answer': 'no answer',
    'not-tried': 'not tried',
  } satisfies Record<IsolationCell['outcome'], string>,
  differs: 'not as the rule says',
  earlier: 'Earlier self-tests',
  compared: 'Compared with an earlier one',
  compareWith: 'Compare with',
  comparedSame: 'Whatever was tried in both came out the same.',
  comparedDiffer: (what: readonly IsolationAround[]): string =>
    `Not the same around them: ${what.map(one => isolationAround[one]).join(', ')}.`,
  untried: (count: number): string => `${formatCount(count, 'way')} tried in one of them only.`,
  places: 'Windows builds, WinFsp versions and images beside each other',
  placesTry: 'Try',
  alike: (same: number, differing: number): string =>
    `${formatCount(same, 'try', 'tries')} came out the same wherever they were made; ${differing === 0 ? 'none' : differing} did not.`,
  left: (names: readonly string[]): string =>
    `Could not be removed, remove by hand: ${names.map(name => escapeUntrusted(name, 80)).join(', ')}.`,
} as const;

/** Where a self-test was run, in a line. */
export function wordIsolationPlace({ host, simulated, scenario, winfsp, image }: IsolationTable): string {
  const { edition, build, revision } = host.facts;
  const how = simulated ? `, simulated (${escapeUntrusted(scenario ?? 'unnamed', 80)})` : '';
  return `${edition} build ${build}.${revision}, WinFsp ${escapeUntrusted(winfsp ?? 'of unknown version', 40)}, ${escapeUntrusted(image, 120)}${how}`;
}

/** What a self-test came to, in sentences. */
export function wordIsolationResult({ cells, missing, left, simulated }: IsolationTable): string[] {
  const tried = cells.filter(({ outcome, from }) => outcome !== 'not-tried' && from !== 'own');
  const leads = (volume: VolumeKind): readonly IsolationCell[] =>
    tried.filter(cell => cell.volume === volume && cell.outcome === 'reached');
  const [network, disk] = [leads('network'), leads('disk')];
  const unreached = (volume: VolumeKind, how: string): string => {
    const own = tried.filter(cell => cell.volume === volume);
    const silent = own.filter(({ outcome }) => outcome === 'no-answer').length;
    if (silent === own.length)
      return `Of the ${volume} volume nothing was found out: no try from outside was answered.`;
    return `The ${volume} volume was reached ${how}${silent === 0 ? '' : `; ${formatCount(silent, 'try', 'tries')} gave no answer`}.`;
  };
  const backDoors = disk.filter(({ way }) => way === 'silo-path');
  const leaks = disk.filter(({ way }) => way !== 'silo-path');
  const differing = cells.filter(cell => agreesWithRule(cell) === false);
  return [
    network.length === 0
      ? unreached('network', 'from nowhere outside its container')
      : `The network volume was reached from ${viewersOf(network)}.`,
    leaks.length === 0
      ? unreached('disk', 'by no name that a program would use')
      : `The disk volume was reached from ${viewersOf(leaks)}.`,
    ...(backDoors.length === 0
      ? []
      : ['Through \\Silos it was reached from the host: a back door for administrators, no leak.']),
    differing.length === 0
      ? 'Everything that was tried came out as the rule says, where it says anything.'
      : `${formatCount(differing.length, 'try', 'tries')} came out otherwise than the rule says: ${differing.map(wordCellName).join('; ')}.`,
    ...missing.map(
      ({ viewer, reason }) =>
        `No ${isolationWords.viewers[viewer]} was there to look from: ${escapeUntrusted(reason, 300)}`,
    ),
    ...(simulated
      ? ['This host is simulated: it shows how the simulation is built, and proves nothing of Windows.']
      : []),
    ...(left.length === 0 ? [] : [isolationWords.left(left)]),
  ];
}

function viewersOf(cells: readonly IsolationCell[]): string {
  const names = [...new Set(cells.map(({ from }) => `the ${isolationWords.viewers[from]}`))];
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Which try it was. */
export function wordCellName({ volume, from, way }: Pick<IsolationCell, 'volume' | 'from' | 'way'>): string {
  return `${volume} volume from ${isolationWords.viewers[from]} by ${isolationWords.ways[way]}`;
}

/** What is not as it was, in a line. */
export function wordIsolationChange({ before, after, what }: IsolationChange): string {
  const { outcomes } = isolationWords;
  return what === 'outcome'
    ? `${wordCellName(after)}: ${outcomes[before.outcome]} before, now ${outcomes[after.outcome]}`
    : `${wordCellName(after)}: ${outcomes[after.outcome]} as before, by another answer`;
}

/** What came of one try, what the rule says, and how well that is founded. */
export function wordCell(cell: IsolationCell): string {
  const { outcome, expected, ground, why } = cell;
  const found = isolationWords.outcomes[outcome];
  const reason = why === undefined ? '' : `: ${wordNotTried(why)}`;
  const rule =
    expected === undefined
      ? 'no source says what to expect'
      : `${isolationWords.outcomes[expected]} is ${ground === 'documented' ? 'documented' : 'inferred'}`;
  const differs = agreesWithRule(cell) === false ? `, ${isolationWords.differs}` : '';
  return `${found}${reason}; ${rule}${differs}`;
}

/** Why a way was not tried. */
export function wordNotTried(why: NotTried): string {
  switch (why) {
    case 'no-such-name':
      return 'a disk volume has no such name';
    case 'not-asked-for':
      return 'a plain UNC name may go out on the network, and is opened only when asked for';
    case 'claimed-by-nobody':
      return 'no WinFsp provider claims that name, so it is never opened: it could send credentials to whoever answers';
    case 'no-viewer':
      return 'nobody was there to look from';
    case 'name-not-known':
      return 'a part of the name could not be read';
    case 'leads-elsewhere':
      return 'on the host that letter leads somewhere else, perhaps to a server, so it is not opened';
    case 'no-token':
      return 'no token could be written into the volume';
    default:
      return assertNever(why, 'reason');
  }
}

/** Where a self-test is, in a line. */
export function wordIsolationProgress({ step, state, note, done, of }: IsolationProgress): string {
  const names = {
    preflight: 'Checking',
    network: 'Launching the network file system',
    disk: 'Launching the disk file system',
    hyperv: 'Starting a Hyper-V container',
    looks: 'Trying every way in',
    'clean-up': 'Removing what was made',
  } satisfies Record<IsolationProgress['step'], string>;
  const count = done === undefined || of === undefined ? '' : ` ${done} of ${of}`;
  const how = state === 'started' ? '' : ` (${state})`;
  return `${names[step]}${count}${how}${note === undefined ? '' : `: ${escapeUntrusted(note, 200)}`}`;
}
