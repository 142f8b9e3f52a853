import type { ProgramContext } from '../../machine.ts';
import { isSystemCallError } from '../base/nt-status.ts';
import { decodeText, linesOf, readAll } from '../base/streams.ts';
import { hasWildcard, matchesWildcard } from '../base/wildcard.ts';
import { fileName, fullPath, joinPath, parentPath } from '../base/win32-path.ts';

/** Lines of one input: a file as it was named, or standard input. */
export interface TextInput {
  /** undefined for standard input. */
  readonly name: string | undefined;
  readonly lines: readonly string[];
}

/** Reads the named files (wildcards allowed), or standard input when there are none. Tells of those that cannot be read. */
export async function readInputs(
  context: ProgramContext,
  names: readonly string[],
  unreadable: (name: string) => Promise<void>,
): Promise<TextInput[]> {
  if (names.length === 0) return [{ name: undefined, lines: linesOf(decodeText(await readAll(context.stdin))) }];
  const inputs: TextInput[] = [];
  for (const name of (await Promise.all(names.map(async one => expand(context, one)))).flat()) {
    try {
      inputs.push({ name, lines: linesOf(decodeText(await context.win32.read(fullPath(name, context.cwd)))) });
    } catch (caught) {
      if (!isSystemCallError(caught)) throw caught;
      await unreadable(name);
    }
  }
  return inputs;
}

async function expand(context: ProgramContext, name: string): Promise<string[]> {
  if (!hasWildcard(name)) return [name];
  const path = fullPath(name, context.cwd);
  try {
    const entries = await context.win32.list(parentPath(path));
    const directory = /[\\/:]/.test(name) ? parentPath(path) : '';
    return entries
      .filter(entry => !entry.directory && matchesWildcard(fileName(path), entry.name))
      .map(entry => (directory === '' ? entry.name : joinPath(directory, entry.name)));
  } catch (caught) {
    if (isSystemCallError(caught)) return [];
    throw caught;
  }
}
