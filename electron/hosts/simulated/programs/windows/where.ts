import type { ProgramContext } from '../../machine.ts';
import { isSystemCallError } from '../base/nt-status.ts';
import { matchesWildcard } from '../base/wildcard.ts';
import { fullPath, joinPath } from '../base/win32-path.ts';

/** where [/q] pattern...: in the working directory and along PATH; a name without an extension with each of PATHEXT. */
export async function where(context: ProgramContext): Promise<number> {
  const quiet = context.argv.some(arg => arg.toLowerCase() === '/q');
  const patterns = context.argv.slice(1).filter(arg => !arg.startsWith('/'));
  const places = [context.cwd, ...(context.environment.get('PATH') ?? '').split(';').filter(place => place !== '')];
  const extensions = (context.environment.get('PATHEXT') ?? '.COM;.EXE;.BAT;.CMD').split(';');
  let failed = patterns.length === 0;
  for (const pattern of patterns) {
    const wanted = pattern.includes('.') ? [pattern] : [pattern, ...extensions.map(extension => pattern + extension)];
    const found = new Map<string, string>();
    for (const place of places) {
      for (const name of await namesIn(context, fullPath(place, context.cwd))) {
        const path = joinPath(fullPath(place, context.cwd), name);
        if (wanted.some(one => matchesWildcard(one, name)) && !found.has(path.toLowerCase()))
          found.set(path.toLowerCase(), path);
      }
    }
    if (found.size === 0) {
      failed = true;
      if (!quiet) await context.stderr.write('INFO: Could not find files for the given pattern(s).\r\n');
    } else if (!quiet) await context.stdout.write([...found.values()].map(path => `${path}\r\n`).join(''));
  }
  return failed ? 1 : 0;
}

async function namesIn(context: ProgramContext, directory: string): Promise<string[]> {
  try {
    return (await context.win32.list(directory)).filter(entry => !entry.directory).map(({ name }) => name);
  } catch (caught) {
    if (isSystemCallError(caught)) return [];
    throw caught;
  }
}
