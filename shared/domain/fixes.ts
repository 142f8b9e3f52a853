import { splitCommandLine } from './command-line.ts';
import { recogniseFileSystem } from './file-system-command.ts';
import type { FindingFact, FindingParts } from './findings.ts';
import type { Fix, Relaunch } from './fix.ts';
import { type ContainerRef, HOST_NAMESPACE, type Namespace } from './namespace.ts';
import { isVirtualMachine } from './namespace-kind.ts';
import { type CommandChange, rewriteCommand } from './rewrite-command.ts';
import { proposeUniquePrefix } from './unc-prefix.ts';

type Found = FindingParts['volumes'][number];

/**
 * The name by which a finding is known again, `unc-leak:web/memfs/share`: its code and what it is about. A volume is
 * named by its container and its prefix, since a relaunch gives it another device.
 */
export function findingId(fact: FindingFact, namespaces: readonly Namespace[]): string {
  switch (fact.code) {
    case 'unc-leak':
    case 'leaks-by-default': {
      const home = namespaces.find(({ id }) => id === fact.home);
      const name = fact.uncPrefix === undefined ? `/${shortDevice(fact.volumes[0] ?? '')}` : slashed(fact.uncPrefix);
      return `${fact.code}:${home?.container?.name ?? fact.home}${name}`;
    }
    case 'class-collision':
      return `${fact.code}:${fact.class}`;
    case 'prefix-collision':
      return `${fact.code}:${slashed(fact.uncPrefix).slice(1)}`;
    case 'shadows-server':
      return `${fact.code}:${fact.server.toLowerCase()}`;
    case 'ghost-mount-point':
      return `${fact.code}:${fact.namespaces[0] ?? ''}/${fact.mountPoint}`;
    case 'hyperv-no-winfsp':
      return `${fact.code}:${fact.namespaces[0] ?? ''}`;
    case 'fsd-stopped':
    case 'unmanaged-file-system':
      return fact.code;
  }
}

function slashed(uncPrefix: string): string {
  return uncPrefix.replaceAll('\\', '/').toLowerCase();
}

/** The first part of its GUID. */
function shortDevice(device: string): string {
  return /\{([0-9a-f]{8})/i.exec(device)?.[1]?.toLowerCase() ?? device;
}

/** What can be done about a finding, the best first. Nothing is offered that would not do what it says. */
export function fixesOf(fact: FindingFact, parts: FindingParts): Fix[] {
  switch (fact.code) {
    case 'unc-leak': {
      const volume = volumesOf(fact, parts)[0];
      return [
        ...relaunched('relaunch-as-disk', 'ends', [volume], { to: 'disk' }, parts),
        // Launched anew under a prefix that another has, too, it would be refused: the collision has to be ended first.
        ...(isPrefixShared(volume, parts)
          ? []
          : relaunched('read-only', 'softens', [volume], { to: 'read-only' }, parts)),
        ...acceptable({ uncPrefix: volume?.uncPrefix, container: containerOf(volume, parts)?.name }),
      ];
    }
    case 'leaks-by-default': {
      const volume = volumesOf(fact, parts)[0];
      return [
        ...relaunched('relaunch-as-disk', 'ends', [volume], { to: 'disk' }, parts),
        ...acceptable({ uncPrefix: volume?.uncPrefix, container: containerOf(volume, parts)?.name }),
      ];
    }
    case 'class-collision':
      return [...separated(fact, parts), ...acceptable({ uncPrefix: `\\${fact.class}\\*` })];
    case 'prefix-collision':
      return [...separated(fact, parts), ...acceptable({ uncPrefix: fact.uncPrefix })];
    case 'shadows-server': {
      const volumes = volumesOf(fact, parts);
      return [
        ...renamed(volumes, parts),
        ...relaunched('relaunch-as-disk', 'ends', volumes, { to: 'disk' }, parts),
        ...acceptable({ uncPrefix: `\\${fact.server}\\*` }),
      ];
    }
    case 'ghost-mount-point': {
      const [namespace = HOST_NAMESPACE] = fact.namespaces;
      const { mountPoint, target } = fact;
      const container = lookUp(parts).containers.get(namespace)?.name;
      return [
        { kind: 'clear-mount-point', effect: 'ends', relaunches: [], mountPoint: { namespace, mountPoint, target } },
        ...(container === undefined ? [] : acceptable({ container })),
      ];
    }
    case 'fsd-stopped':
      return fact.fsd.state === 'stopped' ? [{ kind: 'start-fsd', effect: 'ends', relaunches: [] }] : [];
    case 'hyperv-no-winfsp': {
      const container = lookUp(parts).containers.get(fact.namespaces[0] ?? '')?.name;
      if (container === undefined) return [];
      const moved: Fix = { kind: 'process-isolation', effect: 'ends', relaunches: [{ container }] };
      const isFit = isDiskCommand(parts.hypervCommands?.get(fact.namespaces[0] ?? '')) && !isFirstViewer(parts);
      return [...(isFit ? [moved] : []), ...acceptable({ container })];
    }
    case 'unmanaged-file-system': {
      const [only, ...others] = fact.namespaces;
      const container = lookUp(parts).containers.get(only ?? '')?.name;
      return others.length > 0 || container === undefined ? [] : acceptable({ container });
    }
  }
}

/** A network file system would leak where it is moved to. */
function isDiskCommand(commandLine: string | undefined): boolean {
  return commandLine !== undefined && recogniseFileSystem(splitCommandLine(commandLine))?.kind === 'disk';
}

/** A first silo is a first viewer: what nobody could see so far would leak to it. */
function isFirstViewer({ namespaces, volumes }: FindingParts): boolean {
  return !namespaces.some(({ kind }) => kind === 'silo') && volumes.some(({ kind }) => kind === 'network');
}

/** Of those that collide all but one get a name, or a privacy, of their own; the one that was seen to answer stays. */
function separated(
  fact: Extract<FindingFact, { readonly code: 'class-collision' | 'prefix-collision' }>,
  parts: FindingParts,
): Fix[] {
  const volumes = volumesOf(fact, parts);
  const stays = volumes.filter(volume => recipeOf(volume, parts) === undefined);
  const keeper = stays[0]?.home ?? fact.answered?.namespace ?? volumes[0]?.home;
  const leave = volumes.filter(({ home }) => home !== keeper);
  return [...renamed(leave, parts), ...relaunched('relaunch-as-disk', 'ends', leave, { to: 'disk' }, parts)];
}

/** Each under a first part of its own that nobody has. */
function renamed(volumes: readonly Found[], parts: FindingParts): Fix[] {
  const taken = [
    ...parts.volumes.flatMap(({ uncPrefix, home }) =>
      uncPrefix === undefined || isVirtualMachine(home) ? [] : [uncPrefix],
    ),
    ...(parts.servers ?? []),
  ];
  const relaunches: Relaunch[] = [];
  for (const volume of volumes) {
    const uncPrefix = proposeUniquePrefix(taken, volume.uncPrefix ?? '');
    const one = relaunchOf(volume, { to: 'prefix', uncPrefix }, parts);
    if (one === undefined) return [];
    taken.push(uncPrefix);
    relaunches.push({ ...one, uncPrefix });
  }
  return relaunches.length === 0 ? [] : [{ kind: 'rename', effect: 'ends', relaunches }];
}

function relaunched(
  kind: 'relaunch-as-disk' | 'read-only',
  effect: Fix['effect'],
  volumes: readonly (Found | undefined)[],
  change: CommandChange,
  parts: FindingParts,
): Fix[] {
  const relaunches: Relaunch[] = [];
  for (const volume of volumes) {
    const one = volume === undefined ? undefined : relaunchOf(volume, change, parts);
    if (one === undefined) return [];
    relaunches.push(one);
  }
  return relaunches.length === 0 ? [] : [{ kind, effect, relaunches }];
}

function relaunchOf(volume: Found, change: CommandChange, parts: FindingParts): Relaunch | undefined {
  const recipe = recipeOf(volume, parts);
  if (recipe === undefined || rewriteCommand(recipe.argv, change) === undefined) return undefined;
  return { container: recipe.container.name, device: volume.device };
}

/**
 * How a volume came about, where launching its container anew brings it back and nothing else is lost: its container's own
 * program is known to serve it, and it is the only volume there.
 */
function recipeOf(
  volume: Found,
  parts: FindingParts,
): { readonly container: ContainerRef; readonly argv: readonly string[] } | undefined {
  const container = containerOf(volume, parts);
  const commandLine = volume.fileSystem?.commandLine;
  if (container === undefined || container.isolation !== 'process' || commandLine === undefined) return undefined;
  const isAlone = lookUp(parts).volumesAt.get(volume.home) === 1;
  return isAlone ? { container, argv: splitCommandLine(commandLine) } : undefined;
}

/** Another namespace has a volume of that very prefix. */
function isPrefixShared(volume: Found | undefined, parts: FindingParts): boolean {
  const { homesOf } = lookUp(parts);
  return volume?.uncPrefix !== undefined && (homesOf.get(volume.uncPrefix.toLowerCase())?.size ?? 0) > 1;
}

function containerOf(volume: Found | undefined, parts: FindingParts): ContainerRef | undefined {
  return volume === undefined ? undefined : lookUp(parts).containers.get(volume.home);
}

function volumesOf(fact: FindingFact, parts: FindingParts): Found[] {
  const { byDevice } = lookUp(parts);
  return fact.volumes.flatMap(device => byDevice.get(device) ?? []);
}

interface LookUp {
  readonly byDevice: ReadonlyMap<string, Found>;
  readonly containers: ReadonlyMap<string, ContainerRef>;
  /** How many volumes each namespace has. */
  readonly volumesAt: ReadonlyMap<string, number>;
  /** Prefix, in lower case -> the namespaces of this kernel that have a volume of it. */
  readonly homesOf: ReadonlyMap<string, ReadonlySet<string>>;
}

const lookUps = new WeakMap<FindingParts, LookUp>();

/** Made once for all findings of an inspection. */
function lookUp(parts: FindingParts): LookUp {
  const known = lookUps.get(parts);
  if (known !== undefined) return known;
  const volumesAt = new Map<string, number>();
  const homesOf = new Map<string, Set<string>>();
  for (const { home, uncPrefix } of parts.volumes) {
    volumesAt.set(home, (volumesAt.get(home) ?? 0) + 1);
    if (uncPrefix === undefined || isVirtualMachine(home)) continue;
    const key = uncPrefix.toLowerCase();
    homesOf.set(key, (homesOf.get(key) ?? new Set()).add(home));
  }
  const made: LookUp = {
    byDevice: new Map(parts.volumes.map(volume => [volume.device, volume])),
    containers: new Map(
      parts.namespaces.flatMap(({ id, container }) => (container === undefined ? [] : [[id, container] as const])),
    ),
    volumesAt,
    homesOf,
  };
  lookUps.set(parts, made);
  return made;
}

/** An acceptance must speak of something, and of no more than this. */
function acceptable(about: {
  readonly uncPrefix?: string | undefined;
  readonly container?: string | undefined;
}): Fix[] {
  const { uncPrefix, container } = about;
  const isPattern = [uncPrefix?.replace(/\\\*$/, ''), container].some(text => text !== undefined && /[*?]/.test(text));
  if ((uncPrefix === undefined && container === undefined) || isPattern) return [];
  const accepts = {
    ...(uncPrefix === undefined ? {} : { uncPrefix }),
    ...(container === undefined ? {} : { container }),
  };
  return [{ kind: 'accept', effect: 'ends', relaunches: [], accepts }];
}
