import { FaultError } from '../../../shared/contract/fault.ts';
import { isGuardedPath } from '../../../shared/domain/elevation.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import type { ObjectEntry, ObjectRefusal } from '../../hosts/host.ts';
import { canBeAsked } from '../elevation/can-be-asked.ts';
import { inParallel } from '../in-parallel.ts';
import { readNamespaces } from '../silos/read-namespaces.ts';
import { walkDirectory } from '../silos/walk-directory.ts';
import type { Surroundings } from '../surroundings.ts';

export interface ListedNamespace {
  readonly path: string;
  readonly namespace: string;
  readonly entries: readonly { readonly name: string; readonly type: string; readonly target?: string }[];
}

/**
 * Lists a directory of the object namespace, links with their targets; `within` a container, as its silo has it. There
 * no link is walked through: opened from here it would lead to the host's objects. Sorted by name.
 */
export async function listNamespace(
  around: Surroundings,
  path: string,
  within: string | undefined,
  signal?: AbortSignal,
): Promise<ListedNamespace> {
  if (!path.startsWith('\\') || path.includes('\u0000'))
    throw malformed(path, 'A path of the object namespace starts with a backslash.');
  const parts = path.split('\\').filter(part => part !== '');
  const shown = `\\${parts.join('\\')}`;
  const room = within === undefined ? { root: '', id: HOST_NAMESPACE } : await findSilo(around, within, signal);
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
  const entries = await inParallel([...listed.entries].sort(byName), 16, async entry => {
    if (entry.type !== 'SymbolicLink') return entry;
    const link = await around.host.objects.readLink(`${directory}\\${entry.name}`, signal);
    return 'target' in link ? { ...entry, target: link.target } : entry;
  });
  return { path: shown, namespace: room.id, entries };
}

const byName = (one: ObjectEntry, other: ObjectEntry): number =>
  one.name < other.name ? -1 : one.name > other.name ? 1 : 0;

function listHost(
  around: Surroundings,
  path: string,
  signal?: AbortSignal,
): Promise<{ readonly entries: readonly ObjectEntry[] } | { readonly refused: ObjectRefusal }> {
  return around.host.objects.list(path, signal);
}

async function findSilo(
  around: Surroundings,
  container: string,
  signal?: AbortSignal,
): Promise<{ readonly root: string; readonly id: string }> {
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
  if (named.namespace.id === HOST_NAMESPACE) return { root: '', id: HOST_NAMESPACE };
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
  return { root: `\\Silos\\${named.namespace.siloId}`, id: named.namespace.id };
}

function malformed(path: string, message: string): FaultError {
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
      return malformed(path, 'This host cannot list it.');
  }
}
