import { randomBytes } from 'node:crypto';
import { sleep } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { imageRow } from '../../../shared/domain/base-image.ts';
import { decode, decodeStatus } from '../../../shared/domain/error-decoder.ts';
import type { Launched, LaunchInput, LaunchPlan, LaunchProgress } from '../../../shared/domain/launch.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { cmdInContainer } from '../engine/cmd-in-container.ts';
import { createContainer, removeContainer, startContainer } from '../engine/container-orders.ts';
import { containerOutput } from '../engine/container-output.ts';
import { type InspectedContainer, inspectContainer, inspectIfThere, PROFILE_LABEL } from '../engine/containers.ts';
import { execInContainer } from '../engine/exec.ts';
import { inspectImage } from '../engine/images.ts';
import { pullImage } from '../engine/pull-image.ts';
import { winfspTool } from '../fsd/discover-fsd.ts';
import { startFsd } from '../fsd/fsd-service.ts';
import { parseLsvol } from '../fsd/parse-fsptool.ts';
import { judgeDir } from '../inspection/judge-dir.ts';
import { findHome } from '../silos/find-home.ts';
import type { Surroundings } from '../surroundings.ts';
import { requireRunnable } from './choose-image.ts';
import type { Preflight } from './preflight.ts';

/** Tells one launch from another: its value is random. */
const LAUNCH_LABEL = 'dev.siloscope.launch';

type Tell = (progress: LaunchProgress) => void;

/**
 * Launches what a preflight found good. Any failure, the caller's abort included, removes the container again; a
 * started FSD stays, because other silos may be using it by then.
 */
export async function launch(
  around: Surroundings,
  input: LaunchInput,
  ready: Preflight,
  plan: LaunchPlan,
  tell: Tell,
  signal?: AbortSignal,
): Promise<Launched> {
  const step = steps(tell);
  const mark = randomBytes(8).toString('hex');
  let made: string | undefined;
  let startedFsd = false;
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
          name: plan.name,
          image: plan.image,
          isolation: 'process',
          command: plan.command,
          binds: plan.binds,
          environment: input.environment,
          labels: { ...input.labels, ...ownLabels(ready), [LAUNCH_LABEL]: mark },
        },
        { signal },
      ).catch(async (error: unknown) => {
        // Given up in the middle, the engine may have made it all the same.
        if (isUncertain(error)) await removeOwn(around, plan.name, mark);
        throw error;
      });
      made = created.id;
      return done('done', plan.name, created.id);
    });
    await step('start', async done => {
      await startContainer(around.connection, container, { signal });
      return done('done', plan.command[0] ?? '');
    });
    const { volumes, inspected } = await step('volume', async done => {
      const found = await awaitVolume(around, container, ready, input.waitMs, signal);
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
      const removed = await removeContainer(around.connection, made).then(
        () => true,
        () => false,
      );
      const note = removed ? `${plan.name} removed` : `${plan.name} could not be removed`;
      tell({ step: 'container', state: removed ? 'undone' : 'failed', note });
    }
    if (startedFsd) tell({ step: 'fsd', state: 'skipped', note: `${ready.fsd.service} is left running` });
    throw error;
  }
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

/** Labels by which a later Siloscope knows its own containers again. */
export function ownLabels(ready: Preflight): Readonly<Record<string, string>> {
  const { command } = ready;
  return {
    [PROFILE_LABEL]: command.profile?.name ?? 'custom',
    'dev.siloscope.kind': command.kind,
    ...(command.mountPoint === undefined ? {} : { 'dev.siloscope.mount-point': command.mountPoint }),
    ...(command.uncPrefix === undefined ? {} : { 'dev.siloscope.unc-prefix': command.uncPrefix }),
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

const FIRST_LOOK_MS = 10;
const LONGEST_LOOK_MS = 500;

/** Waits for the volume by `fsptool lsvol` in the silo. Rejects when the program ends first, or nothing comes in time. */
async function awaitVolume(
  around: Surroundings,
  container: string,
  ready: Preflight,
  waitMs: number,
  signal?: AbortSignal,
): Promise<{ readonly volumes: readonly Volume[]; readonly inspected: InspectedContainer }> {
  const fsptool = winfspTool(ready.fsd.installDirectory, 'fsptool-x64.exe');
  const deadline = around.clock.now() + waitMs;
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(pause * 2, LONGEST_LOOK_MS)) {
    const left = Math.max(500, Math.min(5_000, deadline - around.clock.now()));
    const listed = await execInContainer(around.connection, around.clock, {
      container,
      argv: [fsptool, 'lsvol'],
      timeoutMs: left,
      signal,
    }).catch((error: unknown) => {
      // A container that has just ended, or is too busy to answer: the record of it tells which.
      const passing = error instanceof FaultError && ['engine-refused', 'timed-out'].includes(error.fault.code);
      if (passing) return undefined;
      throw error;
    });
    const found = listed?.exitCode === 0 ? parseLsvol(listed.stdout) : [];
    const inspected = await inspectContainer(around.connection, container, { signal });
    if (!inspected.running) throw await endedEarly(around, inspected);
    if (found.length > 0) {
      const home = await findHome(around, found[0]?.device ?? '', ready.namespaces, signal);
      const volumes = found.map(volume => asVolume(volume, home, ready, found.length, inspected.processId));
      return { volumes, inspected };
    }
    if (around.clock.now() >= deadline) {
      const output = await containerOutput(around.connection, container, { lines: 40 });
      throw new FaultError({ code: 'volume-did-not-appear', container: inspected.ref.name, afterMs: waitMs, output });
    }
    await sleep(around.clock, pause, signal);
  }
}

function asVolume(
  listed: ReturnType<typeof parseLsvol>[number],
  home: { readonly siloId: number; readonly provider?: string } | undefined,
  ready: Preflight,
  count: number,
  processId: number,
): Volume {
  const { command } = ready;
  const program = /[^\\/]*$/.exec(command.argv[0] ?? '')?.[0] ?? '';
  const asked =
    count === 1 && command.mountPoint !== undefined && command.mountPoint !== '*' ? [command.mountPoint] : [];
  const mountPoints = [
    ...new Set([
      ...(listed.mountPoint === undefined ? [] : [listed.mountPoint]),
      ...asked.map(one => (/^[a-z]:$/.test(one) ? one.toUpperCase() : one)),
    ]),
  ];
  return {
    device: listed.device,
    kind: listed.uncPrefix === undefined ? 'disk' : 'network',
    // Unreadable silo ids are stood in for by the process id, as in an inspection.
    home: `silo:${home?.siloId ?? Math.max(1, processId)}`,
    ...(listed.uncPrefix === undefined ? {} : { uncPrefix: listed.uncPrefix }),
    ...(listed.uncPrefix === undefined || home?.provider === undefined
      ? {}
      : { provider: `\\Device\\${home.provider}` }),
    mountPoints,
    fileSystem: { program, ...(processId > 0 ? { processId } : {}) },
  };
}

async function endedEarly(around: Surroundings, inspected: InspectedContainer): Promise<FaultError> {
  const output = await containerOutput(around.connection, inspected.ref.id, { lines: 40 });
  const decoded = decode(output) ?? decode(inspected.error) ?? decodeStatus(inspected.exitCode);
  return new FaultError({
    code: 'file-system-ended',
    container: inspected.ref.name,
    exitCode: inspected.exitCode,
    output: output === '' ? inspected.error : output,
    ...(decoded === undefined ? {} : { decoded }),
  });
}

const LISTING_TRIES = 8;

/** `dir` of the new volume from inside. The drive letter comes a moment after the volume: hence some patience. */
async function firstListing(
  around: Surroundings,
  container: string,
  volumes: readonly Volume[],
  mountPoint: string | undefined,
  signal?: AbortSignal,
): Promise<{ readonly path: string; readonly output: string }> {
  const shown =
    volumes.find(volume => volume.mountPoints.length > 0)?.mountPoints[0] ??
    (mountPoint === '*' ? undefined : mountPoint);
  const uncPrefix = volumes.find(volume => volume.uncPrefix !== undefined)?.uncPrefix;
  const path = shown !== undefined ? `${shown}\\` : uncPrefix !== undefined ? `\\${uncPrefix}\\` : '';
  if (path === '') return { path, output: '' };
  for (let tries = 1; ; tries++) {
    const answer = await cmdInContainer(around, container, 'dir', path, { timeoutMs: 10_000, signal });
    if (answer === undefined) return { path, output: '' };
    if (judgeDir(answer) === 'answered') return { path, output: `${answer.stdout}${answer.stderr}` };
    if (tries === LISTING_TRIES) {
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
