import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import { samePrefix } from '../../../shared/domain/unc-prefix.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import type { ObjectNamespace } from '../../hosts/host.ts';
import { isContainerDisk } from '../leads-to-partition.ts';
import type { NamespaceView } from '../silos/namespace-view.ts';
import type { Surroundings } from '../surroundings.ts';
import { volumeIn } from './merge-witnesses.ts';
import { readMountPoints } from './read-mount-points.ts';

/** Where a letter of the host leads for whoever asks. `unread`: it may lead anywhere, to a server as well. */
export type LetterEnd = 'here' | 'elsewhere' | 'nowhere' | 'unread';

const isLetter = (mountPoint: string): boolean => /^[A-Z]:$/i.test(mountPoint);

/** The NT name is that of the volume's root: its device, and behind it the prefix of a network volume and nothing else. */
function leadsTo(target: string, { device, uncPrefix }: Volume): boolean {
  const found = volumeIn(target);
  if (found === undefined || `\\device\\${found.name}` !== device.toLowerCase()) return false;
  const rest = (found.rest ?? '').replace(/\\+$/, '');
  return uncPrefix === undefined ? rest === '' : samePrefix(rest, uncPrefix);
}

/**
 * Where the letter leads in this session of the host. Its link is read and nothing is opened: a session's own letter shadows
 * a global one, and may be a server's. Ground: Microsoft, "Local and Global MS-DOS Device Names".
 */
export async function letterEnd(
  objects: ObjectNamespace,
  mountPoint: string,
  volume: Volume,
  signal?: AbortSignal,
): Promise<LetterEnd> {
  const link = await objects.readLink(`\\??\\${mountPoint}`, signal);
  if ('target' in link) return leadsTo(link.target, volume) ? 'here' : 'elsewhere';
  return link.refused === 'not-found' ? 'nowhere' : 'unread';
}

/** Whose letter is sought. */
export interface LetterSought {
  readonly volume: Volume;
  readonly home: NamespaceView | undefined;
  /** Its home's fsptool listed it, with the letter that leads to it for programs run there, if one does. */
  readonly listed: boolean;
  readonly listedLetter: string | undefined;
}

/**
 * The letter that leads to the volume for a program which is run in its home, on the host for this session. A letter of
 * another session is none: where it leads for that program nobody has said.
 */
export async function ownLetter(
  { host: { objects } }: Pick<Surroundings, 'host'>,
  { volume, home, listed, listedLetter }: LetterSought,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const letters = volume.mountPoints.filter(isLetter);
  if (home === undefined || letters.length === 0) return undefined;
  if (home.namespace.id === HOST_NAMESPACE) {
    for (const letter of letters) if ((await letterEnd(objects, letter, volume, signal)) === 'here') return letter;
    return undefined;
  }
  // fsptool was run there as the look will be: it asked in the same session.
  if (listed) return listedLetter;
  const { siloId } = home.namespace;
  if (siloId === undefined) return undefined;
  const { links, unread } = await readMountPoints(objects, `\\Silos\\${siloId}`, signal);
  if (unread.length > 0) return undefined;
  return letters.find(letter => {
    const all = links.filter(({ mountPoint }) => mountPoint === letter.toUpperCase());
    return all.length > 0 && all.every(({ target }) => leadsTo(target, volume));
  });
}

/**
 * The directory on which the volume is mounted in its silo, as its program's command line says, where the letter before it
 * leads to the container's own disk. Its link is read and nothing is opened: behind another one there may be a server, or
 * a file system that makes up its answers. On the host nobody is run to look.
 */
export async function ownDirectory(
  { host: { objects } }: Pick<Surroundings, 'host'>,
  { volume, home }: Pick<LetterSought, 'volume' | 'home'>,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const directories = volume.mountPoints.filter(one => /^[A-Z]:\\/i.test(one));
  const siloId = home?.namespace.siloId;
  if (directories.length === 0 || home?.container === undefined || siloId === undefined) return undefined;
  const { links, unread } = await readMountPoints(objects, `\\Silos\\${siloId}`, signal);
  if (unread.length > 0) return undefined;
  return directories.find(directory => {
    const all = links.filter(({ mountPoint }) => mountPoint === directory.slice(0, 2).toUpperCase());
    return all.length > 0 && all.every(({ target }) => isContainerDisk(target));
  });
}
