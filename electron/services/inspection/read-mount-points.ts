import type { ObjectNamespace, ObjectRefusal } from '../../hosts/host.ts';
import { inParallel } from '../in-parallel.ts';
import { walkDirectory } from '../silos/walk-directory.ts';

/** A drive letter of a namespace and the NT name it stands for, as the link says it. */
export interface DosLink {
  /** `Y:`. */
  readonly mountPoint: string;
  /** `\Device\Volume{guid}\class\instance`. */
  readonly target: string;
  /** Whose it is: a logon session's LUID as its directory is named, or `global`. Absent: the caller's own. */
  readonly session?: string;
}

const AT_ONCE = 16;

/** Everybody's drive letters, which those of a logon session shadow. */
export const GLOBAL_SESSION = 'global';

/** A list of drive letters, or one of them, that could not be read: letters may be there that nobody saw. */
export interface UnreadLetters {
  /** As the object namespace has it. */
  readonly path: string;
  readonly refused: ObjectRefusal;
}

/** What was read, and what was refused: a list that is refused is not an empty one. */
export interface MountPoints {
  readonly links: readonly DosLink[];
  readonly unread: readonly UnreadLetters[];
}

/**
 * Reads the drive letters of one namespace: those of every logon session and the global ones. `root` is empty for the
 * host and `\Silos\<id>` for a silo. A session's directory is its owner's; where all of them are refused on the host, `\??`
 * shows the caller's own. Ground: Microsoft, "Local and Global MS-DOS Device Names"; Windows Internals 7, ch. 3.
 */
export async function readMountPoints(
  objects: ObjectNamespace,
  root: string,
  signal?: AbortSignal,
): Promise<MountPoints> {
  const sessions = await walkDirectory(objects, root, ['Sessions', '0', 'DosDevices'], signal);
  const global = await walkDirectory(objects, root, ['GLOBAL??'], signal);
  const directories: readonly { readonly path: string; readonly session?: string }[] = [
    ...('entries' in sessions
      ? sessions.entries.flatMap(({ type, name }) =>
          type === 'Directory' ? [{ path: `${sessions.path}\\${name}`, session: name.toLowerCase() }] : [],
        )
      : root === ''
        ? [{ path: '\\??' }]
        : []),
    ...('entries' in global ? [{ path: global.path, session: GLOBAL_SESSION }] : []),
  ];
  // How many sessions a silo has is its own affair.
  const read = await inParallel(directories, AT_ONCE, async ({ path, session }): Promise<MountPoints> => {
    const { links, unread } = await linksOf(objects, path, signal);
    return { links: session === undefined ? links : links.map(link => ({ ...link, session })), unread };
  });
  const seen = new Set<string>();
  return {
    links: read
      .flatMap(({ links }) => links)
      .filter(link => {
        const key = `${link.session ?? ''} ${link.mountPoint} ${link.target}`;
        if (seen.has(key)) return false;
        seen.add(key);
        return true;
      }),
    unread: [
      ...unreadAt(`${root}\\Sessions\\0\\DosDevices`, sessions),
      ...unreadAt(`${root}\\GLOBAL??`, global),
      ...read.flatMap(({ unread }) => unread),
    ],
  };
}

/** What is not there has nothing in it. */
function unreadAt(path: string, answer: { readonly refused: ObjectRefusal } | object): readonly UnreadLetters[] {
  return 'refused' in answer && answer.refused !== 'not-found' ? [{ path, refused: answer.refused }] : [];
}

async function linksOf(objects: ObjectNamespace, directory: string, signal?: AbortSignal): Promise<MountPoints> {
  const listed = await objects.list(directory, signal);
  if ('refused' in listed) return { links: [], unread: unreadAt(directory, listed) };
  const drives = listed.entries.filter(entry => entry.type === 'SymbolicLink' && /^[A-Za-z]:$/.test(entry.name));
  const read = await Promise.all(
    drives.map(async (drive): Promise<MountPoints> => {
      const path = `${directory}\\${drive.name}`;
      const link = await objects.readLink(path, signal);
      return 'target' in link
        ? { links: [{ mountPoint: drive.name.toUpperCase(), target: link.target }], unread: [] }
        : { links: [], unread: unreadAt(path, link) };
    }),
  );
  return { links: read.flatMap(({ links }) => links), unread: read.flatMap(({ unread }) => unread) };
}
