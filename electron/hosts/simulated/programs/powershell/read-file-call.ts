import type { ProgramContext } from '../../machine.ts';
import { isSystemCallError } from '../base/nt-status.ts';
import { undoubled } from './tokens.ts';

/**
 * The one use of .NET's streams that is understood: bytes of a file from a place on, printed in base 64. Answers the exit
 * code; undefined for any other script.
 */
export async function readFileCall(context: ProgramContext, script: string): Promise<number | undefined> {
  const asked =
    /^\$file = \[IO\.File\]::OpenRead\('((?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*)'\); try \{ \$file\.Position = (\d+); \$bytes = New-Object byte\[\] (\d+);/.exec(
      script,
    );
  if (asked === null) return undefined;
  const [, quoted = '', from, count] = asked;
  const path = undoubled(quoted);
  try {
    const bytes = (await context.win32.read(path)).slice(Number(from), Number(from) + Number(count));
    await context.stdout.write(`${Buffer.from(bytes).toString('base64')}\r\n`);
    return 0;
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    await context.stderr.write(
      `Exception calling "OpenRead" with "1" argument(s): "Could not find file '${path}'."\r\n`,
    );
    return 1;
  }
}
