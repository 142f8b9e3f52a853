import { DRIVES_FROM_Z } from '../../base/drive-letters.ts';
import { dosDeviceTarget } from '../../base/look-ups.ts';
import { isSystemCallError } from '../../base/nt-status.ts';
import { ask } from '../../base/read-line.ts';
import { win32Message } from '../../base/win32-message.ts';
import { formatPath, joinPath, parsePath } from '../../base/win32-path.ts';
import { hasSwitch, parseArguments, wordsOf } from '../arguments.ts';
import { type Builtin, complain, SYNTAX } from '../builtin.ts';
import { exists } from '../find-program.ts';
import type { Shell, Streams } from '../shell.ts';

/** `cd`: prints without a path; the whole tail is the path, blanks included; `/d` changes the drive too. */
async function cd(shell: Shell, tail: string, streams: Streams): Promise<number> {
  const withDrive = /^\s*\/d\b/i.test(tail);
  const typed = tail
    .replace(/^\s*\/d\b/i, '')
    .trim()
    .replaceAll('"', '');
  if (typed === '') {
    await streams.stdout.write(`${shell.cwd}\r\n`);
    return 0;
  }
  if (/^[A-Za-z]:$/.test(typed) && !withDrive) {
    await streams.stdout.write(`${shell.path(typed)}\r\n`);
    return 0;
  }
  const path = shell.path(typed);
  if (path.startsWith('\\\\')) {
    await streams.stderr.write(`'${typed}'\r\nCMD does not support UNC paths as current directories.\r\n`);
    return 1;
  }
  try {
    const { directory, name } = await shell.win32.stat(path);
    if (!directory) return await complain(streams, win32Message(267));
    const { root, parts } = parsePath(path);
    // The name is shown as it is stored.
    const stored = formatPath({
      root,
      parts: parts.map((part, index) => (index === parts.length - 1 && name !== '' ? name : part)),
    });
    if (withDrive || stored.slice(0, 2).toUpperCase() === shell.cwd.slice(0, 2).toUpperCase())
      shell.changeDirectory(stored);
    else shell.driveDirectories.set(root.toUpperCase(), stored);
    return 0;
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    return complain(streams, win32Message(caught.win32 === 2 ? 3 : caught.win32));
  }
}

/** `md`: every missing directory on the way too. */
async function md(shell: Shell, tail: string, streams: Streams): Promise<number> {
  const names = wordsOf(tail);
  if (names.length === 0) return complain(streams, SYNTAX);
  let code = 0;
  for (const typed of names) {
    const path = shell.path(typed);
    if (await exists(shell, path)) {
      code = await complain(streams, `A subdirectory or file ${typed} already exists.`);
      continue;
    }
    try {
      await makeAll(shell, path);
    } catch (caught) {
      if (!isSystemCallError(caught)) throw caught;
      code = await complain(streams, win32Message(caught.win32));
    }
  }
  return code;
}

async function makeAll(shell: Shell, path: string): Promise<void> {
  const { root, parts } = parsePath(path);
  for (let depth = 1; depth <= parts.length; depth++) {
    const at = formatPath({ root, parts: parts.slice(0, depth) });
    if (depth === parts.length || !(await exists(shell, at))) await shell.win32.createDirectory(at);
  }
}

/** `rd [/s] [/q]`. With /s and without /q it asks. */
async function rd(shell: Shell, tail: string, streams: Streams): Promise<number> {
  const args = parseArguments(tail);
  if (args.words.length === 0) return complain(streams, SYNTAX);
  let code = 0;
  for (const typed of args.words) {
    const path = shell.path(typed);
    try {
      if (hasSwitch(args, 's')) {
        if (!hasSwitch(args, 'q')) {
          const answer = await ask(`${typed}, Are you sure (Y/N)?`, streams.stdin, streams.stdout);
          if (answer !== 'y') continue;
        }
        await removeTree(shell, path);
      } else await shell.win32.removeDirectory(path);
    } catch (caught) {
      if (!isSystemCallError(caught)) throw caught;
      code = await complain(streams, win32Message(caught.win32), caught.win32);
    }
  }
  return code;
}

async function removeTree(shell: Shell, path: string): Promise<void> {
  for (const entry of await shell.win32.list(path)) {
    const inner = joinPath(path, entry.name);
    if (entry.directory) await removeTree(shell, inner);
    else await shell.win32.deleteFile(inner);
  }
  await shell.win32.removeDirectory(path);
}

/** `pushd`: a UNC path gets the last free letter. */
async function pushd(shell: Shell, tail: string, streams: Streams): Promise<number> {
  const typed = tail.trim().replaceAll('"', '');
  if (typed === '') {
    for (const path of [...shell.directoryStack].reverse()) await streams.stdout.write(`${path}\r\n`);
    return 0;
  }
  const before = shell.cwd;
  let wanted = typed;
  if (typed.startsWith('\\\\')) {
    const { root, parts } = parsePath(shell.path(typed));
    const letter = DRIVES_FROM_Z.find(drive => dosDeviceTarget(shell.win32, drive) === undefined);
    if (letter === undefined) return complain(streams, win32Message(85));
    try {
      await shell.win32.addConnection(letter, root);
    } catch (caught) {
      if (!isSystemCallError(caught)) throw caught;
      return complain(streams, win32Message(caught.win32));
    }
    wanted = formatPath({ root: letter, parts });
  }
  const code = await cd(shell, ` /d "${wanted}"`, streams);
  if (code === 0) shell.directoryStack.push(before);
  return code;
}

async function popd(shell: Shell): Promise<number> {
  const back = shell.directoryStack.pop();
  if (back === undefined) return 1;
  const drive = shell.cwd.slice(0, 2).toUpperCase();
  shell.changeDirectory(back);
  if (shell.win32.connections().some(({ local }) => local.toUpperCase() === drive))
    await shell.win32.removeConnection(drive);
  return 0;
}

export const DIRECTORY_BUILTINS: readonly (readonly [string, Builtin])[] = [
  ['cd', { run: cd }],
  ['chdir', { run: cd }],
  ['md', { run: md }],
  ['mkdir', { run: md }],
  ['rd', { run: rd }],
  ['rmdir', { run: rd }],
  ['pushd', { run: pushd }],
  ['popd', { run: popd }],
];
