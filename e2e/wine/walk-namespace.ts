import type { ObjectNamespace } from '../../electron/hosts/host.ts';

/** What a walk came upon. `refused` holds the paths that could not be read. */
export interface Walked {
  readonly objects: number;
  readonly links: ReadonlyMap<string, string>;
  readonly refused: readonly string[];
}

/** Walks everything below `root` through the seam, reads every link's target, and follows none. */
export async function walkNamespace(objects: ObjectNamespace, root: string): Promise<Walked> {
  const links = new Map<string, string>();
  const refused: string[] = [];
  let count = 0;
  const walk = async (path: string): Promise<void> => {
    const listed = await objects.list(path);
    if ('refused' in listed) {
      refused.push(path);
      return;
    }
    count += listed.entries.length;
    for (const { name, type } of listed.entries) {
      const below = path === '\\' ? `\\${name}` : `${path}\\${name}`;
      if (type === 'Directory') await walk(below);
      if (type !== 'SymbolicLink') continue;
      const link = await objects.readLink(below);
      if ('target' in link) links.set(below, link.target);
      else refused.push(below);
    }
  };
  await walk(root);
  return { objects: count, links, refused };
}
