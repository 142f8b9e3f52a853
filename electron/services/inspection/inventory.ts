import { FaultError } from '../../../shared/contract/fault.ts';
import { composeCommandLine } from '../../../shared/domain/command-line.ts';
import { statusText } from '../../../shared/domain/error-decoder.ts';
import type { Gap } from '../../../shared/domain/inspection.ts';
import { HOST_NAMESPACE, type NamespaceId } from '../../../shared/domain/namespace.ts';
import type { Fsd } from '../../../shared/domain/readiness.ts';
import type { ObjectEntry } from '../../hosts/host.ts';
import { splitListCommand } from '../engine/list-command.ts';
import { winfspTool } from '../fsd/discover-fsd.ts';
import { type ListedVolume, parseLsvol } from '../fsd/parse-fsptool.ts';
import { inParallel } from '../in-parallel.ts';
import { runIfThere, runOptions } from '../run-program.ts';
import type { NamespaceView } from '../silos/namespace-view.ts';
import type { NamespaceReading } from '../silos/read-namespaces.ts';
import type { MupObject } from '../silos/silo-device.ts';
import { walkDirectory } from '../silos/walk-directory.ts';
import { wordVolumes } from '../silos/word-volumes.ts';
import type { Surroundings } from '../surroundings.ts';
import { findGhosts, type GhostMountPoint } from './find-ghosts.ts';
import { listInSilo } from './list-in-silo.ts';
import { mergeWitnesses, type WitnessedVolume } from './merge-witnesses.ts';
import { mountedOnDirectories } from './mounted-on-directories.ts';
import { nameFileSystems } from './name-file-systems.ts';
import { type MountPoints, readMountPoints, type UnreadLetters } from './read-mount-points.ts';

/** What is where. */
export interface Inventory {
  readonly views: readonly NamespaceView[];
  readonly volumes: readonly WitnessedVolume[];
  readonly ghosts: readonly GhostMountPoint[];
  /** Names of the volumes in each `\Device` that could be read, WinFsp's or not. */
  readonly devices: ReadonlyMap<NamespaceId, readonly string[]>;
  /** `\Device\Mup` of each silo where it could be read. */
  readonly mups: ReadonlyMap<NamespaceId, MupObject>;
  /** Devices, in lower case, that fsptool lists on the host; absent when it could not be asked. */
  readonly hostListed?: ReadonlySet<string>;
  /** Command lines of Hyper-V containers, by namespace. */
  readonly hypervCommands: ReadonlyMap<NamespaceId, string>;
  readonly gaps: readonly Gap[];
}

const AT_ONCE = 16;

/** Finds every WinFsp volume in every namespace of this kernel. */
export async function takeInventory(
  around: Surroundings,
  reading: NamespaceReading,
  fsd: Fsd,
  signal?: AbortSignal,
): Promise<Inventory> {
  const rooms = await inParallel(
    reading.views.filter(view => view.namespace.kind !== 'vm'),
    AT_ONCE,
    view => readRoom(around, view, fsd, signal),
  );
  const host = rooms.find(room => room.namespace === HOST_NAMESPACE);
  const hostListed = host?.listed;
  const volumes = rooms.flatMap(room => room.volumes);
  // Whether the host lists them too is a question only where there are some to be compared.
  const unasked = host?.unasked !== undefined && volumes.length > 0 ? [host.unasked] : [];
  const worded = wordVolumes(
    reading.views,
    new Map(rooms.map(({ namespace, listed }) => [namespace, listed ?? []] as const)),
  );
  return {
    views: worded.views,
    volumes,
    ghosts: rooms.flatMap(room => room.ghosts),
    devices: new Map(
      rooms.flatMap(room => (room.devices === undefined ? [] : [[room.namespace, room.devices] as const])),
    ),
    mups: new Map(
      reading.views.flatMap(({ namespace, device }) =>
        device?.mup === undefined ? [] : [[namespace.id, device.mup] as const],
      ),
    ),
    ...(hostListed === undefined ? {} : { hostListed: new Set(hostListed.map(device => device.toLowerCase())) }),
    hypervCommands: new Map(
      reading.views.flatMap(view =>
        view.namespace.kind === 'vm' ? [[view.namespace.id, commandLineOf(view)] as const] : [],
      ),
    ),
    gaps: [...reading.gaps, ...worded.gaps, ...unasked, ...rooms.flatMap(room => room.gaps)],
  };
}

/** The engine's list has it in words of its own, from which Windows' rules would make other arguments. */
const commandLineOf = ({ container }: NamespaceView): string =>
  composeCommandLine(splitListCommand(container?.command ?? ''));

const isVolume = ({ name }: ObjectEntry): boolean => /^Volume\{[0-9a-f-]{36}\}$/i.test(name);

/** Names of the volumes in the `\Device` of silos, as far as their reading brought them along. */
export function devicesOf(views: readonly NamespaceView[]): ReadonlyMap<NamespaceId, readonly string[]> {
  return new Map(
    views.flatMap(({ namespace, device }) =>
      device === undefined ? [] : [[namespace.id, device.entries.filter(isVolume).map(({ name }) => name)] as const],
    ),
  );
}

interface Room {
  readonly namespace: NamespaceId;
  readonly volumes: readonly WitnessedVolume[];
  readonly ghosts: readonly GhostMountPoint[];
  readonly devices?: readonly string[];
  /** Devices that fsptool listed here; absent: it was not asked, or did not answer. */
  readonly listed?: readonly string[];
  /** Of the host: why it was not asked. */
  readonly unasked?: Gap;
  readonly gaps: readonly Gap[];
}

async function readRoom(around: Surroundings, view: NamespaceView, fsd: Fsd, signal?: AbortSignal): Promise<Room> {
  const { id } = view.namespace;
  const isHost = id === HOST_NAMESPACE;
  const { objects } = around.host;
  const root = isHost ? '' : view.namespace.siloId === undefined ? undefined : `\\Silos\\${view.namespace.siloId}`;
  const entries = isHost ? await hostDevice(around, signal) : view.device?.entries;
  const gaps: Gap[] = [];
  const candidates = entries?.filter(isVolume);
  const { links, unread } = root === undefined ? NO_LETTERS : await readMountPoints(objects, root, signal);
  gaps.push(...lettersGap(id, unread));

  const linksAskedAt = around.clock.now();
  const targets = await readTargets(around, root, candidates, signal);
  const linksMs = Math.max(0, around.clock.now() - linksAskedAt);
  const signs = { candidates, links, targets };
  const remembered = around.rooms?.recall(view, signs);
  // That the SCM knows no driver may be that it refused to answer: where WinFsp is installed, fsptool is asked all the same.
  const mayRun = fsd.state === 'running' || (fsd.state === 'not-installed' && fsd.installDirectory !== undefined);
  const worthAsking = isHost ? mayRun : view.device?.hasWinFsp !== false && candidates?.length !== 0;
  const askedAt = around.clock.now();
  const listed =
    remembered?.listed ??
    (worthAsking ? await listVolumes(around, view, fsd, gaps, signal) : isHost ? undefined : NOTHING_TO_LIST);
  const listing = { listedAt: new Date(askedAt).toISOString(), listedMs: Math.max(0, around.clock.now() - askedAt) };
  const found = (): readonly WitnessedVolume[] =>
    mergeWitnesses(id, listed, candidates, targets, links).map(one => ({ ...one, ...(one.listed ? listing : {}) }));
  const volumes = remembered?.volumes ?? (await named(around, view, found(), signal));
  if (remembered === undefined && worthAsking && listed !== undefined) {
    around.rooms?.keep(view, signs, { listed, volumes });
  }
  const here = new Set(candidates?.map(entry => entry.name.toLowerCase()));
  const ghosts =
    candidates === undefined || root === undefined
      ? []
      : await findGhosts(objects, { namespace: id, root }, links, here, signal);
  const devices = candidates === undefined ? {} : { devices: candidates.map(entry => entry.name) };
  const mounted = isHost
    ? await mountedOnDirectories(around, volumes, links, signal)
    : { volumes, gaps: volumes.filter(isNowhere).map(({ volume }) => directoryGap(id, volume.device)) };
  return {
    namespace: id,
    volumes: mounted.volumes.map(one => withCost(one, view, linksMs)),
    ghosts,
    gaps: [...gaps, ...mounted.gaps],
    ...devices,
    ...(listed === undefined ? {} : { listed: listed.map(one => one.device) }),
    ...(isHost && !worthAsking ? { unasked: unaskedGap(fsd) } : {}),
  };
}

/** A disk volume may be mounted on a directory, which only its program's command line tells in a silo. */
function isNowhere({ volume: { kind, mountPoints, fileSystem } }: WitnessedVolume): boolean {
  return kind === 'disk' && mountPoints.length === 0 && fileSystem === undefined;
}

function directoryGap(namespace: NamespaceId, device: string): Gap {
  return {
    namespace,
    what: `directory on which ${device} may be mounted`,
    reason: 'no letter leads to it, and which program serves it is not known, whose command line would tell',
  };
}

const NO_LETTERS: MountPoints = { links: [], unread: [] };

/** Letters may be there that nobody saw: one gap for all of them. */
function lettersGap(namespace: NamespaceId, unread: readonly UnreadLetters[]): Gap[] {
  const [first] = unread;
  if (first === undefined) return [];
  const more = unread.length === 1 ? '' : `, and ${unread.length - 1} more`;
  return [
    {
      namespace,
      what: 'drive letters',
      reason: `${first.path}: ${first.refused}${more}`,
      ...(unread.some(({ refused }) => refused === 'access-denied') ? { needs: 'elevation' as const } : {}),
    },
  ];
}

/** In a silo without WinFsp's devices, or without any volume's, no list has to be asked for. */
const NOTHING_TO_LIST: readonly ListedVolume[] = [];

/** Nobody asked the host what it lists: that a volume is not in its list cannot be said. */
function unaskedGap({ state }: Fsd): Gap {
  const isQuiet = state === 'stopped' || state === 'not-installed';
  return {
    namespace: HOST_NAMESPACE,
    what: 'volume list (fsptool lsvol)',
    reason: `not asked: the driver is ${state === 'not-installed' ? 'not installed' : state}`,
    ...(isQuiet ? {} : { hides: 'volumes' as const }),
  };
}

/** The object is seen anew at every look, whatever is remembered of the rest: what that took just now. */
function withCost(witnessed: WitnessedVolume, { device }: NamespaceView, linksMs: number): WitnessedVolume {
  const { object } = witnessed;
  if (object === undefined) return witnessed;
  const elapsedMs = object.target === undefined ? device?.elapsedMs : linksMs;
  return elapsedMs === undefined ? witnessed : { ...witnessed, object: { ...object, elapsedMs } };
}

async function named(
  around: Surroundings,
  view: NamespaceView,
  found: readonly WitnessedVolume[],
  signal?: AbortSignal,
): Promise<readonly WitnessedVolume[]> {
  return found.length === 0 || view.container === undefined ? found : nameFileSystems(around, view, found, signal);
}

async function hostDevice(around: Surroundings, signal?: AbortSignal): Promise<readonly ObjectEntry[] | undefined> {
  const listed = await walkDirectory(around.host.objects, '', ['Device'], signal);
  return 'entries' in listed ? listed.entries : undefined;
}

/** Seen in its `\Device`, where that could be read. */
const hasVolumes = ({ device }: NamespaceView): boolean => device?.hasWinFsp === true && device.entries.some(isVolume);

async function listVolumes(
  around: Surroundings,
  view: NamespaceView,
  fsd: Fsd,
  gaps: Gap[],
  signal?: AbortSignal,
): Promise<readonly ListedVolume[] | undefined> {
  const { id } = view.namespace;
  const gap = (reason: string, hides = true): undefined => {
    gaps.push({ namespace: id, what: 'volume list (fsptool lsvol)', reason, ...(hides ? { hides: 'volumes' } : {}) });
    return undefined;
  };
  try {
    if (view.container !== undefined) {
      const answer = await listInSilo(around, view.container, fsd.installDirectory, signal);
      return 'volumes' in answer ? answer.volumes : gap(answer.reason, answer.isWinFspExpected || hasVolumes(view));
    }
    if (id !== HOST_NAMESPACE) return gap('no container of this engine runs in it');
    if (fsd.installDirectory === undefined) return gap('WinFsp is not installed');
    const ran = await runIfThere(
      around.host,
      [winfspTool(fsd.installDirectory, 'fsptool-x64.exe'), 'lsvol'],
      runOptions(signal),
    );
    if (ran?.exitCode !== 0)
      return gap(ran === undefined ? 'fsptool could not be started' : `fsptool ended with ${statusText(ran.exitCode)}`);
    return parseLsvol(ran.stdout);
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code === 'cancelled' || error.fault.code === 'bug') throw error;
    return gap(error.fault.code === 'timed-out' ? `no answer in ${error.fault.afterMs} ms` : error.fault.code);
  }
}

/** Targets of those `Volume{guid}` that are links: the provider of a network volume. By lower-case name. */
async function readTargets(
  around: Surroundings,
  root: string | undefined,
  candidates: readonly ObjectEntry[] | undefined,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const links = root === undefined ? [] : (candidates ?? []).filter(entry => entry.type === 'SymbolicLink');
  const read = await inParallel(links, AT_ONCE, async entry => {
    const link = await around.host.objects.readLink(`${root}\\Device\\${entry.name}`, signal);
    return 'target' in link ? [[entry.name.toLowerCase(), link.target] as const] : [];
  });
  return new Map(read.flat());
}
