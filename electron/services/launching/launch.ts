import { randomBytes } from 'node:crypto';
import { sleep } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { imageRow } from '../../../shared/domain/base-image.ts';
import { decode } from '../../../shared/domain/error-decoder.ts';
import { withVariables } from '../../../shared/domain/fill-profile.ts';
import type { Launched, LaunchInput, LaunchPlan, LaunchProgress } from '../../../shared/domain/launch.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { devicePath } from '../../../shared/domain/volume-names.ts';
import { cmdInContainer } from '../engine/cmd-in-container.ts';
import { startWithInput } from '../engine/container-input.ts';
import { createContainer, removeContainer, startContainer } from '../engine/container-orders.ts';
import { inspectIfThere } from '../engine/containers.ts';
import { inspectImage } from '../engine/images.ts';
import { pullImage } from '../engine/pull-image.ts';
import { putFiles } from '../engine/put-files.ts';
import { startFsd } from '../fsd/fsd-service.ts';
import { judgeDir } from '../inspection/judge-dir.ts';
import { deliverSecrets, requireSecrets, withoutValues } from '../secrets/launch-secrets.ts';
import type { Surroundings } from '../surroundings.ts';
import { awaitVolume } from './await-volume.ts';
import { requireRunnable } from './choose-image.ts';
import { ownLabels } from './own-labels.ts';
import type { Preflight } from './preflight.ts';
import { type SeenContainer, undoStart } from './undo-start.ts';
import { withRecipe } from './with-recipe.ts';

/** Tells one launch from another: its value is random. */
const LAUNCH_LABEL = 'dev.siloscope.launch';

type Tell = (progress: LaunchProgress) => void;

/** A launch that takes another container's place. */
export interface Succession {
  /** What it is created as; `beforeStart` may rename it. */
  readonly name: string;
  /** Beside those of the launch. */
  readonly labels: Readonly<Record<string, string>>;
  /** As `docker run --rm`. */
  readonly autoRemove: boolean;
  /** Called with the Docker id of what was created, which does not run yet. */
  readonly beforeStart?: (created: string) => Promise<void>;
}

/** What is launched. */
export interface Order {
  readonly input: LaunchInput;
  readonly ready: Preflight;
  readonly plan: LaunchPlan;
  /** It succeeds only with a volume of the planned kind. */
  readonly succession?: Succession;
  /** Asked right before the start, for what has changed since it was judged: a pull takes its time. */
  readonly mayStart?: () => Promise<void>;
}

/**
 * Launches what a preflight found good. Any failure, the caller's abort included, takes the container back; a
 * started FSD stays, because other silos may be using it by then.
 */
export async function launch(
  around: Surroundings,
  { input, ready, plan, succession, mayStart }: Order,
  tell: Tell,
  signal?: AbortSignal,
): Promise<Launched> {
  const name = succession?.name ?? plan.name;
  const step = steps(tell);
  const mark = randomBytes(8).toString('hex');
  let made: string | undefined;
  let seen: SeenContainer | undefined;
  let startedFsd = false;
  const { profile, environment, uncPrefix } = ready.command;
  requireSecrets(input, profile, ready.secrets);
  const filling = { winfsp: ready.fsd.installDirectory, uncPrefix };
  const handed = await deliverSecrets(around.secrets, input, profile, ready.secrets, filling);
  try {
    await step('fsd', async done => {
      if (ready.fsd.state === 'running') return done('skipped', `${ready.fsd.service} runs`);
      await startFsd(around.host, around.clock, signal);
      startedFsd = true;
      return done('done', `${ready.fsd.service} started`);
    });
    await step('image', async done => {
      if (ready.image.local && input.pull !== 'always') return done('skipped', `${plan.image} is here`);
      await pullImage(around.connection, plan.image, pull => tell({ step: 'image', state: 'started', pull }), signal);
      await judgeAgain(around, plan.image, signal);
      return done('done', plan.image);
    });
    const container = await step('container', async done => {
      const created = await createContainer(
        around.connection,
        {
          name,
          image: plan.image,
          isolation: 'process',
          command: handed?.command ?? plan.command,
          binds: plan.binds,
          environment: withVariables(handed?.environment ?? environment, input.environment),
          takesInput: handed?.input !== undefined,
          labels: { ...input.labels, ...succession?.labels, ...ownLabels(ready), [LAUNCH_LABEL]: mark },
          autoRemove: succession?.autoRemove === true,
        },
        { signal },
      ).catch(async (error: unknown) => {
        // Given up in the middle, the engine may have made it all the same.
        if (isUncertain(error)) await removeOwn(around, name, mark);
        throw error;
      });
      made = created.id;
      if (handed !== undefined) await putFiles(around.connection, created.id, handed.files, { signal });
      return done('done', name, created.id);
    });
    await mayStart?.();
    await succession?.beforeStart?.(container);
    await step('start', async done => {
      if (handed?.input === undefined) await startContainer(around.connection, container, { signal });
      else await startWithInput(around.connection, container, handed.input, { signal });
      return done('done', plan.command[0] ?? '');
    });
    const { volumes, inspected } = await step('volume', async done => {
      const found = await awaitVolume(around, container, ready, input.waitMs, signal);
      seen = { inspected: found.inspected, profile, givesName: succession !== undefined };
      if (succession !== undefined) requireKind(plan, found.volumes);
      return done(
        'done',
        found.volumes.map(volume => volume.uncPrefix ?? volume.mountPoints[0] ?? volume.device).join(', '),
        found,
      );
    });
    const listing = await step('listing', async done => {
      const answer = await firstListing(around, container, volumes, plan.mountPoint, signal);
      return done('done', answer.path, answer);
    });
    return {
      container: inspected.ref,
      plan,
      volumes: [...volumes],
      listing,
      siloscopeCommand: 'siloscope inspect --probe --canary',
    };
  } catch (error) {
    if (made !== undefined) {
      // The first fault is the one that is told; that the undoing failed too is said beside it.
      const { state, note } = await undoStart(around, made, seen).catch(
        () => ({ state: 'failed', note: 'could not be removed' }) as const,
      );
      tell({ step: 'container', state, note: `${plan.name} ${note}` });
    }
    if (startedFsd) tell({ step: 'fsd', state: 'skipped', note: `${ready.fsd.service} is left running` });
    throw withoutValues(withRecipe(error, ready), handed?.values ?? []);
  }
}

/** Nobody's place is taken by what was not planned: a leak in the place of a leak, for one. */
function requireKind({ name, kind }: LaunchPlan, volumes: readonly Volume[]): void {
  const other = volumes.find(volume => volume.kind !== kind);
  if (kind === undefined || other === undefined) return;
  throw new FaultError({ code: 'volume-not-as-planned', container: name, planned: kind, found: other.kind });
}

interface Done {
  (state: 'done' | 'skipped', note: string): undefined;
  <T>(state: 'done' | 'skipped', note: string, value: T): T;
}

/** Tells the start and the end of each step around its work. */
function steps(tell: Tell): <T>(step: LaunchProgress['step'], act: (done: Done) => Promise<T>) => Promise<T> {
  return async (step, act) => {
    tell({ step, state: 'started' });
    const done: Done = <T>(state: 'done' | 'skipped', note: string, value?: T): T | undefined => {
      tell({ step, state, note });
      return value;
    };
    try {
      return await act(done);
    } catch (error) {
      const note = error instanceof FaultError ? error.fault.code : 'bug';
      tell({ step, state: 'failed', note });
      throw error;
    }
  };
}

function isUncertain(error: unknown): boolean {
  const uncertain = ['cancelled', 'timed-out', 'engine-unreachable'];
  return error instanceof FaultError && uncertain.includes(error.fault.code);
}

/** When to look whether a creation that was given up on came about after all. */
const LATE_LOOKS_MS = [0, 100, 400, 1_500] as const;

/** Removes the container of that name if it bears this launch's own mark. The first fault is the one that is told. */
async function removeOwn(around: Surroundings, name: string, mark: string): Promise<void> {
  for (const pause of LATE_LOOKS_MS) {
    await sleep(around.clock, pause);
    const there = await inspectIfThere(around.connection, name).catch(() => undefined);
    if (there === undefined) continue;
    if (there.ref.labels[LAUNCH_LABEL] === mark)
      await removeContainer(around.connection, there.ref.id).catch(() => undefined);
    return;
  }
}

/** What the catalogue only guessed, the image itself now tells. */
async function judgeAgain(around: Surroundings, reference: string, signal?: AbortSignal): Promise<void> {
  const image = await inspectImage(around.connection, reference, { signal });
  if (image === undefined) return;
  const row = imageRow(
    { reference, id: image.id, osVersion: image.osVersion, os: image.osType },
    around.host.facts,
    new Date(around.clock.now()).toISOString(),
  );
  requireRunnable(row, around.host.facts);
}

const LISTING_TRIES = 8;

/**
 * `dir` of the new volume from inside. The drive letter comes a moment after the volume: hence some patience. One without a
 * letter, or whose letter is not there for what is run beside its program, is listed by its own device: its UNC name MUP would
 * ask the network for, and is nobody's once its program has ended. Both that this form opens in a silo and that its programs
 * share their letters are inferred, so that neither opens undoes nothing.
 */
async function firstListing(
  around: Surroundings,
  container: string,
  volumes: readonly Volume[],
  mountPoint: string | undefined,
  signal?: AbortSignal,
): Promise<{ readonly path: string; readonly output: string }> {
  const lettered = volumes.find(volume => volume.mountPoints.length > 0);
  const shown = lettered?.mountPoints[0] ?? (mountPoint === '*' ? undefined : mountPoint);
  const volume = lettered ?? volumes.find(({ uncPrefix }) => uncPrefix !== undefined) ?? volumes[0];
  const byDevice = volume && `${devicePath(volume.device)}${volume.uncPrefix ?? ''}\\`;
  const byName = shown === undefined ? undefined : `${shown}\\`;
  const output = byName && (await listed(around, container, { path: byName, mayFail: false }, signal));
  if (byName !== undefined && output !== undefined) return { path: byName, output };
  if (byDevice === undefined) return { path: byName ?? '', output: '' };
  const other = await listed(around, container, { path: byDevice, mayFail: true }, signal);
  return other === undefined ? { path: byName ?? byDevice, output: '' } : { path: byDevice, output: other };
}

/**
 * What `dir` printed of a root; undefined for one that is not there for what is run in the container, and where the name cannot
 * be given to a program. `mayFail`: undefined as well for one that fails in any other way.
 */
async function listed(
  around: Surroundings,
  container: string,
  { path, mayFail }: { readonly path: string; readonly mayFail: boolean },
  signal?: AbortSignal,
): Promise<string | undefined> {
  for (let tries = 1; ; tries++) {
    const answer = await cmdInContainer(around, container, 'dir', path, { timeoutMs: 10_000, signal });
    if (answer === undefined) return undefined;
    const judged = judgeDir(answer);
    if (judged === 'answered') return `${answer.stdout}${answer.stderr}`;
    if (tries === LISTING_TRIES) {
      if (mayFail || judged === 'not-found') return undefined;
      const { exitCode, stdout, stderr } = answer;
      const decoded = decode(`${stdout}${stderr}`);
      throw new FaultError({
        code: 'command-failed',
        argv: ['cmd.exe', '/c', 'dir', path],
        exitCode,
        stdout,
        stderr,
        ...(decoded === undefined ? {} : { decoded }),
      });
    }
    await sleep(around.clock, tries * 50, signal);
  }
}
