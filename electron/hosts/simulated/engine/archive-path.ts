import { serverError } from './api-error.ts';

/**
 * The place of a `docker cp` path on the container's own disk: `\`-separated, from its root. Volumes and binds are not
 * reached. Ground: moby go-archive/path_windows.go.
 */
export function archivePath(path: string): string {
  const backslashed = path.replaceAll('/', '\\').replace(/^\\\\\?\\/, '');
  const drive = /^([A-Za-z]):(.*)$/s.exec(backslashed);
  if (drive !== null && drive[2] === '') throw serverError(`no relative path specified in "${path}"`);
  if (drive !== null && drive[1]?.toUpperCase() !== 'C')
    throw serverError('the specified path is not on the system drive (C:)');
  const parts: string[] = [];
  for (const part of (drive?.[2] ?? backslashed).split('\\')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `\\${parts.join('\\')}`;
}

/** Last element of such a place; the root's is `/`, as dockerd names it. */
export function baseName(place: string): string {
  const name = place.split('\\').at(-1) ?? '';
  return name === '' ? '/' : name;
}

/** The place of a tar entry under a directory; undefined when the name would climb out of it. */
export function entryPlace(directory: string, name: string): string | undefined {
  const parts = name.split(/[\\/]/).filter(part => part !== '' && part !== '.');
  if (parts.includes('..') || parts.some(part => part.includes(':'))) return undefined;
  const root = directory === '\\' ? '' : directory;
  return parts.length === 0 ? directory : `${root}\\${parts.join('\\')}`;
}
