import { statIfThere } from '../base/look-ups.ts';
import { joinPath, parentPath } from '../base/win32-path.ts';
import type { Shell } from './shell.ts';

/** Where a command's program is, or why there is none. */
export type FoundProgram =
  | { readonly kind: 'program' | 'batch'; readonly path: string }
  | { readonly kind: 'none'; readonly because: 'unknown' | 'no-such-directory' };

/** Searches as cmd does: the working directory, then PATH; each name as typed if it has an extension, then by PATHEXT. */
export async function findProgram(shell: Shell, typed: string): Promise<FoundProgram> {
  const name = typed.replaceAll('"', '');
  if (name === '' || /[*?<>|]/.test(name)) return { kind: 'none', because: 'unknown' };
  if (/[\\/:]/.test(name)) {
    const path = shell.path(name);
    const found = await firstFile(shell, candidates(shell, path));
    if (found !== undefined) return found;
    const there = await exists(shell, parentPath(path));
    return { kind: 'none', because: there ? 'unknown' : 'no-such-directory' };
  }
  const places = [
    shell.cwd,
    ...(shell.variable('PATH') ?? '').split(';').map(place => place.replaceAll('"', '').trim()),
  ];
  for (const place of places) {
    if (place === '') continue;
    const found = await firstFile(shell, candidates(shell, joinPath(shell.path(place), name)));
    if (found !== undefined) return found;
  }
  return { kind: 'none', because: 'unknown' };
}

function candidates(shell: Shell, path: string): string[] {
  const extensions = (shell.variable('PATHEXT') ?? '.COM;.EXE;.BAT;.CMD')
    .toLowerCase()
    .split(';')
    .filter(text => text !== '');
  const typed = /\.[^.\\]+$/.exec(path)?.[0].toLowerCase();
  const byExtension = extensions.map(extension => path + extension);
  return typed !== undefined && extensions.includes(typed) ? [path, ...byExtension] : byExtension;
}

async function firstFile(shell: Shell, paths: readonly string[]): Promise<FoundProgram | undefined> {
  for (const path of paths) {
    if (await exists(shell, path, 'file')) return { kind: /\.(bat|cmd)$/i.test(path) ? 'batch' : 'program', path };
  }
  return undefined;
}

/** Whether something is there; with `file`, whether it is no directory. */
export async function exists(shell: Shell, path: string, what: 'any' | 'file' = 'any'): Promise<boolean> {
  const stat = await statIfThere(shell.win32, path);
  return stat !== undefined && (what === 'any' || !stat.directory);
}
