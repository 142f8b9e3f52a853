import { z } from 'zod';
import type { Clock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';

const Told = z.object({ SystemTime: z.iso.datetime({ offset: true }) });

/** Less than this is what clocks that are kept in step differ by. */
const IN_STEP_MS = 500;

/**
 * By how many ms the clock of the engine's host is behind this one (ahead: less than 0), as the engine tells its time. 0
 * where it does not tell, where the two are in step, or where the answer took longer than they differ.
 */
export async function clockSkew(connection: EngineConnection, clock: Clock, signal?: AbortSignal): Promise<number> {
  const asked = clock.now();
  try {
    const answer = await connection.ask('ask the engine', (docker): Promise<unknown> => docker.info(), {
      timeoutMs: 10_000,
      signal,
    });
    const answered = clock.now();
    const told = Told.safeParse(answer);
    if (!told.success) return 0;
    const skew = (asked + answered) / 2 - Date.parse(told.data.SystemTime);
    return Math.abs(skew) <= Math.max(IN_STEP_MS, answered - asked) ? 0 : Math.round(skew);
  } catch (error) {
    // Whoever does not tell the time tells no lines either.
    if (error instanceof FaultError && error.fault.code !== 'cancelled') return 0;
    throw error;
  }
}
