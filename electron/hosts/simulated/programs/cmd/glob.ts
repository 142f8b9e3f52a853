import { isSystemCallError } from '../base/nt-status.ts';
import { hasWildcard, matchesWildcard } from '../base/wildcard.ts';
import { fileName, joinPath, parentPath } from '../base/win32-path.ts';
import { exists } from './find-program.ts';
import type { Shell } from './shell.ts';

/** The names that a pattern stands for, with the directory as typed; a name without wildcards stands for itself if it is there. */
export async function glob(
  shell: Shell,
  typed: string,
  what: 'files' | 'directories' | 'any' = 'any',
): Promise<string[]> {
  const path = shell.path(typed.replace(/(?<=.)\\nul$/i, ''));
  if (!hasWildcard(typed)) return (await exists(shell, path)) ? [typed] : [];
  const pattern = fileName(path);
  const directory = typed.slice(
    0,
    Math.max(typed.lastIndexOf('\\'), typed.lastIndexOf('/'), typed.lastIndexOf(':')) + 1,
  );
  try {
    const entries = await shell.win32.list(parentPath(path));
    return entries
      .filter(
        entry =>
          matchesWildcard(pattern, entry.name) && (what === 'any' || entry.directory === (what === 'directories')),
      )
      .map(entry =>
        directory === '' || /[\\/:]$/.test(directory) ? directory + entry.name : joinPath(directory, entry.name),
      );
  } catch (caught) {
    if (isSystemCallError(caught)) return [];
    throw caught;
  }
}
