import type { FileStat } from '../../../machine.ts';
import { grouped, shortDate, shortTime } from '../../base/formats.ts';
import { isSystemCallError } from '../../base/nt-status.ts';
import { hasWildcard, matchesWildcard } from '../../base/wildcard.ts';
import { win32Message } from '../../base/win32-message.ts';
import { fileName, joinPath, parentPath, parsePath } from '../../base/win32-path.ts';
import { type Arguments, hasSwitch, parseArguments } from '../arguments.ts';
import { complain } from '../builtin.ts';
import type { Shell, Streams } from '../shell.ts';
import { volumeHeader } from './console.ts';

interface Totals {
  files: number;
  bytes: number;
  directories: number;
}

/** `dir [path...] [/b] [/s] [/a[:attributes]] [/o[:order]]`, laid out as on an English Windows. */
export async function dir(shell: Shell, tail: string, streams: Streams): Promise<number> {
  const args = parseArguments(tail);
  let code = 0;
  for (const typed of args.words.length === 0 ? [''] : args.words) {
    code = (await listOne(shell, typed, args, streams)) || code;
  }
  return code;
}

async function listOne(shell: Shell, typed: string, args: Arguments, streams: Streams): Promise<number> {
  const path = shell.path(typed);
  try {
    const { directory, pattern } = await target(shell, path, typed);
    if (!hasSwitch(args, 'b')) await streams.stdout.write(await volumeHeader(shell, path));
    const total: Totals = { files: 0, bytes: 0, directories: 0 };
    await listDirectory(shell, directory, pattern, args, streams, total);
    if (total.files + total.directories === 0) {
      if (hasSwitch(args, 'b')) return complain(streams, 'File Not Found');
      if (!hasSwitch(args, 's')) await streams.stdout.write(`\r\n Directory of ${directory}\r\n\r\n`);
      return complain(streams, 'File Not Found');
    }
    if (hasSwitch(args, 'b')) return 0;
    if (hasSwitch(args, 's')) await streams.stdout.write(`\r\n     Total Files Listed:\r\n${fileLine(total)}`);
    const { freeBytes } = await shell.win32.information(rootOf(directory));
    await streams.stdout.write(
      `${String(total.directories).padStart(16)} Dir(s) ${grouped(freeBytes).padStart(15)} bytes free\r\n`,
    );
    return 0;
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    // A drive that is not there is a path that is not there.
    return complain(streams, win32Message(caught.win32 === 15 || caught.win32 === 2 ? 3 : caught.win32));
  }
}

const rootOf = (path: string): string => {
  const { root } = parsePath(path);
  return /^[A-Z]:$/i.test(root) ? `${root}\\` : root;
};

/** A directory is listed whole; anything else is a pattern in its parent. */
async function target(shell: Shell, path: string, typed: string): Promise<{ directory: string; pattern: string }> {
  if (hasWildcard(typed)) return { directory: parentPath(path), pattern: fileName(path) };
  if (parsePath(path).parts.length === 0) return { directory: path, pattern: '*' };
  try {
    if ((await shell.win32.stat(path)).directory) return { directory: path, pattern: '*' };
  } catch (caught) {
    if (!isSystemCallError(caught) || caught.win32 !== 2) throw caught;
  }
  return { directory: parentPath(path), pattern: fileName(path) };
}

async function listDirectory(
  shell: Shell,
  directory: string,
  pattern: string,
  args: Arguments,
  streams: Streams,
  total: Totals,
): Promise<void> {
  const bare = hasSwitch(args, 'b');
  const deep = hasSwitch(args, 's');
  const all = await shell.win32.list(directory);
  const junctions = await junctionsAmong(shell, directory, all);
  const entries = sorted(
    all.filter(entry => matchesWildcard(pattern, entry.name) && isWanted(entry, args, junctions)),
    args,
  );
  const here: Totals = { files: 0, bytes: 0, directories: 0 };
  const lines: string[] = [];
  if (!bare && pattern === '*' && parsePath(directory).parts.length > 0 && showsDirectories(args)) {
    const own = await shell.win32.stat(directory);
    for (const name of ['.', '..']) lines.push(entryLine({ ...own, name }));
    here.directories += 2;
  }
  for (const entry of entries) {
    const whole = deep ? joinPath(directory, entry.name) : entry.name;
    lines.push(bare ? whole : entryLine(entry, junctions.get(entry.name)));
    if (entry.directory) here.directories++;
    else {
      here.files++;
      here.bytes += entry.size;
    }
  }
  if (lines.length > 0 && (entries.length > 0 || !deep)) {
    if (!bare) await streams.stdout.write(`\r\n Directory of ${directory}\r\n\r\n`);
    await streams.stdout.write(lines.map(line => `${line}\r\n`).join(''));
    if (!bare) await streams.stdout.write(fileLine(here));
    total.files += here.files;
    total.bytes += here.bytes;
    total.directories += here.directories;
  }
  if (!deep) return;
  // As the real one, it goes into no junction.
  for (const entry of sorted(
    all.filter(({ directory: isDirectory, name }) => isDirectory && !junctions.has(name)),
    args,
  )) {
    await listDirectory(shell, joinPath(directory, entry.name), pattern, args, streams, total);
  }
}

/** Directories that lead elsewhere, and where. */
async function junctionsAmong(
  shell: Shell,
  directory: string,
  entries: readonly FileStat[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { name } of entries.filter(entry => entry.directory)) {
    const target = await shell.win32.readJunction?.(joinPath(directory, name));
    if (target !== undefined) found.set(name, target);
  }
  return found;
}

function entryLine(entry: FileStat, junction?: string): string {
  const at = `${shortDate(entry.modified)}  ${shortTime(entry.modified)}`;
  // WinFsp writes the same name for people as for the kernel, with a backslash at its end.
  if (junction !== undefined) return `${at}    <JUNCTION>     ${entry.name} [${junction.replace(/\\?$/, '\\')}]`;
  const size = entry.directory ? '    <DIR>          ' : `${grouped(entry.size).padStart(18)} `;
  return `${at}${size}${entry.name}`;
}

function fileLine({ files, bytes }: Totals): string {
  return `${String(files).padStart(16)} File(s) ${grouped(bytes).padStart(14)} bytes\r\n`;
}

function attributesOf(args: Arguments): string | undefined {
  return args.switches.find(text => /^\/a(:|$|[-dhrsal])/.test(text))?.replace(/^\/a:?/, '');
}

/** `/a:d-h`: without /a, hidden entries stay hidden. */
function isWanted(entry: FileStat, args: Arguments, junctions: ReadonlyMap<string, string>): boolean {
  const wanted = attributesOf(args);
  if (wanted === undefined) return !entry.hidden;
  return [...wanted.matchAll(/(-?)([dhrsal])/g)].every(([, minus, letter]) => {
    const { directory, hidden, readOnly } = entry;
    const attributes = { d: directory, h: hidden, r: readOnly, s: false, a: !directory, l: junctions.has(entry.name) };
    const has = Object.entries(attributes).some(([one, is]) => one === letter && is);
    return has === (minus === '');
  });
}

function showsDirectories(args: Arguments): boolean {
  return !/-d/.test(attributesOf(args) ?? '');
}

function sorted(entries: readonly FileStat[], args: Arguments): FileStat[] {
  const order = args.switches.find(text => text.startsWith('/o'))?.replace(/^\/o:?/, '') ?? 'n';
  const keys = [...(order === '' ? 'gn' : order).matchAll(/(-?)([nsdeg])/g)];
  return [...entries].sort((a, b) => {
    for (const [, minus, letter] of keys) {
      const by = compareBy(letter ?? 'n', a, b);
      if (by !== 0) return minus === '-' ? -by : by;
    }
    return compareBy('n', a, b);
  });
}

function compareBy(letter: string, a: FileStat, b: FileStat): number {
  const extension = (name: string): string => /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const text = (x: string, y: string): number => (x === y ? 0 : x < y ? -1 : 1);
  switch (letter) {
    case 's':
      return a.size - b.size;
    case 'd':
      return a.modified - b.modified;
    case 'e':
      return text(extension(a.name), extension(b.name));
    case 'g':
      return Number(b.directory) - Number(a.directory);
    default:
      return text(a.name.toLowerCase(), b.name.toLowerCase());
  }
}
