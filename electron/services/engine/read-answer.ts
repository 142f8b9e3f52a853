import { z } from 'zod';
import { FaultError } from '../../../shared/contract/fault.ts';

/**
 * Reads what an engine answered with success. @throws FaultError `engine-refused`, with what is odd about it, when it is
 * not what the Engine API says: a proxy in between, another program on that pipe, an engine gone wrong.
 */
export function readAnswer<S extends z.ZodType>(schema: S, answer: unknown, operation: string): z.output<S> {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  const raw = `Its answer is not what the Engine API says: ${z.prettifyError(read.error).slice(0, 2_000)}`;
  throw new FaultError({ code: 'engine-refused', operation, statusCode: 200, raw }, { cause: read.error });
}
