import type { ProgramContext } from '../../machine.ts';
import { isSystemCallError } from '../base/nt-status.ts';
import { hasWildcard, matchesWildcard } from '../base/wildcard.ts';
import { win32Message } from '../base/win32-message.ts';
import { fileName, fullPath, joinPath, parentPath } from '../base/win32-path.ts';

/** xcopy source [target] [/s] [/e] [/i] [/y] [/q]. */
export async function xcopy(context: ProgramContext): Promise<number> {
  const switches = context.argv.filter(arg => arg.startsWith('/')).map(arg => arg.toLowerCase());
  const [source, target = '.'] = context.argv.slice(1).filter(arg => !arg.startsWith('/'));
  if (source === undefined) {
    await context.stderr.write('Invalid number of parameters\r\n0 File(s) copied\r\n');
    return 4;
  }
  const from = fullPath(source, context.cwd);
  const to = fullPath(target, context.cwd);
  const deep = switches.includes('/s') || switches.includes('/e');
  const empty = switches.includes('/e');
  let copied = 0;
  const copyTree = async (directory: string, pattern: string, into: string): Promise<void> => {
    const entries = await context.win32.list(directory);
    const files = entries.filter(entry => !entry.directory && matchesWildcard(pattern, entry.name));
    if (files.length > 0 || empty) await makeDirectory(context, into);
    for (const { name } of files) {
      if (!switches.includes('/q')) await context.stdout.write(`${joinPath(directory, name)}\r\n`);
      await context.win32.write(joinPath(into, name), await context.win32.read(joinPath(directory, name)), 'replace');
      copied++;
    }
    if (!deep) return;
    for (const { name } of entries.filter(entry => entry.directory))
      await copyTree(joinPath(directory, name), pattern, joinPath(into, name));
  };
  try {
    if (hasWildcard(source)) await copyTree(parentPath(from), fileName(from), to);
    else if ((await context.win32.stat(from)).directory) await copyTree(from, '*', to);
    else await copyTree(parentPath(from), fileName(from), to);
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    const missing = caught.win32 === 2 || caught.win32 === 3;
    await context.stderr.write(
      missing ? `File not found - ${fileName(from)}\r\n` : `${win32Message(caught.win32)}\r\n`,
    );
    await context.stdout.write(`${copied} File(s) copied\r\n`);
    return 4;
  }
  await context.stdout.write(`${copied} File(s) copied\r\n`);
  return 0;
}

async function makeDirectory(context: ProgramContext, path: string): Promise<void> {
  try {
    await context.win32.stat(path);
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    if (parentPath(path) !== path) await makeDirectory(context, parentPath(path));
    await context.win32.createDirectory(path);
  }
}
