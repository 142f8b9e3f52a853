import type { NamespaceId } from '../../../shared/domain/namespace.ts';
import type { ObjectNamespace } from '../../hosts/host.ts';
import { walkDirectory } from '../silos/walk-directory.ts';
import { volumeIn } from './merge-witnesses.ts';
import { type DosLink, readMountPoints } from './read-mount-points.ts';

/** A drive letter whose volume is gone. */
export interface GhostMountPoint {
  readonly namespace: NamespaceId;
  readonly mountPoint: string;
  readonly target: string;
  readonly sessions?: readonly string[];
}

/** A namespace and where it is rooted: empty for the host, `\Silos\<id>` for a silo. */
export interface Rooted {
  readonly namespace: NamespaceId;
  readonly root: string;
}

/** Whether the object that a letter leads to is there now; `unknown`: its directory could not be read. */
export async function isTargetThere(
  objects: ObjectNamespace,
  root: string,
  target: string,
  signal?: AbortSignal,
): Promise<'there' | 'gone' | 'unknown'> {
  const [, name] = /^\\Device\\([^\\]+)/.exec(target) ?? [];
  const listed = name === undefined ? undefined : await walkDirectory(objects, root, ['Device'], signal);
  if (listed === undefined || 'refused' in listed) return 'unknown';
  return listed.entries.some(entry => entry.name.toLowerCase() === name?.toLowerCase()) ? 'there' : 'gone';
}

/**
 * The letters that lead to a volume which is gone. `links` were read after `there`, the volumes' names in lower case: what is
 * just being mounted would look like a ghost. So the suspects are looked at again, the volumes first and the letters then:
 * WinFsp makes the volume before its letter and ends it before the letter goes, so that a letter which outlives a look at the
 * volumes leads nowhere. What cannot be read again is no ghost. Ground: winfsp src/dll/mount.c.
 */
export async function findGhosts(
  objects: ObjectNamespace,
  { namespace, root }: Rooted,
  links: readonly DosLink[],
  there: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<readonly GhostMountPoint[]> {
  const isMissing = (names: ReadonlySet<string>, { target }: DosLink): boolean => {
    const name = volumeIn(target)?.name;
    return name !== undefined && !names.has(name);
  };
  const suspects = links.filter(link => isMissing(there, link));
  if (suspects.length === 0) return [];
  const again = await walkDirectory(objects, root, ['Device'], signal);
  if ('refused' in again) return [];
  const now = new Set(again.entries.map(({ name }) => name.toLowerCase()));
  const gone = suspects.filter(link => isMissing(now, link));
  if (gone.length === 0) return [];
  const left = new Set((await readMountPoints(objects, root, signal)).links.map(keyOf));
  return grouped(
    namespace,
    gone.filter(link => left.has(keyOf(link))),
  );
}

const keyOf = ({ mountPoint, target, session }: DosLink): string => `${session ?? ''} ${mountPoint} ${target}`;

/** One for each letter and target, with the sessions that have it. */
function grouped(namespace: NamespaceId, links: readonly DosLink[]): readonly GhostMountPoint[] {
  const found = new Map<string, { readonly link: DosLink; readonly sessions: string[] }>();
  for (const link of links) {
    const key = `${link.mountPoint} ${link.target}`;
    const entry = found.get(key) ?? { link, sessions: [] };
    if (link.session !== undefined) entry.sessions.push(link.session);
    found.set(key, entry);
  }
  return [...found.values()].map(({ link: { mountPoint, target }, sessions }) => ({
    namespace,
    mountPoint,
    target,
    ...(sessions.length === 0 ? {} : { sessions }),
  }));
}
