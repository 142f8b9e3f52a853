import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { FaultError } from '../../shared/contract/fault.ts';
import type { PlaceRefusal } from '../../shared/contract/fault-schema.ts';
import { codeOf, placeFault } from './place-fault.ts';

/** What the system is asked for. `look`: whether there is a folder, links followed. `make`: one, in a folder that is there. */
interface Step {
  readonly act: 'look' | 'make';
  readonly at: string;
}
type Outcome = boolean | Error;

/** The two calls of the system. Both throw, or reject, with the errors of Node. */
export interface FolderCalls {
  look(at: string): Promise<boolean>;
  make(at: string): Promise<unknown>;
}

// What is kept is the user's own business: nobody else may read it.
const OWN = { mode: 0o700 } as const;

const CALLS: FolderCalls = {
  look: at => stat(at).then(found => found.isDirectory()),
  make: at => mkdir(at, OWN),
};

/**
 * Makes a folder, and those above it, for its user alone; that it is there is fine. Node's own `recursive` never ends
 * where a folder answers that it is not there when one is to be made in it, as those of `/proc` do.
 * @throws FaultError `place-unusable`, `access-denied`, `disk-full`, of the part that is in the way.
 */
export async function makeFolder(folder: string, calls: FolderCalls = CALLS): Promise<void> {
  const steps = stepsTo(resolve(folder));
  for (let next = steps.next(); next.done !== true; ) {
    const { act, at } = next.value;
    const answered: Promise<Outcome> = act === 'look' ? calls.look(at) : calls.make(at).then(() => true);
    next = steps.next(await answered.catch(asError));
  }
}

/** The same at once, for who cannot wait. */
export function makeFolderSync(folder: string): void {
  const steps = stepsTo(resolve(folder));
  for (let next = steps.next(); next.done !== true; ) next = steps.next(take(next.value));
}

function take({ act, at }: Step): Outcome {
  try {
    if (act === 'look') return statSync(at).isDirectory();
    mkdirSync(at, OWN);
    return true;
  } catch (caught) {
    return asError(caught);
  }
}

/** Up to the first part that can be seen, and down again, one folder at a time. */
function* stepsTo(folder: string): Generator<Step, void, Outcome> {
  const missing: string[] = [];
  let said = new Error('');
  for (let at = folder; ; at = dirname(at)) {
    const seen = yield { act: 'look', at };
    if (seen === true) break;
    if (seen === false) throw refused(folder, at, said, 'not-a-folder');
    if (at === dirname(at)) throw refused(folder, at, seen);
    said = seen;
    missing.unshift(at);
  }
  for (const at of missing) {
    const made = yield { act: 'make', at };
    if (made instanceof Error) {
      if (codeOf(made) !== 'EEXIST') throw refused(folder, at, made);
      // Another process was faster, or a link stands there.
      const seen = yield { act: 'look', at };
      if (seen === false) throw refused(folder, at, made);
      if (codeOf(seen) === 'ENOENT') throw refused(folder, at, made, 'dead-link');
      if (codeOf(seen) === 'ELOOP' && seen instanceof Error) throw refused(folder, at, seen);
    }
  }
}

function refused(path: string, at: string, error: Error, because?: PlaceRefusal): FaultError {
  const named = because === undefined ? placeFault(error, path, at) : undefined;
  const fault = { code: 'place-unusable', path, at, because: because ?? 'other', raw: error.message } as const;
  return new FaultError(named ?? fault, { cause: error });
}

const asError = (caught: unknown): Error => (caught instanceof Error ? caught : new Error(String(caught)));
