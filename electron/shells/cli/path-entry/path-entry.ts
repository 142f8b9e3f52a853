import type { PathRegistry } from './path-registry.ts';

/** How Windows compares folders on the search path: quotes, a slash at the end and case do not matter. */
function sameFolder(one: string, other: string): boolean {
  const plain = (folder: string): string =>
    folder
      .trim()
      .replaceAll('"', '')
      .replace(/[\\/]+$/, '')
      .replaceAll('/', '\\')
      .toLowerCase();
  return plain(one) === plain(other);
}

/** A search path with `folder` at its end, once. What stands in it is kept to the letter, `%variables%` and all. */
export function withFolder(path: string, folder: string): string {
  if (path.split(';').some(entry => sameFolder(entry, folder))) return path;
  return path === '' || path.endsWith(';') ? `${path}${folder}` : `${path};${folder}`;
}

/** A search path without `folder`, wherever and however often it stands in it. */
export function withoutFolder(path: string, folder: string): string {
  const entries = path.split(';');
  const kept = entries.filter(entry => !sameFolder(entry, folder));
  return kept.length === entries.length ? path : kept.join(';');
}

/** Puts a folder on the search path, or takes it away; what is not changed is not written. */
export function changePath(registry: PathRegistry, act: 'add' | 'remove', folder: string): void {
  const { text, expands } = registry.read() ?? { text: '', expands: true };
  const wanted = act === 'add' ? withFolder(text, folder) : withoutFolder(text, folder);
  if (wanted === text) return;
  registry.write({ text: wanted, expands });
  registry.announce();
}
