import { joinPath } from '../base/win32-path.ts';

/** Where a remote's files lie in a cache directory. Ground: rclone vfs/vfscache/cache.go (New). */
export function cachePlaces(directory: string, remote: string): { readonly data: string; readonly meta: string } {
  const [, name = '', root = ''] = /^(:?[\w.+@ -]{2,}[^:]*):(.*)$/.exec(remote) ?? ['', 'local', remote];
  const place = [
    name.replace(/^:/, '^'),
    ...root
      .replaceAll(':', '')
      .split(/[\\/]+/)
      .filter(part => part !== ''),
  ];
  const under = (tree: string): string => place.reduce(joinPath, joinPath(directory, tree));
  return { data: under('vfs'), meta: under('vfsMeta') };
}
