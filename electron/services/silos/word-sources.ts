import type { Gap } from '../../../shared/domain/inspection.ts';
import { compareSiloSources, type SiloTestimony, type SiloWord } from '../../../shared/domain/silo-sources.ts';
import { containerProcesses } from '../engine/container-processes.ts';
import { inspectIfThere } from '../engine/containers.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { inParallel } from '../in-parallel.ts';
import type { Surroundings } from '../surroundings.ts';
import type { NamespaceView } from './namespace-view.ts';
import type { HcsSystem } from './parse-hcsdiag.ts';
import { providerGuids } from './silo-device.ts';

/** What was asked of all sources that know every silo at once. Absent: it could not be asked. */
export interface HeardOfSilos {
  readonly systems?: ReadonlyMap<string, HcsSystem> | undefined;
  readonly directory?: readonly number[] | undefined;
  /** Docker ids of the jobs named after a container. */
  readonly jobs: ReadonlySet<string>;
  /** Docker id -> silo in which a volume of the container was found. */
  readonly byVolume: ReadonlyMap<string, number>;
}

/** What a gap says that stands for sources which contradict each other. */
export const MAPPING_GAP = 'silo mapping';

/** The engine is asked about so many more containers at each look: two questions each. What it said is remembered. */
const MOST_ASKED = 32;
const AT_ONCE = 8;

/** Has each silo's view say which sources agree on it and which differ; whoever differs is a gap as well. */
export async function wordSources(
  around: Pick<Surroundings, 'connection'>,
  views: readonly NamespaceView[],
  heard: HeardOfSilos,
  signal?: AbortSignal,
): Promise<{ readonly views: readonly NamespaceView[]; readonly gaps: readonly Gap[] }> {
  const processes = await askProcesses(around.connection, views, signal);
  const owners = ownersOf(processes);
  const homes = homesOfGuids(views);
  const worded = views.map((view): NamespaceView => {
    const sources = compareSiloSources(testimony(view, heard, { processes, owners, homes }));
    const agreed = sources.flatMap(({ source, verdict }) => (verdict === 'agrees' ? [source] : []));
    return { ...view, namespace: { ...view.namespace, agreed, sources } };
  });
  return { views: worded, gaps: worded.flatMap(({ namespace }) => mappingGap(namespace.id, namespace.sources ?? [])) };
}

/** A mapping that one source contradicts may be wrong: then a volume is shown under the wrong container. */
export function mappingGap(namespace: string, sources: readonly SiloWord[]): Gap[] {
  const differ = sources.filter(({ verdict }) => verdict === 'differs');
  if (differ.length === 0) return [];
  const others = sources.filter(({ verdict }) => verdict !== 'differs');
  const say = (words: readonly SiloWord[]): string => words.map(({ source, said }) => `${source}: ${said}`).join('; ');
  const reason = `sources differ on which silo this is: ${say(differ)}${others.length === 0 ? '' : `; against ${say(others)}`}`;
  return [{ namespace, what: MAPPING_GAP, reason }];
}

interface Processes {
  readonly entryProcess?: number;
  readonly processes?: readonly number[];
}

interface Gathered {
  readonly processes: ReadonlyMap<string, Processes>;
  /** Process id -> Docker ids of the containers that list it. */
  readonly owners: ReadonlyMap<number, readonly string[]>;
  /** GUID -> silos whose providers carry it. */
  readonly homes: ReadonlyMap<string, readonly number[]>;
}

function testimony(
  { namespace, container, device }: NamespaceView,
  { systems, directory, jobs, byVolume }: HeardOfSilos,
  { processes, owners, homes }: Gathered,
): SiloTestimony {
  const { siloId } = namespace;
  const id = container?.ref.id;
  const system =
    id === undefined ? [...(systems?.values() ?? [])].find(one => one.siloId === siloId) : systems?.get(id);
  const told = id === undefined ? undefined : processes.get(id);
  const shared = told?.processes?.filter(one => (owners.get(one)?.length ?? 0) > 1) ?? [];
  const volumeSilo = id === undefined ? undefined : byVolume.get(id);
  const guids = device === undefined ? [] : providerGuids(device.entries);
  return {
    ...(siloId === undefined ? {} : { siloId }),
    ...(id === undefined ? {} : { container: id }),
    ...(system !== undefined
      ? { hcs: { siloId: system.siloId, runtimeId: system.runtimeId } }
      : systems !== undefined && id !== undefined
        ? { hcs: 'unheard-of' as const }
        : {}),
    ...(directory === undefined ? {} : { directory }),
    guids,
    guidElsewhere: guids.flatMap(guid => homes.get(guid) ?? []).filter(other => other !== siloId),
    // Where no job is named like this, this Windows does not name them so, or the root may not be listed.
    ...(id === undefined || jobs.size === 0 ? {} : { hasJob: jobs.has(id) }),
    ...told,
    sharedProcesses: shared,
    ...(volumeSilo === undefined ? {} : { volumeSilos: [volumeSilo] }),
  };
}

function ownersOf(processes: ReadonlyMap<string, Processes>): ReadonlyMap<number, readonly string[]> {
  const owners = new Map<number, string[]>();
  for (const [id, told] of processes) {
    for (const process of told.processes ?? []) owners.set(process, [...(owners.get(process) ?? []), id]);
  }
  return owners;
}

function homesOfGuids(views: readonly NamespaceView[]): ReadonlyMap<string, readonly number[]> {
  const homes = new Map<string, number[]>();
  for (const { namespace, device } of views) {
    if (namespace.siloId === undefined || device === undefined) continue;
    for (const guid of providerGuids(device.entries)) homes.set(guid, [...(homes.get(guid) ?? []), namespace.siloId]);
  }
  return homes;
}

/** By engine and Docker id, for as long as the container is in the same silo: what was heard when it was new. */
const remembered = new WeakMap<EngineConnection, Map<string, { readonly view: string; readonly told: Processes }>>();

async function askProcesses(
  connection: EngineConnection,
  views: readonly NamespaceView[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Processes>> {
  const known = remembered.get(connection) ?? new Map<string, { readonly view: string; readonly told: Processes }>();
  remembered.set(connection, known);
  const found = new Map<string, Processes>();
  const open: NamespaceView[] = [];
  for (const view of views) {
    const id = view.container?.ref.id;
    if (id === undefined) continue;
    const kept = known.get(id);
    if (kept?.view === view.namespace.id) found.set(id, kept.told);
    else open.push(view);
  }
  await inParallel(open.slice(0, MOST_ASKED), AT_ONCE, async ({ container, namespace }) => {
    if (container === undefined) return;
    const { id } = container.ref;
    const [inspected, processes] = await Promise.all([
      inspectIfThere(connection, id, { signal }),
      containerProcesses(connection, id, { signal }),
    ]);
    const entryProcess = inspected?.processId ?? 0;
    const told = {
      ...(entryProcess > 0 ? { entryProcess } : {}),
      ...(processes === undefined ? {} : { processes }),
    };
    found.set(id, told);
    // What differs is asked again: a process may have come or gone between the two answers.
    if (processes?.includes(entryProcess) === true) known.set(id, { view: namespace.id, told });
  });
  const alive = new Set(views.map(({ container }) => container?.ref.id));
  for (const id of known.keys()) if (!alive.has(id)) known.delete(id);
  return found;
}
