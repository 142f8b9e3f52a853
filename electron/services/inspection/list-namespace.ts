import { FaultError } from '../../../shared/contract/fault.ts';
import { isGuardedPath } from '../../../shared/domain/elevation.ts';
import { MOST_ENTRIES } from '../../../shared/domain/most-entries.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import type { ListedObject, ObjectListing } from '../../../shared/domain/object-entry.ts';
import type { ObjectEntry, ObjectRefusal } from '../../hosts/host.ts';
import { canBeAsked } from '../elevation/can-be-asked.ts';
import { inParallel } from '../in-parallel.ts';
import { readNamespaces } from '../silos/read-namespaces.ts';
import { walkDirectory } from '../silos/walk-directory.ts';
import type { Surroundings } from '../surroundings.ts';
import { LinkResolver } from './resolve-link.ts';

/**
 * Lists a directory of the object namespace, links with their targets; `within` a container, as its silo has it. There
 * no link is walked through: opened from here it would lead to the host's objects. Sorted by name.
 */
export async function listNamespace(
  around: Surroundings,
  {
    path,
    in: within,
    at,
  }: { readonly path: string; readonly in?: string | undefined; readonly at?: string | undefined },
  signal?: AbortSignal,
): Promise<ObjectListing> {
  if (!path.startsWith('\\') || path.includes('\u0000'))
    throw malformed(path, 'A path of the object namespace starts with a backslash.');
  const parts = path.split('\\').filter(part => part !== '');
  const shown = `\\${parts.join('\\')}`;
  if (at !== undefined) {
    // Whose it was then: that container may be gone by now, and another have its name.
    const past = around.listings?.at(within, shown, at);
    if (past !== undefined) return past;
    const known = around.listings?.times(within, shown) ?? [];
    // One that nobody knows at all is told as such.
    if (within !== undefined && known.length === 0) await findSilo(around, within, signal);
    throw new FaultError({ code: 'not-found', what: 'earlier listing', name: `${shown} at ${at}`, known });
  }
  const room = within === undefined ? THE_HOST : await findSilo(around, within, signal);
  const listed =
    within === undefined
      ? await listHost(around, shown, signal)
      : await walkDirectory(around.host.objects, room.root, parts, signal);
  if ('refused' in listed)
    throw refusal(
      listed.refused,
      shown,
      isGuardedPath(`${room.root}${shown}`) ? canBeAsked(around.host, 'look-into-silos') : {},
    );
  const directory = `${room.root}${shown === '\\' ? '' : shown}`;
  const resolver = new LinkResolver(around.host.objects, room.root, signal);
  const entries = await inParallel([...listed.entries].sort(byName), 16, async (entry): Promise<ListedObject> => {
    if (entry.type !== 'SymbolicLink') return entry;
    const link = await around.host.objects.readLink(`${directory}\\${entry.name}`, signal);
    if (!('target' in link)) return entry;
    const object = { ...entry, target: link.target };
    const leads = await resolver.resolve(shown, object);
    return leads === undefined ? object : { ...object, leads };
  });
  const taken = { path: shown, namespace: room.id, takenAt: new Date(around.clock.now()).toISOString(), entries };
  return { ...taken, earlier: around.listings?.keep(taken, room) ?? [] };
}

interface Room {
  readonly root: string;
  readonly id: string;
  /** As people call it. */
  readonly label: string;
  /** Docker's id of whose silo it is. */
  readonly container?: string;
}

const THE_HOST: Room = { root: '', id: HOST_NAMESPACE, label: 'host' };

const byName = (one: ObjectEntry, other: ObjectEntry): number =>
  one.name < other.name ? -1 : one.name > other.name ? 1 : 0;

function listHost(
  around: Surroundings,
  path: string,
  signal?: AbortSignal,
): Promise<{ readonly entries: readonly ObjectEntry[] } | { readonly refused: ObjectRefusal }> {
  return around.host.objects.list(path, signal);
}

/** The silo of a container, by its name, its id or its namespace's. Fails with why its namespace cannot be read. */
export async function findSilo(around: Surroundings, container: string, signal?: AbortSignal): Promise<Room> {
  const { views } = await readNamespaces(around, signal);
  const named = views.find(
    ({ namespace, container: one }) =>
      namespace.id === container ||
      namespace.label === container ||
      (one !== undefined && container.length >= 4 && one.ref.id.startsWith(container)),
  );
  if (named === undefined) {
    const known = views.filter(view => view.namespace.kind !== 'host').map(view => view.namespace.label);
    throw new FaultError({
      code: 'not-found',
      what: 'container with a namespace',
      name: container,
      known: known.slice(0, 50),
    });
  }
  if (named.namespace.id === HOST_NAMESPACE) return THE_HOST;
  if (named.namespace.kind === 'vm') {
    throw new FaultError({
      code: 'isolation-unsupported',
      isolation: 'hyperv',
      because: 'another-kernel',
    });
  }
  if (named.namespace.siloId === undefined) {
    throw new FaultError({
      code: 'access-denied',
      what: `the silo of ${named.namespace.label}`,
      raw: 'its id is told to administrators only',
      ...canBeAsked(around.host, 'look-into-silos'),
    });
  }
  const owner = named.container?.ref.id;
  return {
    root: `\\Silos\\${named.namespace.siloId}`,
    id: named.namespace.id,
    label: named.namespace.label,
    ...(owner === undefined ? {} : { container: owner }),
  };
}

export function malformed(path: string, message: string): FaultError {
  return new FaultError({ code: 'invalid-input', issues: [{ path: 'path', message: `${path}: ${message}` }] });
}

function refusal(refused: ObjectRefusal, path: string, lifted: ReturnType<typeof canBeAsked>): FaultError {
  switch (refused) {
    case 'not-found':
      return new FaultError({ code: 'not-found', what: 'object', name: path });
    case 'access-denied':
      return new FaultError({ code: 'access-denied', what: path, raw: 'STATUS_ACCESS_DENIED', ...lifted });
    case 'wrong-type':
      return malformed(path, 'No directory: a link in a silo is read, not followed; other objects hold nothing.');
    case 'malformed-name':
      return malformed(path, 'No name of the object namespace.');
    case 'unsupported':
      return malformed(
        path,
        `This host cannot list it, or more than ${MOST_ENTRIES.toLocaleString('en')} objects are in it.`,
      );
  }
}
