import { sleep } from '../../../shared/base/clock.ts';
import { FaultError, faultOf } from '../../../shared/contract/fault.ts';
import { fillRung, type ProfileFilling } from '../../../shared/domain/fill-profile.ts';
import type { Unwritten } from '../../../shared/domain/launch.ts';
import type { Profile, StopRung } from '../../../shared/domain/profile.ts';
import { formatCount } from '../../../shared/wording/amounts.ts';
import { inspectIfThere } from '../engine/containers.ts';
import { execInContainer } from '../engine/exec.ts';
import type { Surroundings } from '../surroundings.ts';

export interface Climb {
  /** Docker id. */
  readonly container: string;
  /** As a person calls it. */
  readonly name: string;
  readonly profile: Profile;
  readonly filling: ProfileFilling;
  /** For the whole ladder. */
  readonly graceMs: number;
  /** What is not written in time is given up and told, instead of ending the stop. */
  readonly force: boolean;
}

/** What came of it. */
export interface ClimbedDown {
  /** Whether the container has ended. */
  readonly ended: boolean;
  /** What was given up, by force; empty: its program said that all is written. Absent: it said nothing. */
  readonly unwritten?: readonly Unwritten[];
}

/** One program of a rung may take so long. */
const ANSWER_MS = 15_000;
const PAUSE_MS = { first: 100, longest: 1_000 } as const;
/** After the last rung the engine asks, too: a program that only says goodbye slowly keeps nobody waiting. */
const GOODBYE_MS = 10_000;

/**
 * Asks a file system's program to end in its own way, rung by rung: first it is waited for until it has written what it
 * holds, then told to go. A rung that cannot be climbed is told and passed over: the engine's own request comes after it. Rejects with `unwritten-data` when the time is over before all was written.
 */
export async function climbDown(
  around: Surroundings,
  climb: Climb,
  tell: (note: string) => void,
  signal?: AbortSignal,
): Promise<ClimbedDown> {
  let unwritten: readonly Unwritten[] | undefined;
  const climbed = (ended: boolean): ClimbedDown => ({ ended, ...(unwritten === undefined ? {} : { unwritten }) });
  const deadline = around.clock.now() + climb.graceMs;
  for (const rung of climb.profile.stop ?? []) {
    if (rung.kind === 'wait') {
      const left = await waitUntilWritten(around, climb, rung, deadline, tell, signal);
      if (left !== undefined)
        unwritten = [...(unwritten ?? []), ...(left === 0 ? [] : [{ what: rung.what, count: left }])];
    } else if (await askToEnd(around, climb, rung, deadline, tell, signal)) return climbed(true);
  }
  return climbed(false);
}

/** Answers how many are given up; undefined: its program does not say. */
async function waitUntilWritten(
  around: Surroundings,
  climb: Climb,
  rung: Extract<StopRung, { kind: 'wait' }>,
  deadline: number,
  tell: (note: string) => void,
  signal?: AbortSignal,
): Promise<number | undefined> {
  let told: number | undefined;
  for (let pause: number = PAUSE_MS.first; ; pause = Math.min(pause * 2, PAUSE_MS.longest)) {
    const answer = await runRung(around, climb, rung, tell, signal);
    if (answer === undefined) return undefined;
    const count = sumOf(answer, rung.counts);
    if (count === undefined) {
      tell(`${programOf(rung)} did not say how many ${rung.what}s are left`);
      return undefined;
    }
    if (count === 0) {
      if (told !== undefined) tell(`every ${rung.what} is done`);
      return 0;
    }
    if (count !== told) tell(`waiting for ${formatCount(count, rung.what)}`);
    told = count;
    if (around.clock.now() >= deadline) {
      if (!climb.force) throw new FaultError({ code: 'unwritten-data', container: climb.name, what: rung.what, count });
      tell(`given up, as not done in time: ${formatCount(count, rung.what)}`);
      return count;
    }
    await sleep(around.clock, pause, signal);
  }
}

async function askToEnd(
  around: Surroundings,
  climb: Climb,
  rung: Extract<StopRung, { kind: 'ask' }>,
  deadline: number,
  tell: (note: string) => void,
  signal?: AbortSignal,
): Promise<boolean> {
  tell(`${programOf(rung)} asked to end`);
  const hasEnded = async (): Promise<boolean> =>
    (await inspectIfThere(around.connection, climb.container, { signal }))?.running !== true;
  // The program's own answer may be cut off with the container that it ends.
  if ((await runRung(around, climb, rung, tell, signal)) === undefined && !(await hasEnded())) return false;
  const until = Math.min(deadline, around.clock.now() + GOODBYE_MS);
  for (let pause: number = PAUSE_MS.first; ; pause = Math.min(pause * 2, PAUSE_MS.longest)) {
    if (await hasEnded()) return true;
    if (around.clock.now() >= until) return false;
    await sleep(around.clock, pause, signal);
  }
}

/** The program's output; undefined, and told, when it could not be run or failed. */
async function runRung(
  around: Surroundings,
  { container, profile, filling }: Climb,
  rung: StopRung,
  tell: (note: string) => void,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    const argv = fillRung(rung, profile, filling);
    const request = { container, argv, timeoutMs: ANSWER_MS, ...(signal === undefined ? {} : { signal }) };
    const { exitCode, stdout } = await execInContainer(around.connection, around.clock, request);
    if (exitCode === 0) return stdout;
    tell(`${programOf(rung)} could not be asked: it ended with ${exitCode}`);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof FaultError)) throw error;
    tell(`${programOf(rung)} could not be asked: ${faultOf(error).code}`);
  }
  return undefined;
}

const programOf = (rung: StopRung): string => /[^\\/]*$/.exec(rung.command[0] ?? '')?.[0] ?? '';

/**
 * The sum of numbers in a JSON answer, by dotted paths; what is absent counts nothing, since a program without a cache
 * has none to tell of. Undefined for what is no JSON object, or holds something else than a count there. Total.
 */
export function sumOf(text: string, paths: readonly string[]): number | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(answer)) return undefined;
  let sum = 0;
  for (const path of paths) {
    let at: unknown = answer;
    for (const key of path.split('.')) at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
    if (at === undefined || at === null) continue;
    if (typeof at !== 'number' || !Number.isSafeInteger(at) || at < 0) return undefined;
    sum += at;
  }
  return sum;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
