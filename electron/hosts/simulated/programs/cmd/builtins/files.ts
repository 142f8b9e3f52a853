import { statIfThere } from '../../base/look-ups.ts';
import { isSystemCallError } from '../../base/nt-status.ts';
import { ask } from '../../base/read-line.ts';
import { hasWildcard } from '../../base/wildcard.ts';
import { win32Message } from '../../base/win32-message.ts';
import { fileName, joinPath, parentPath } from '../../base/win32-path.ts';
import { hasSwitch, parseArguments } from '../arguments.ts';
import { type Builtin, complain, SYNTAX } from '../builtin.ts';
import { exists } from '../find-program.ts';
import { glob } from '../glob.ts';
import type { Shell, Streams } from '../shell.ts';

async function isDirectory(shell: Shell, path: string): Promise<boolean> {
  return (await statIfThere(shell.win32, path))?.directory === true;
}

async function type(shell: Shell, tail: string, streams: Streams): Promise<number> {
  const { words } = parseArguments(tail);
  if (words.length === 0) return complain(streams, SYNTAX);
  const files = (
    await Promise.all(words.map(async word => (hasWildcard(word) ? glob(shell, word, 'files') : [word])))
  ).flat();
  if (files.length === 0) return complain(streams, win32Message(2));
  let code = 0;
  for (const file of files) {
    try {
      if (await isDirectory(shell, shell.path(file))) {
        code = await complain(streams, win32Message(5));
        continue;
      }
      const bytes = await shell.win32.read(shell.path(file));
      if (files.length > 1) await streams.stderr.write(`\r\n${file}\r\n\r\n\r\n`);
      await streams.stdout.write(bytes);
    } catch (caught) {
      if (!isSystemCallError(caught)) throw caught;
      code = await complain(streams, win32Message(caught.win32));
      if (files.length > 1) await streams.stderr.write(`Error occurred while processing: ${file}.\r\n`);
    }
  }
  return code;
}

/** The answer to `Overwrite ...?`: an input that has ended answers no. */
async function mayOverwrite(streams: Streams, path: string): Promise<boolean> {
  return ['y', 'a'].includes(await ask(`Overwrite ${path}? (Yes/No/All):`, streams.stdin, streams.stdout));
}

/** `copy [/y] from[+from...] [to]`. */
async function copy(shell: Shell, tail: string, streams: Streams): Promise<number> {
  const args = parseArguments(tail);
  const [source, target = '.'] = args.words;
  if (source === undefined || args.words.length > 2) return complain(streams, SYNTAX);
  const appended = source.includes('+') && !(await exists(shell, shell.path(source)));
  const sources = appended ? source.split('+') : await glob(shell, source, 'files');
  const first = sources[0];
  if (first === undefined) {
    const there = await exists(shell, parentPath(shell.path(source)));
    if (hasWildcard(source) && there) await streams.stdout.write(`${source}\r\n`);
    return complain(streams, win32Message(there ? 2 : 3));
  }
  const into = await isDirectory(shell, shell.path(target));
  const quiet = hasSwitch(args, 'y') || /\/y/i.test(shell.variable('COPYCMD') ?? '');
  let copied = 0;
  try {
    for (const from of sources) {
      const destination = into
        ? joinPath(shell.path(target), fileName(shell.path(appended ? first : from)))
        : shell.path(target);
      if (sources.length > 1) await streams.stdout.write(`${from}\r\n`);
      if (destination.toLowerCase() === shell.path(from).toLowerCase()) {
        await streams.stderr.write('The file cannot be copied onto itself.\r\n');
        break;
      }
      const continues = appended && copied > 0;
      const bytes = await shell.win32.read(shell.path(from));
      if (!quiet && !continues && (await exists(shell, destination)) && !(await mayOverwrite(streams, destination)))
        continue;
      await shell.win32.write(destination, bytes, continues ? 'append' : 'replace');
      copied++;
    }
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    await complain(streams, win32Message(caught.win32));
  }
  await streams.stdout.write(`${String(appended && copied > 0 ? 1 : copied).padStart(9)} file(s) copied.\r\n`);
  return copied === 0 ? 1 : 0;
}

/** Moves one file or a whole directory, across volumes by copying. */
async function moveOne(shell: Shell, from: string, to: string): Promise<void> {
  try {
    await shell.win32.rename(from, to);
  } catch (caught) {
    if (!isSystemCallError(caught) || caught.win32 !== 17) throw caught;
    if (await isDirectory(shell, from)) throw caught;
    await shell.win32.write(to, await shell.win32.read(from), 'replace');
    await shell.win32.deleteFile(from);
  }
}

async function move(shell: Shell, tail: string, streams: Streams): Promise<number> {
  const args = parseArguments(tail);
  const [source, target = '.'] = args.words;
  if (source === undefined) return complain(streams, SYNTAX);
  const sources = await glob(shell, source, hasWildcard(source) ? 'files' : 'any');
  if (sources.length === 0) return complain(streams, win32Message(2));
  const into = await isDirectory(shell, shell.path(target));
  let moved = 0;
  let directories = false;
  try {
    for (const from of sources) {
      const path = shell.path(from);
      directories ||= await isDirectory(shell, path);
      const destination = into ? joinPath(shell.path(target), fileName(path)) : shell.path(target);
      if (sources.length > 1) await streams.stdout.write(`${path}\r\n`);
      if (!directories && destination.toLowerCase() !== path.toLowerCase() && (await exists(shell, destination))) {
        if (!hasSwitch(args, 'y') && !(await mayOverwrite(streams, destination))) continue;
        await shell.win32.deleteFile(destination);
      }
      await moveOne(shell, path, destination);
      moved++;
    }
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    await complain(streams, win32Message(caught.win32));
  }
  await streams.stdout.write(`${String(moved).padStart(9)} ${directories ? 'dir(s)' : 'file(s)'} moved.\r\n`);
  return moved === 0 ? 1 : 0;
}

async function ren(shell: Shell, tail: string, streams: Streams): Promise<number> {
  const [source, name] = parseArguments(tail).words;
  if (source === undefined || name === undefined || /[\\/:]/.test(name)) return complain(streams, SYNTAX);
  const path = shell.path(source);
  try {
    await shell.win32.rename(path, joinPath(parentPath(path), name));
    return 0;
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    if (caught.win32 === 183 || caught.win32 === 80) {
      return complain(streams, 'A duplicate file name exists, or the file\r\ncannot be found.');
    }
    return complain(streams, win32Message(caught.win32));
  }
}

/** `del [/q] [/f] [/s] names`: a directory stands for all files in it. Nothing found is no error. */
async function del(shell: Shell, tail: string, streams: Streams): Promise<number> {
  const args = parseArguments(tail);
  if (args.words.length === 0) return complain(streams, SYNTAX);
  let code = 0;
  for (const typed of args.words) {
    const path = shell.path(typed);
    const pattern = (await isDirectory(shell, path)) ? joinPath(path, '*') : path;
    const everything = /[\\/]\*(\.\*)?$/.test(pattern) && !hasSwitch(args, 'q');
    if (everything) {
      const answer = await ask(`${pattern}, Are you sure (Y/N)?`, streams.stdin, streams.stdout);
      if (answer !== 'y') continue;
    }
    const files = hasWildcard(pattern)
      ? await glob(shell, pattern, 'files')
      : (await exists(shell, path))
        ? [path]
        : [];
    if (files.length === 0) {
      if (await exists(shell, parentPath(path))) await streams.stderr.write(`Could Not Find ${path}\r\n`);
      else code = await complain(streams, win32Message(3));
    }
    for (const file of files) {
      try {
        await shell.win32.deleteFile(shell.path(file));
      } catch (caught) {
        if (!isSystemCallError(caught)) throw caught;
        await streams.stderr.write(`${shell.path(file)}\r\n${win32Message(caught.win32)}\r\n`);
      }
    }
  }
  return code;
}

export const FILE_BUILTINS: readonly (readonly [string, Builtin])[] = [
  ['type', { run: type }],
  ['copy', { run: copy }],
  ['move', { run: move }],
  ['ren', { run: ren }],
  ['rename', { run: ren }],
  ['del', { run: del }],
  ['erase', { run: del }],
];
