import { randomBytes } from 'node:crypto';
import { sleep } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { statusText } from '../../../shared/domain/error-decoder.ts';
import type { Gap } from '../../../shared/domain/inspection.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { devicePath } from '../../../shared/domain/volume-names.ts';
import { cmdInContainer } from '../engine/cmd-in-container.ts';
import { runOptions } from '../run-program.ts';
import type { NamespaceView } from '../silos/namespace-view.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Look, providerLook } from './looking.ts';

/** Into which volume, from where, and who is told of what failed. */
export interface Planting {
  readonly around: Surroundings;
  readonly volume: Volume;
  readonly home: NamespaceView | undefined;
  /** That leads to the volume for a program which is run in its home, or should: where it does not, another name is tried. */
  readonly letter: string | undefined;
  readonly gaps: Gap[];
}

/**
 * Plants a token in the volume from its home, lets `act` look for it, and takes it away again whatever came of that. A
 * volume that cannot be written to is said, not failed. Whether it was planted.
 */
export async function withCanary(
  { around, volume, home, letter, gaps }: Planting,
  act: (canary: NonNullable<Look['canary']>) => Promise<void>,
  signal?: AbortSignal,
): Promise<boolean> {
  const gap = (reason: string): false => {
    gaps.push({ namespace: volume.home, what: `canary in ${volume.uncPrefix ?? volume.device}`, reason });
    return false;
  };
  const roots = [letter, ownName(volume, home)].filter(root => root !== undefined);
  if (roots.length === 0 || home === undefined) return gap('no name by which its home could write to it');
  const random = randomBytes(16).toString('hex');
  // Ends with a letter: a digit before `>` would be taken for the number of a stream.
  const canary = { file: `siloscope-${random.slice(0, 12)}.canary`, token: `siloscope-${random}-canary` };
  const writes: Write[] = [];
  signal?.throwIfAborted();
  try {
    for (const root of roots) {
      const write: Write = { path: `${root}\\${canary.file}`, written: { went: 'unknown', why: '' } };
      writes.push(write);
      write.written = await inHome(around, home, { write: canary.token }, write.path, signal);
      if (write.written.went !== 'badly') break;
    }
    const last = writes.at(-1)?.written;
    if (last?.went !== 'well') return gap(`could not be written: ${last?.why ?? ''}`);
    await act(canary);
    return true;
  } finally {
    for (const { path, written } of writes) {
      if (written.went === 'not-begun') continue;
      const left = await takeAway(around, home, path, written.went === 'unknown');
      if (left !== undefined)
        gap(
          `${canary.file} ${written.went === 'well' ? 'could not be deleted' : 'may have been left behind'}: ${left}`,
        );
    }
  }
}

/** The volume's root by a name of its own, for a program that is run in its home. */
function ownName(volume: Volume, home: NamespaceView | undefined): string | undefined {
  if (home?.container === undefined) return nameOnHost(volume);
  return volume.kind === 'disk' ? devicePath(volume.device) : providerLook(volume)?.way.path;
}

/** After that time a write that was given up has come to pass, or never will. */
const LATE_MS = 1_000;

/**
 * Deletes the token, without the caller's signal: a cancelled inspection must not leave it behind either. A write that
 * was given up may run on, so that one is followed by a second deletion. Why it may still be there, if it may.
 */
async function takeAway(
  around: Surroundings,
  home: NamespaceView,
  path: string,
  mayBeLate: boolean,
): Promise<string | undefined> {
  let deleted = await inHome(around, home, 'delete', path);
  if (mayBeLate) {
    await sleep(around.clock, LATE_MS);
    deleted = await inHome(around, home, 'delete', path);
  }
  // What `del` says where there is no such file, or nothing at all by that name. In another language it is told as it stands.
  const isNotThere = deleted.went !== 'well' && /^Could Not Find |cannot find the (?:path|drive)/i.test(deleted.why);
  return deleted.went === 'well' || isNotThere ? undefined : deleted.why;
}

/** How a program ended, and why not well. `not-begun`: it surely did nothing. `unknown`: it may run on. */
type Outcome = { readonly went: 'well' } | { readonly went: 'not-begun' | 'badly' | 'unknown'; readonly why: string };

/** A token that was to be written by one name. */
interface Write {
  readonly path: string;
  written: Outcome;
}

/** Runs it in the volume's home. */
async function inHome(
  around: Surroundings,
  home: NamespaceView,
  verb: 'delete' | { readonly write: string },
  path: string,
  signal?: AbortSignal,
): Promise<Outcome> {
  try {
    const answer =
      home.container === undefined
        ? await onHost(around, verb, path, signal)
        : await cmdInContainer(around, home.container.ref.id, verb, path, { timeoutMs: 5_000, signal });
    if (answer === undefined) return { went: 'not-begun', why: 'the name cannot be given to a program safely' };
    // `del` says on stderr that it failed and ends with 0 all the same.
    const complaint = answer.stderr.trim();
    if (answer.exitCode === 0 && complaint === '') return { went: 'well' };
    return { went: 'badly', why: complaint.slice(0, 300) || `ended with ${statusText(answer.exitCode)}` };
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code === 'cancelled' || error.fault.code === 'bug') throw error;
    return { went: 'unknown', why: error.fault.code };
  }
}

/** Its root by its own device, which nobody has to resolve; undefined where a name in it would need quoting. */
function nameOnHost({ device, uncPrefix = '' }: Volume): string | undefined {
  const path = `${devicePath(device)}${uncPrefix}`;
  return ROOT_ON_HOST.test(path) ? path : undefined;
}

const ROOT_ON_HOST = /^(?:[A-Za-z]:|\\\\\?\\GLOBALROOT\\Device\\Volume\{[0-9A-Fa-f-]{36}\}(?:\\[\w-][\w.-]*){0,2})$/;
const CANARY_FILE = /\\siloscope-[0-9a-f]{12}\.canary$/;

/** On the host only our own file at the root of a letter or a device is written to: nothing in its path needs quoting. */
async function onHost(
  around: Surroundings,
  verb: 'delete' | { readonly write: string },
  path: string,
  signal?: AbortSignal,
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string } | undefined> {
  if (!CANARY_FILE.test(path) || !ROOT_ON_HOST.test(path.replace(CANARY_FILE, ''))) return undefined;
  const words = verb === 'delete' ? ['del', '/q', '/f', path] : ['echo', `${verb.write}>`, path];
  return around.host.run(['cmd.exe', '/d', '/c', ...words], runOptions(signal, 5_000));
}
