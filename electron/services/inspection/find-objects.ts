import {
  childPath,
  type FoundObject,
  type SearchProgress,
  type UnseenDirectory,
} from '../../../shared/domain/object-entry.ts';
import { matchesWildcard } from '../../../shared/domain/wildcard.ts';
import { readNamespaces } from '../silos/read-namespaces.ts';
import type { Surroundings } from '../surroundings.ts';
import { findSilo, malformed } from './list-namespace.ts';
import { LinkResolver } from './resolve-link.ts';

/** A search looks into so many directories of one namespace, and so deep. */
const DIRECTORIES = 5_000;
const DEEPEST = 12;
const MOST_UNSEEN = 200;
/** Between two words on how far it has come. */
const TOLD_EVERY = 20;

export interface ObjectSearch {
  /** A name, with `*` and `?`; case does not count. */
  readonly name: string;
  /** A container; absent: the host and every silo. */
  readonly in?: string | undefined;
  readonly under: string;
  readonly most: number;
}

export interface FoundObjects {
  readonly found: FoundObject[];
  readonly unseen: UnseenDirectory[];
  readonly directories: number;
  readonly namespaces: number;
  /** It stopped at its bounds: there may be more. */
  readonly capped: boolean;
}

interface Room {
  readonly id: string;
  readonly label: string;
  readonly root: string;
}

/**
 * Looks for a name in the object namespaces: who exposes it? Each namespace is walked from its own root, through
 * directories only; the host's `\Silos` is left out, since silos are walked as such. Bounded, and can be called off.
 */
export async function findObjects(
  around: Surroundings,
  search: ObjectSearch,
  tell: (progress: SearchProgress) => void,
  signal?: AbortSignal,
): Promise<FoundObjects> {
  if (!search.under.startsWith('\\'))
    throw malformed(search.under, 'A path of the object namespace starts with a backslash.');
  const { rooms, unseen } = await roomsOf(around, search, signal);
  const found: FoundObject[] = [];
  let directories = 0;
  let capped = false;
  for (const [at, room] of rooms.entries()) {
    const resolver = new LinkResolver(around.host.objects, room.root, signal);
    const under = search.under.replace(/\\+$/, '');
    let walked = 0;
    for (const waiting = [{ path: under === '' ? '\\' : under, depth: 0 }]; waiting.length > 0; ) {
      const { path, depth } = waiting.shift() ?? { path: '\\', depth: 0 };
      signal?.throwIfAborted();
      if (walked >= DIRECTORIES || found.length >= search.most) {
        capped = true;
        break;
      }
      walked += 1;
      directories += 1;
      if (directories % TOLD_EVERY === 0) tell({ namespaces: at, of: rooms.length, directories, found: found.length });
      const listed = await around.host.objects.list(`${room.root}${path === '\\' ? '' : path}` || '\\', signal);
      if ('refused' in listed) {
        if (unseen.length < MOST_UNSEEN) {
          unseen.push({ namespace: room.id, label: room.label, directory: path, reason: listed.refused });
        }
        continue;
      }
      for (const entry of [...listed.entries].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))) {
        const whole = childPath(path, entry.name);
        if (entry.type === 'Directory' && !(room.root === '' && whole.toLowerCase() === '\\silos')) {
          if (depth < DEEPEST) waiting.push({ path: whole, depth: depth + 1 });
          else capped = true;
        }
        if (!matchesWildcard(search.name, entry.name)) continue;
        if (found.length >= search.most) {
          capped = true;
          break;
        }
        const link =
          entry.type === 'SymbolicLink'
            ? await around.host.objects.readLink(`${room.root}${whole}`, signal)
            : { refused: 'wrong-type' };
        const object = 'target' in link ? { ...entry, target: link.target } : entry;
        const leads = await resolver.resolve(path, object);
        found.push({
          ...object,
          ...(leads === undefined ? {} : { leads }),
          namespace: room.id,
          label: room.label,
          directory: path,
        });
      }
    }
    tell({ namespaces: at + 1, of: rooms.length, directories, found: found.length });
  }
  return { found, unseen, directories, namespaces: rooms.length, capped };
}

async function roomsOf(
  around: Surroundings,
  search: ObjectSearch,
  signal?: AbortSignal,
): Promise<{ readonly rooms: readonly Room[]; readonly unseen: UnseenDirectory[] }> {
  if (search.in !== undefined) {
    const { root, id } = await findSilo(around, search.in, signal);
    return { rooms: [{ id, label: search.in, root }], unseen: [] };
  }
  const { views, gaps } = await readNamespaces(around, signal);
  const unseen = gaps.map(({ namespace, what, reason }) => ({
    namespace,
    label: namespace,
    directory: '\\',
    reason: `${what}: ${reason}`,
  }));
  const rooms = views.flatMap(({ namespace: { id, kind, label, siloId } }): Room[] => {
    if (kind === 'host') return [{ id, label, root: '' }];
    if (siloId !== undefined) return [{ id, label, root: `\\Silos\\${siloId}` }];
    // A silo whose id is not told, or a machine of its own: said, not left out.
    unseen.push({ namespace: id, label, directory: '\\', reason: kind === 'vm' ? 'another kernel' : 'access-denied' });
    return [];
  });
  return { rooms, unseen };
}
