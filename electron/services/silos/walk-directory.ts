import type { ObjectEntry, ObjectNamespace, ObjectRefusal } from '../../hosts/host.ts';

/**
 * Lists a directory below `root`, one part at a time, refusing to pass through anything that is no directory itself.
 * A link in a silo's tree leads a host thread to the host's own objects: what it shows would be the wrong namespace.
 */
export async function walkDirectory(
  objects: ObjectNamespace,
  root: string,
  parts: readonly string[],
  signal?: AbortSignal,
): Promise<{ readonly path: string; readonly entries: readonly ObjectEntry[] } | { readonly refused: ObjectRefusal }> {
  let path = root;
  for (const part of parts) {
    const parent = await objects.list(path === '' ? '\\' : path, signal);
    if ('refused' in parent) return parent;
    const entry = parent.entries.find(one => one.name.toLowerCase() === part.toLowerCase());
    if (entry === undefined) return { refused: 'not-found' };
    if (entry.type !== 'Directory') return { refused: 'wrong-type' };
    path = `${path}\\${entry.name}`;
  }
  const listed = await objects.list(path === '' ? '\\' : path, signal);
  return 'refused' in listed ? listed : { path, entries: listed.entries };
}
