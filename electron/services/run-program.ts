import { FaultError } from '../../shared/contract/fault.ts';
import type { Host, Ran, RunOptions } from '../hosts/host.ts';

/**
 * Runs a program of the host that may not be there. Undefined when the host has no such program, or does not let this
 * user start it; any exit code is an answer. Other faults pass.
 */
export async function runIfThere(
  host: Pick<Host, 'run'>,
  argv: readonly string[],
  options?: RunOptions,
): Promise<Ran | undefined> {
  try {
    return await host.run(argv, options);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (error.fault.code === 'not-found' || error.fault.code === 'access-denied') return undefined;
    if (error.fault.code === 'command-failed') return undefined;
    throw error;
  }
}

/** Options for a run, without the keys that are absent. */
export function runOptions(signal: AbortSignal | undefined, timeoutMs?: number): RunOptions {
  return { ...(signal === undefined ? {} : { signal }), ...(timeoutMs === undefined ? {} : { timeoutMs }) };
}
