import { z } from 'zod';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { CallOptions, EngineConnection } from './engine-connection.ts';
import { readAnswer } from './read-answer.ts';

const Top = z.object({
  Titles: z.array(z.string()).nullish(),
  Processes: z.array(z.array(z.string())).nullish(),
});

/**
 * Host process ids of a container, as `docker top` lists them (column PID). Undefined where it cannot be asked, the
 * container does not run, or the list has no such column: it is one witness among others. Rejects with `cancelled`.
 */
export async function containerProcesses(
  connection: EngineConnection,
  container: string,
  options?: CallOptions,
): Promise<readonly number[] | undefined> {
  try {
    const answer: unknown = await connection.ask(
      'list the processes of a container',
      (docker, abortSignal) => docker.getContainer(encodeURIComponent(container)).top({ abortSignal }),
      options,
    );
    const { Titles, Processes } = readAnswer(Top, answer, 'list the processes of a container');
    const column = Titles?.findIndex(title => title.toUpperCase() === 'PID') ?? -1;
    if (column < 0) return undefined;
    return (Processes ?? []).map(row => Number(row[column])).filter(id => Number.isSafeInteger(id) && id > 0);
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code === 'cancelled' || error.fault.code === 'bug') throw error;
    return undefined;
  }
}
