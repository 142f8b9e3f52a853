import type { Ghost } from './findings.ts';
import { freeLetters } from './mount-point.ts';
import { HOST_NAMESPACE, type Namespace, type NamespaceId } from './namespace.ts';
import { classOf, proposeUniquePrefix, samePrefix } from './unc-prefix.ts';
import type { Volume } from './volume.ts';

/** Who has what is wished for. */
export interface Holder {
  readonly namespace: NamespaceId;
  readonly label: string;
  readonly device?: string;
}

/** Something that a launch wishes for and somebody has. */
export interface Collision {
  /** `server`: a real SMB server of that name answers; its shares would be shadowed or shadow the volume. */
  readonly what: 'mount-point' | 'prefix' | 'class' | 'server';
  readonly name: string;
  readonly by: readonly Holder[];
  readonly proposal?: string;
}

export interface TakenNames {
  readonly volumes: readonly Pick<Volume, 'device' | 'home' | 'uncPrefix' | 'mountPoints'>[];
  readonly namespaces: readonly Pick<Namespace, 'id' | 'label'>[];
  readonly ghosts?: readonly Ghost[] | undefined;
  /** Other drive letters in use, by namespace: local disks, network drives. */
  readonly letters?: ReadonlyMap<NamespaceId, readonly string[]> | undefined;
  readonly servers?: readonly string[] | undefined;
}

export interface Wish {
  /** Where it will be mounted; absent: in a container that is yet to be made, where only `C:` is taken. */
  readonly home?: NamespaceId | undefined;
  readonly mountPoint?: string | undefined;
  readonly uncPrefix?: string | undefined;
}

/**
 * What of a wish is taken, by whom, and what would be free. Drive letters collide within a namespace; UNC prefixes
 * collide across host and silos, and by their first part already (winfsp src/sys/mup.c). Hyper-V containers are on
 * another kernel and collide with nobody.
 */
export function findCollisions(wish: Wish, taken: TakenNames): Collision[] {
  return [...mountPointCollision(wish, taken), ...prefixCollision(wish, taken)];
}

/** Every prefix in use on this kernel, for a proposal. */
export function takenPrefixes(taken: TakenNames): string[] {
  const servers = (taken.servers ?? []).map(server => `\\${server}`);
  return [
    ...taken.volumes.flatMap(({ uncPrefix, home }) =>
      uncPrefix === undefined || home.startsWith('vm:') ? [] : [uncPrefix],
    ),
    ...servers,
  ];
}

/** Every letter in use in one namespace, with who has it. */
export function takenLetters(namespace: NamespaceId | undefined, taken: TakenNames): Map<string, Holder[]> {
  const letters = new Map<string, Holder[]>();
  const put = (mountPoint: string, holder: Holder): void => {
    const [, letter] = /^(?:\\\\[.?]\\)?([A-Za-z]):$/.exec(mountPoint) ?? [];
    if (letter !== undefined)
      letters.set(`${letter.toUpperCase()}:`, [...(letters.get(`${letter.toUpperCase()}:`) ?? []), holder]);
  };
  const label = labelOf(namespace ?? '', taken);
  put('C:', { namespace: namespace ?? HOST_NAMESPACE, label: namespace === undefined ? 'the container' : label });
  if (namespace === undefined) return letters;
  for (const volume of taken.volumes) {
    if (volume.home !== namespace) continue;
    for (const mountPoint of volume.mountPoints) put(mountPoint, { namespace, label, device: volume.device });
  }
  for (const ghost of taken.ghosts ?? [])
    if (ghost.namespace === namespace) put(ghost.mountPoint, { namespace, label });
  for (const letter of taken.letters?.get(namespace) ?? [])
    if (!letters.has(letter.toUpperCase())) put(letter, { namespace, label });
  return letters;
}

function mountPointCollision({ home, mountPoint }: Wish, taken: TakenNames): Collision[] {
  const [, letter] = /^(?:\\\\[.?]\\)?([A-Za-z]):$/.exec(mountPoint ?? '') ?? [];
  const letters = takenLetters(home, taken);
  const by = letter === undefined ? undefined : letters.get(`${letter.toUpperCase()}:`);
  if (letter === undefined || by === undefined) return [];
  const [proposal] = freeLetters(letters.keys());
  return [
    { what: 'mount-point', name: `${letter.toUpperCase()}:`, by, ...(proposal === undefined ? {} : { proposal }) },
  ];
}

function prefixCollision({ uncPrefix }: Wish, taken: TakenNames): Collision[] {
  if (uncPrefix === undefined) return [];
  const proposal = proposeUniquePrefix(takenPrefixes(taken), uncPrefix);
  const found: Collision[] = [];
  const rivals = taken.volumes.filter(
    volume =>
      volume.uncPrefix !== undefined &&
      !volume.home.startsWith('vm:') &&
      classOf(volume.uncPrefix) === classOf(uncPrefix),
  );
  const holders = rivals.map(({ home, device }): Holder => ({ namespace: home, label: labelOf(home, taken), device }));
  const same = rivals.flatMap((volume, index) =>
    volume.uncPrefix !== undefined && samePrefix(volume.uncPrefix, uncPrefix) ? (holders[index] ?? []) : [],
  );
  if (same.length > 0) found.push({ what: 'prefix', name: uncPrefix, by: same, proposal });
  else if (holders.length > 0) found.push({ what: 'class', name: classOf(uncPrefix), by: holders, proposal });
  const server = taken.servers?.find(name => classOf(name) === classOf(uncPrefix));
  if (server !== undefined)
    found.push({
      what: 'server',
      name: server,
      by: [{ namespace: HOST_NAMESPACE, label: `the server ${server}` }],
      proposal,
    });
  return found;
}

function labelOf(id: NamespaceId, { namespaces }: TakenNames): string {
  return namespaces.find(namespace => namespace.id === id)?.label ?? id;
}
