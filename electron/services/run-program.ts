import { FaultError } from '../../shared/contract/fault.ts';
import type { Ran, RunOptions } from '../hosts/host.ts';
import { mayOpenOn, type OpensFiles } from './leads-to-partition.ts';

/**
 * Runs a program of the host that may not be there. Undefined when the host has no such program, or does not let this
 * user start it; any exit code is an answer. Other faults pass. A program named by its full path is not started from a
 * letter that leads to no disk of the host in this session: there a server would say what is run.
 */
export async function runIfThere(
  host: OpensFiles,
  argv: readonly string[],
  options?: RunOptions,
): Promise<Ran | undefined> {
  const [program = ''] = argv;
  try {
    if (/^[A-Za-z]:\\/.test(program) && !(await mayOpenOn(host, program, options?.signal))) return undefined;
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
