import { randomBytes } from 'node:crypto';
import { FaultError, faultOf } from '../../../shared/contract/fault.ts';
import type { IsolationProgress, IsolationTable } from '../../../shared/domain/isolation-test.ts';
import { LaunchInput, type LaunchPlan } from '../../../shared/domain/launch.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import { BUILT_IN_PROFILES } from '../../../shared/domain/profiles.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { createContainer, removeContainer, startContainer } from '../engine/container-orders.ts';
import { listContainers } from '../engine/containers.ts';
import { isAlive } from '../journal/is-alive.ts';
import { launch } from '../launching/launch.ts';
import { planLaunch } from '../launching/plan-launch.ts';
import { type Preflight, preflight } from '../launching/preflight.ts';
import type { NamespaceView } from '../silos/namespace-view.ts';
import { readNamespaces } from '../silos/read-namespaces.ts';
import type { Surroundings } from '../surroundings.ts';
import { TEST_LABEL, testLabels } from './isolation-labels.ts';
import { sweepIsolation } from './sweep-isolation.ts';
import { TRIES_A_VOLUME, tryVolume, type Viewers } from './try-volume.ts';

export interface IsolationRequest {
  /** Absent: the best that fits this host. */
  readonly image?: string | undefined;
  /** Opens the plain UNC name as well, which may go out on the network. */
  readonly plainUnc: boolean;
  /** Set for a simulated host. */
  readonly simulated: { readonly scenario: string } | undefined;
  /** Called before anything is made: a guard may turn the leaking launch down. */
  readonly mayLaunch: (input: LaunchInput, ready: Preflight, plan: LaunchPlan) => Promise<void>;
}

type Tell = (progress: IsolationProgress) => void;

/**
 * Launches one network and one disk file system, each with a token, tries every way into them, and removes everything it
 * made, whatever came of it, the caller's abort included. What could not be tried is in the table with its reason.
 */
export async function runIsolationTest(
  around: Surroundings,
  request: IsolationRequest,
  tell: Tell,
  signal?: AbortSignal,
): Promise<IsolationTable> {
  const takenAt = new Date(around.clock.now()).toISOString();
  const id = randomBytes(5).toString('hex');
  const made: string[] = [];
  let left: readonly string[] = [];
  let found: Omit<IsolationTable, 'left'>;
  try {
    await sweepIsolation(around, isAlive, signal);
    found = await test(around, request, { id, takenAt, made }, tell, signal);
  } finally {
    // Without the caller's signal: a test that was called off must not leave anything behind either.
    tell({ step: 'clean-up', state: 'started' });
    left = await cleanUp(around, made, takenAt);
    tell({
      step: 'clean-up',
      state: left.length === 0 ? 'done' : 'failed',
      ...(left.length === 0 ? {} : { note: left.join(', ') }),
    });
  }
  return { ...found, left: [...left] };
}

interface Running {
  readonly id: string;
  readonly takenAt: string;
  /** Docker ids of what must be removed. */
  readonly made: string[];
}

async function test(
  around: Surroundings,
  request: IsolationRequest,
  { id, takenAt, made }: Running,
  tell: Tell,
  signal?: AbortSignal,
): Promise<Omit<IsolationTable, 'left'>> {
  tell({ step: 'preflight', state: 'started' });
  const launchInput = (more: object): LaunchInput =>
    LaunchInput.parse({ image: request.image, labels: testLabels(takenAt), ...more });
  const network = launchInput({
    profile: 'memfs-network',
    name: `siloscope-test-${id}-network`,
    mountPoint: 'Y:',
    uncPrefix: `\\siloscope-${id}\\token`,
  });
  const first = await preflight(around, network, BUILT_IN_PROFILES, signal);
  await request.mayLaunch(network, first, planLaunch(network, first));
  const image = first.image.reference;
  tell({ step: 'preflight', state: 'done', note: image });

  const networkVolume = await start(around, network, 'network', made, tell, signal);
  const disk = launchInput({ profile: 'memfs-disk', name: `siloscope-test-${id}-disk`, mountPoint: 'X:', image });
  const diskVolume = await start(around, disk, 'disk', made, tell, signal);
  const hyperv = await startHyperv(around, { name: `siloscope-test-${id}-hyperv`, image, takenAt, made }, tell, signal);

  const { views } = await readNamespaces(around, signal);
  const viewOf = (container: string | undefined): NamespaceView | undefined =>
    views.find(view => container !== undefined && view.container?.ref.id === container);
  const host = views.find(({ namespace }) => namespace.id === HOST_NAMESPACE);
  const vm = 'container' in hyperv ? viewOf(hyperv.container) : undefined;
  const lookers = (own: string, other: string): Viewers => ({
    own: viewOf(own),
    host,
    'other-container': viewOf(other),
    'hyperv-container': vm,
  });
  let done = 0;
  const tried = (): void => tell({ step: 'looks', state: 'started', done: ++done, of: TRIES_A_VOLUME * 2 });
  const { plainUnc } = request;
  const ofNetwork = { volume: networkVolume.volume, viewers: lookers(networkVolume.container, diskVolume.container) };
  const ofDisk = { volume: diskVolume.volume, viewers: lookers(diskVolume.container, networkVolume.container) };
  const cells = [
    ...(await tryVolume({ around, ...ofNetwork, plainUnc, tried }, signal)),
    ...(await tryVolume({ around, ...ofDisk, plainUnc, tried }, signal)),
  ];
  tell({ step: 'looks', state: 'done', done, of: TRIES_A_VOLUME * 2 });
  const { simulated } = request;
  return {
    id,
    takenAt,
    host: { id: around.host.id, facts: around.host.facts },
    simulated: simulated !== undefined,
    ...(simulated === undefined ? {} : { scenario: simulated.scenario }),
    ...(first.fsd.version === undefined ? {} : { winfsp: first.fsd.version }),
    image,
    plainUnc,
    missing: [
      ...(host === undefined ? [{ viewer: 'host' as const, reason: 'its namespace could not be read' }] : []),
      ...('reason' in hyperv ? [{ viewer: 'hyperv-container' as const, reason: hyperv.reason }] : []),
    ],
    cells,
  };
}

async function start(
  around: Surroundings,
  input: LaunchInput,
  step: 'network' | 'disk',
  made: string[],
  tell: Tell,
  signal?: AbortSignal,
): Promise<{ readonly container: string; readonly volume: Volume }> {
  tell({ step, state: 'started' });
  const ready = await preflight(around, input, BUILT_IN_PROFILES, signal);
  const launched = await launch(around, { input, ready, plan: planLaunch(input, ready) }, () => undefined, signal);
  made.push(launched.container.id);
  const [listed] = launched.volumes;
  if (listed === undefined) {
    throw new FaultError({
      code: 'volume-did-not-appear',
      container: launched.container.name,
      afterMs: input.waitMs,
      output: '',
    });
  }
  const mountPoints =
    listed.mountPoints.length > 0 ? listed.mountPoints : [ready.command.mountPoint ?? ''].filter(Boolean);
  tell({ step, state: 'done', note: listed.uncPrefix ?? mountPoints[0] ?? listed.device });
  return { container: launched.container.id, volume: { ...listed, mountPoints } };
}

interface HypervRequest {
  readonly name: string;
  readonly image: string;
  readonly takenAt: string;
  readonly made: string[];
}

/** A container with a kernel of its own, that does nothing. Most hosts have none: then the reason is told, and the test goes on. */
async function startHyperv(
  around: Surroundings,
  { name, image, takenAt, made }: HypervRequest,
  tell: Tell,
  signal?: AbortSignal,
): Promise<{ readonly container: string } | { readonly reason: string }> {
  tell({ step: 'hyperv', state: 'started' });
  try {
    const request = {
      name,
      image,
      isolation: 'hyperv' as const,
      command: ['ping.exe', '-n', '3600', 'localhost'],
      binds: [],
      environment: {},
      labels: testLabels(takenAt),
    };
    const { id } = await createContainer(around.connection, request, { signal });
    made.push(id);
    await startContainer(around.connection, id, { signal });
    tell({ step: 'hyperv', state: 'done', note: name });
    return { container: id };
  } catch (error) {
    const fault = faultOf(error);
    if (fault.code === 'cancelled' || fault.code === 'bug') throw error;
    const { title, cause } = wordFault(fault);
    const reason = [title, cause].filter(Boolean).join(' ');
    tell({ step: 'hyperv', state: 'skipped', note: reason });
    return { reason };
  }
}

/** Removes all that this test made, also what it does not know of: an order that was given up may have come about. Answers what is left. */
async function cleanUp(around: Surroundings, made: readonly string[], takenAt: string): Promise<readonly string[]> {
  const left = new Map<string, string>();
  const remove = async (id: string, name: string): Promise<void> => {
    await removeContainer(around.connection, id).then(
      () => left.delete(id),
      () => left.set(id, name),
    );
  };
  for (const id of [...made].reverse()) await remove(id, id.slice(0, 12));
  const listed = await listContainers(around.connection, { all: true }).catch(() => undefined);
  for (const { ref } of listed ?? []) if (ref.labels[TEST_LABEL] === takenAt) await remove(ref.id, ref.name);
  return [...left.values()];
}
