import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { matchesWildcard } from '../../../../shared/domain/wildcard.ts';
import { type BrokenLine, type ConfigLine, parseConfigLines } from './config-line.ts';

/** A line, and of an Include what the files say that it names. */
export type ReadLine =
  | BrokenLine
  | (ConfigLine & { readonly included?: readonly (readonly ReadLine[])[] })
  /** In the place of a file that others than its owner can write. */
  | { readonly openTo: 'others'; readonly file: string };

/** As ssh has it: so deep may Includes lie in one another. */
const DEEPEST = 16;
const LARGEST = 1 << 20;

/** Where ssh looks for its configuration: the user's own first, then the system's. */
export function sshConfigFiles(
  home: string = homedir(),
  platform: string = process.platform,
  programData: string = process.env['ProgramData'] ?? 'C:\\ProgramData',
): readonly { readonly file: string; readonly own: boolean }[] {
  const system = platform === 'win32' ? join(programData, 'ssh', 'ssh_config') : '/etc/ssh/ssh_config';
  return [
    { file: join(home, '.ssh', 'config'), own: true },
    { file: system, own: false },
  ];
}

/** Reads the files that there are, and what they include. Lines of one file follow those of the one before. */
export async function readSshConfig(
  files: readonly { readonly file: string; readonly own: boolean }[],
  home: string = homedir(),
): Promise<readonly (readonly ReadLine[])[]> {
  return Promise.all(files.map(({ file, own }) => readOne(file, { own, home, depth: 0 })));
}

interface Place {
  /** The user's own: nobody else may write it. */
  readonly own: boolean;
  readonly home: string;
  readonly depth: number;
}

async function readOne(file: string, place: Place): Promise<readonly ReadLine[]> {
  const text = await textOf(file, place.own);
  if (typeof text !== 'string') return [text];
  return Promise.all(
    parseConfigLines(text, file).map(async line => {
      if (line.keyword !== 'include') return line;
      if (place.depth >= DEEPEST) return { ...line, keyword: undefined };
      const names = await Promise.all(line.words.map(word => filesNamed(word, dirname(file), place)));
      const deeper = { ...place, depth: place.depth + 1 };
      return { ...line, included: await Promise.all(names.flat().map(name => readOne(name, deeper))) };
    }),
  );
}

/** Empty when there is none. One that others could have written, or that cannot be read, is a line that says so. */
async function textOf(file: string, own: boolean): Promise<string | ReadLine> {
  const unreadable = (why: string): BrokenLine => ({
    file,
    line: 1,
    text: `it cannot be read: ${why}`,
    keyword: undefined,
  });
  try {
    const { mode, uid, size } = await stat(file);
    const user = process.getuid?.();
    // Ground: ssh_config(5), FILES: "must have strict permissions".
    const isForeign = user !== undefined && ((mode & 0o022) !== 0 || (uid !== 0 && uid !== user));
    if (own && isForeign) return { openTo: 'others', file };
    return size > LARGEST ? unreadable(`${size} bytes`) : await readFile(file, 'utf8');
  } catch (caught) {
    const code = caught instanceof Error && 'code' in caught ? String(caught.code) : String(caught);
    return code === 'ENOENT' || code === 'ENOTDIR' ? '' : unreadable(code);
  }
}

/** An Include's name: relative to `~/.ssh` or to the system's folder, with `*` and `?` in any part. Sorted as ssh does. */
async function filesNamed(word: string, folder: string, { own, home }: Place): Promise<readonly string[]> {
  const whole = /^~[\\/]/.test(word) ? join(home, word.slice(2)) : word;
  const path = isAbsolute(whole) ? whole : join(own ? join(home, '.ssh') : folder, whole);
  const [root = '', ...parts] = path.split(sep === '/' ? '/' : /[\\/]/);
  let found = [root];
  for (const part of parts) {
    const next = found.map(async (before): Promise<readonly string[]> => {
      if (!/[*?]/.test(part)) return [`${before}${sep}${part}`];
      const names = await readdir(`${before}${sep}`).catch((): string[] => []);
      const fitting = names.filter(
        name => name.startsWith('.') === part.startsWith('.') && matchesWildcard(part, name),
      );
      return fitting.sort().map(name => `${before}${sep}${name}`);
    });
    found = (await Promise.all(next)).flat();
  }
  return found;
}
