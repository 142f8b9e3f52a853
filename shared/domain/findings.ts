import { groupBy } from '../base/group-by.ts';
import { splitCommandLine } from './command-line.ts';
import { type Evidence, rankOf } from './evidence.ts';
import { type FileSystemCommand, type KindBecause, recogniseFileSystem } from './file-system-command.ts';
import type { FindingCode, InspectedVolume, Severity } from './inspection.ts';
import type { LauncherService } from './launcher-service.ts';
import { HOST_NAMESPACE, type Namespace, type NamespaceId, PROFILE_LABEL } from './namespace.ts';
import { isVirtualMachine } from './namespace-kind.ts';
import type { Fsd } from './readiness.ts';
import { isReadOnly } from './rewrite-command.ts';
import { type UncName, uncNameOf } from './unc-name.ts';
import { classOf, proposeUniquePrefix } from './unc-prefix.ts';
import { type Alike, alikeIn } from './visibility-row.ts';

/** A drive letter whose target is gone. */
export interface Ghost {
  readonly namespace: NamespaceId;
  readonly mountPoint: string;
  readonly target: string;
  /** The logon sessions that have it, by LUID, or `global`; absent: not observed. */
  readonly sessions?: readonly string[] | undefined;
}

/** What told of a real server: a connection, a drive that comes back at sign-in, the domain's controller, the domain. */
export type ServerSource = 'net-use' | 'kept-drive' | 'logon-server' | 'domain';

/** What an inspection found, as far as findings follow from it. */
export interface FindingParts {
  readonly namespaces: readonly Namespace[];
  readonly volumes: readonly Omit<InspectedVolume, 'findings' | 'chain'>[];
  readonly fsd?: Fsd | undefined;
  readonly ghosts?: readonly Ghost[] | undefined;
  /** Names of real SMB servers that are known to answer. */
  readonly servers?: readonly string[] | undefined;
  /** What told of each of them. */
  readonly serverSources?: ReadonlyMap<string, ServerSource> | undefined;
  /** Command lines of Hyper-V containers, by namespace. */
  readonly hypervCommands?: ReadonlyMap<NamespaceId, string> | undefined;
  /** What WinFsp's Launcher starts on the host, by the class in lower case. */
  readonly launcherServices?: ReadonlyMap<string, LauncherService> | undefined;
}

interface Common<C extends FindingCode> {
  readonly code: C;
  readonly severity: Severity;
  /** Devices of the volumes concerned. */
  readonly volumes: readonly string[];
  readonly namespaces: readonly NamespaceId[];
}

/** How to end a collision: the program of the last volume, where it is known, under a name that nobody has. */
interface Relaunch {
  readonly program?: FileSystemCommand['program'];
  readonly proposal: string;
}

/** Who was seen to answer for names that several claim. */
export interface Answered {
  readonly namespace: NamespaceId;
  readonly evidence: Evidence;
}

/** A finding as data; its summary, fix and command are put into words by shared/wording. */
export type FindingFact =
  | (Common<'unc-leak'> & {
      readonly home: NamespaceId;
      readonly uncPrefix?: string;
      readonly mountPoint?: string;
      readonly program?: FileSystemCommand['program'];
      /** Who sees it from outside, each with the evidence. */
      readonly seen: readonly Alike[];
      /** What is known of its plain UNC name. */
      readonly uncName: UncName;
    })
  | (Common<'class-collision'> &
      Relaunch & {
        readonly class: string;
        readonly answered?: Answered;
        /** The UNC name of one of them is a path within another's: it may lead to a folder there. */
        readonly nested?: { readonly inner: string; readonly outer: string };
      })
  | (Common<'prefix-collision'> & Relaunch & { readonly uncPrefix: string; readonly answered?: Answered })
  | (Common<'shadows-server'> & Relaunch & { readonly server: string; readonly source?: ServerSource })
  | (Common<'ghost-mount-point'> & Pick<Ghost, 'mountPoint' | 'target' | 'sessions'>)
  | (Common<'fsd-stopped'> & { readonly fsd: Fsd })
  | (Common<'hyperv-no-winfsp'> & { readonly program?: FileSystemCommand['program'] })
  /** A leak that nobody asked for: the program makes itself a network file system unless told otherwise. */
  | (Common<'leaks-by-default'> & {
      readonly home: NamespaceId;
      readonly program: FileSystemCommand['program'];
      readonly because: KindBecause;
      readonly uncPrefix?: string;
      /** On the host: no command line was seen, but its class is registered so with WinFsp's Launcher. [inferred] */
      readonly registered?: Pick<LauncherService, 'name' | 'executable'>;
    })
  /** One for all: who did not use Siloscope did not for forty containers either. */
  | (Common<'unmanaged-file-system'> & { readonly programs: readonly string[] });

/** Everything worth telling, the serious first, each kind in the order of the volumes. */
export function findFindings(parts: FindingParts): FindingFact[] {
  return bySeverity([
    ...stoppedFsd(parts),
    ...leaks(parts),
    ...leaksByDefault(parts),
    ...collisions(parts),
    ...shadows(parts),
    ...ghosts(parts),
    ...virtualMachines(parts),
    ...unmanaged(parts),
  ]);
}

/** The serious first; those of one severity stay as they are. */
export function bySeverity<T extends { readonly severity: Severity }>(found: readonly T[]): T[] {
  const order: readonly Severity[] = ['serious', 'warning', 'info'];
  return [...found].sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
}

/** What a change of some volumes may have made otherwise. */
export interface Affected {
  readonly volumes: FindingParts['volumes'];
  /** As `classOf` writes them. */
  readonly classes: ReadonlySet<string>;
}

/**
 * Of all findings those that volumes and namespaces alone tell, and of these the ones that are about affected volumes and
 * classes, or about all that nobody manages. Those of servers, ghosts, virtual machines and the driver need a look.
 */
export function findAffected(parts: FindingParts, { volumes, classes }: Affected): FindingFact[] {
  const some = { ...parts, volumes };
  const members = namedVolumes(parts.volumes).filter(({ uncPrefix }) => classes.has(classOf(uncPrefix)));
  return [...leaks(some), ...leaksByDefault(some), ...collisions(parts, members), ...unmanaged(parts)];
}

function stoppedFsd({ fsd }: FindingParts): FindingFact[] {
  if (fsd === undefined || fsd.state === 'running') return [];
  const severity = fsd.state === 'starting' ? 'info' : 'serious';
  return [{ code: 'fsd-stopped', severity, volumes: [], namespaces: [HOST_NAMESPACE], fsd }];
}

function leaks({ volumes }: FindingParts): FindingFact[] {
  return volumes.flatMap((volume): FindingFact[] => {
    const outside = [...alikeIn(volume.visibility, volume.home)];
    const seen = outside.filter(({ look }) => look.visible === 'yes');
    if (seen.length === 0) return [];
    // Who gave no answer may well see it: a file system that hangs does not weigh less for that.
    const inferred =
      outside.every(({ look }) => look.because !== 'no-answer') &&
      seen.every(({ look: { evidence } }) => evidence.rank === 'rule' && evidence.ground === 'inferred');
    return [
      {
        code: 'unc-leak',
        severity: isSealed(volume) ? 'info' : inferred ? 'warning' : 'serious',
        volumes: [volume.device],
        namespaces: [volume.home],
        home: volume.home,
        ...(volume.uncPrefix === undefined ? {} : { uncPrefix: volume.uncPrefix }),
        ...(volume.mountPoints[0] === undefined ? {} : { mountPoint: volume.mountPoints[0] }),
        ...knownProgram(volume),
        seen,
        uncName: uncNameOf(volume.home, volume.visibility),
      },
    ];
  });
}

/** Who sees it can change nothing: its command line mounts it read-only. */
function isSealed({ fileSystem }: FindingParts['volumes'][number]): boolean {
  return fileSystem?.commandLine !== undefined && isReadOnly(splitCommandLine(fileSystem.commandLine));
}

/** What a program does when its command line says nothing of a UNC name, or in the one form that a service starts. */
const BY_DEFAULT: ReadonlySet<KindBecause> = new Set(['network-by-default', 'service-form', 'launcher-form']);

function leaksByDefault({ namespaces, volumes, launcherServices }: FindingParts): FindingFact[] {
  const asked = new Set(namespaces.flatMap(({ id, container }) => (isOfProfile(container) ? [id] : [])));
  return volumes.flatMap((volume): FindingFact[] => {
    const { fileSystem, home, uncPrefix, device, visibility } = volume;
    if (uncPrefix === undefined || asked.has(home)) return [];
    const service = home === HOST_NAMESPACE ? launcherServices?.get(classOf(uncPrefix)) : undefined;
    const known =
      fileSystem?.commandLine !== undefined
        ? recogniseFileSystem(splitCommandLine(fileSystem.commandLine))
        : service && { program: service.program, because: 'launcher-form' as const };
    if (known === undefined || !BY_DEFAULT.has(known.because)) return [];
    const isInferred = fileSystem?.commandLine === undefined && service !== undefined;
    const isSeen = [...alikeIn(visibility, home)].some(({ look }) => look.visible === 'yes');
    if (!isSeen) return [];
    const { program, because } = known;
    return [
      {
        code: 'leaks-by-default',
        severity: 'warning',
        volumes: [device],
        namespaces: [home],
        home,
        program,
        because,
        uncPrefix,
        ...(isInferred ? { registered: { name: service.name, executable: service.executable } } : {}),
      },
    ];
  });
}

/** Whoever launched a profile chose between a disk and a network file system. */
function isOfProfile(container: Namespace['container']): boolean {
  const profile = container?.labels[PROFILE_LABEL];
  return profile !== undefined && profile !== 'custom';
}

function programOf(commandLine: string): FileSystemCommand['program'] | undefined {
  return recogniseFileSystem(splitCommandLine(commandLine))?.program;
}

/** The network volumes of this kernel by class, where more than one namespace claims it. `among`: whole classes, the others are left out. */
function collisions(parts: FindingParts, among = namedVolumes(parts.volumes)): FindingFact[] {
  const { namespaces } = parts;
  // Who was seen to have a MUP of its own meets nobody there.
  const apart = new Set(namespaces.flatMap(({ id, mup }) => (mup === 'own' ? [id] : [])));
  const classes = groupBy(
    among.filter(({ home }) => !apart.has(home)),
    ({ uncPrefix }) => classOf(uncPrefix),
  );
  return [...classes].flatMap(([name, members]): FindingFact[] => {
    if (homes(members).length < 2) return [];
    const found: FindingFact[] = [];
    const prefixes = groupBy(members, ({ uncPrefix }) => uncPrefix.toLowerCase());
    for (const same of prefixes.values()) {
      if (homes(same).length < 2) continue;
      found.push({
        code: 'prefix-collision',
        severity: 'serious',
        ...concerned(same),
        ...relaunch(parts, same),
        ...answeredIn(same),
        uncPrefix: same[0].uncPrefix,
      });
    }
    const nested = nestedIn(members);
    if (prefixes.size > 1)
      found.push({
        code: 'class-collision',
        severity: nested === undefined ? 'warning' : 'serious',
        ...concerned(members),
        ...relaunch(parts, members),
        ...answeredIn(members),
        class: name,
        ...(nested === undefined ? {} : { nested }),
      });
    return found;
  });
}

/** Two of different homes of which the one's UNC prefix continues the other's. */
function nestedIn(members: readonly Named[]): { readonly inner: string; readonly outer: string } | undefined {
  const byPrefix = groupBy(members, ({ uncPrefix }) => uncPrefix.toLowerCase());
  for (const { uncPrefix: inner, home } of members) {
    const [, ...parts] = inner.split('\\');
    for (let length = parts.length - 1; length > 1; length -= 1) {
      const around = byPrefix.get(`\\${parts.slice(0, length).join('\\')}`.toLowerCase());
      const outer = around?.find(other => other.home !== home);
      if (outer !== undefined) return { inner, outer: outer.uncPrefix };
    }
  }
  return undefined;
}

/** The one of them whose plain UNC name was seen to lead to it from outside; of two nobody is named. */
function answeredIn(members: readonly Named[]): { readonly answered?: Answered } {
  const seen = members.flatMap(({ home, visibility }): Answered[] => {
    const { leads, evidence } = uncNameOf(home, visibility);
    return leads === 'here' && rankOf(evidence) > RULE ? [{ namespace: home, evidence }] : [];
  });
  const [first] = seen;
  return first !== undefined && seen.every(({ namespace }) => namespace === first.namespace) ? { answered: first } : {};
}

const RULE = rankOf({ rank: 'rule', ground: 'documented' });

function shadows(parts: FindingParts): FindingFact[] {
  const { volumes, servers = [], serverSources } = parts;
  const byClass = new Map(servers.map(server => [classOf(server), server]));
  const shadowing = groupBy(namedVolumes(volumes), ({ uncPrefix }) => byClass.get(classOf(uncPrefix)));
  return [...shadowing].flatMap(([server, members]): FindingFact[] => {
    if (server === undefined) return [];
    const source = serverSources?.get(server);
    return [
      {
        code: 'shadows-server',
        severity: 'serious',
        ...concerned(members),
        ...relaunch(parts, members),
        server,
        ...(source === undefined ? {} : { source }),
      },
    ];
  });
}

function ghosts({ ghosts: found = [] }: FindingParts): FindingFact[] {
  return found.map(({ namespace, mountPoint, target, sessions }) => ({
    code: 'ghost-mount-point',
    severity: 'warning',
    volumes: [],
    namespaces: [namespace],
    mountPoint,
    target,
    ...(sessions === undefined ? {} : { sessions }),
  }));
}

function virtualMachines({ namespaces, hypervCommands }: FindingParts): FindingFact[] {
  return namespaces.flatMap((namespace): FindingFact[] => {
    if (namespace.kind !== 'vm') return [];
    const program = programOf(hypervCommands?.get(namespace.id) ?? '');
    const severity = program === undefined ? 'info' : 'warning';
    return [
      {
        code: 'hyperv-no-winfsp',
        severity,
        volumes: [],
        namespaces: [namespace.id],
        ...(program === undefined ? {} : { program }),
      },
    ];
  });
}

function unmanaged({ namespaces, volumes }: FindingParts): FindingFact[] {
  const strangers = new Set(
    namespaces.flatMap(({ id, container }) => (container === undefined || container.managed ? [] : [id])),
  );
  const members = volumes.filter(({ home }) => strangers.has(home));
  if (members.length === 0) return [];
  const homes = new Set(members.map(({ home }) => home));
  const programs = new Set(members.flatMap(({ fileSystem }) => fileSystem?.program ?? []));
  return [
    {
      code: 'unmanaged-file-system',
      severity: 'info',
      volumes: members.map(({ device }) => device),
      namespaces: [...homes],
      programs: [...programs],
    },
  ];
}

type Named = FindingParts['volumes'][number] & { readonly uncPrefix: string };

function namedVolumes(volumes: FindingParts['volumes']): Named[] {
  return volumes.filter((volume): volume is Named => volume.uncPrefix !== undefined && !isVirtualMachine(volume.home));
}

function homes(members: readonly Named[]): NamespaceId[] {
  return [...new Set(members.map(({ home }) => home))];
}

function concerned(members: readonly Named[]): Pick<Common<FindingCode>, 'volumes' | 'namespaces'> {
  return { volumes: members.map(({ device }) => device), namespaces: homes(members) };
}

function relaunch({ volumes, servers = [] }: FindingParts, members: readonly Named[]): Relaunch {
  const taken = [...namedVolumes(volumes).map(({ uncPrefix }) => uncPrefix), ...servers];
  const last = members.at(-1);
  return { ...knownProgram(last), proposal: proposeUniquePrefix(taken, last?.uncPrefix ?? '') };
}

function knownProgram(volume: FindingParts['volumes'][number] | undefined): Partial<Pick<Relaunch, 'program'>> {
  const system = volume?.fileSystem;
  const program = system && programOf(system.commandLine ?? system.program);
  return program === undefined ? {} : { program };
}
