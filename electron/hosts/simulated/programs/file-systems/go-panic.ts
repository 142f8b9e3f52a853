import type { ProgramContext } from '../../machine.ts';

/** What an unrecovered panic of a Go program prints; it ends with code 2. */
export async function goPanic(context: ProgramContext, text: string): Promise<number> {
  await context.stderr.write(`panic: ${text}\n\ngoroutine 1 [running]:\n`);
  return 2;
}
