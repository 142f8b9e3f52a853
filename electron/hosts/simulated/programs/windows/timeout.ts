import { sleep } from '../../../../../shared/base/clock.ts';
import type { ProgramContext } from '../../machine.ts';

/** timeout [/t] seconds [/nobreak]. Without a console to watch it refuses, as the real one does. */
export async function timeout(context: ProgramContext): Promise<number> {
  const words = context.argv.slice(1).filter(arg => !/^\/(t|nobreak)$/i.test(arg));
  const noBreak = context.argv.some(arg => arg.toLowerCase() === '/nobreak');
  const seconds = Number(words[0]);
  if (words.length !== 1 || !/^-?\d+$/.test(words[0] ?? '') || seconds < -1 || seconds > 99_999) {
    const complaint =
      words.length === 1
        ? 'ERROR: Invalid value for timeout (/T) specified. Valid range is -1 to 99999.'
        : 'ERROR: Invalid syntax. Type "TIMEOUT /?" for usage.';
    await context.stderr.write(`${complaint}\r\n`);
    return 1;
  }
  if (context.terminal === undefined) {
    await context.stderr.write('ERROR: Input redirection is not supported, exiting the process immediately.\r\n');
    return 1;
  }
  const stop = new AbortController();
  const undo = context.onControl(() => stop.abort());
  try {
    const how = noBreak ? 'press CTRL+C to quit ...' : 'press a key to continue ...';
    for (let left = seconds === -1 ? Number.POSITIVE_INFINITY : seconds; left > 0; left--) {
      await context.stdout.write(`\rWaiting for ${left === Number.POSITIVE_INFINITY ? '' : `${left} seconds, `}${how}`);
      await sleep(context.clock, 1_000, AbortSignal.any([stop.signal, context.signal]));
    }
    await context.stdout.write('\r\n');
    return 0;
  } catch {
    await context.stdout.write('\r\n');
    return 1;
  } finally {
    undo();
  }
}
