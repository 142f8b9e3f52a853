import type { ObjectNamespace } from '../../hosts/host.ts';
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

/** Everybody's drive letters, which those of a logon session shadow. */
export const GLOBAL_SESSION = 'global';

/**
 * Reads the drive letters of one namespace: those of every logon session and the global ones. `root` is empty for the
 * host and `\Silos\<id>` for a silo. What is refused is left out: a session's directory is its owner's.
 * Ground: Microsoft, "Local and Global MS-DOS Device Names"; Windows Internals 7, ch. 3.
 */
export async function readMountPoints(
  objects: ObjectNamespace,
  root: string,
  signal?: AbortSignal,
): Promise<readonly DosLink[]> {
  const sessions = await walkDirectory(objects, root, ['Sessions', '0', 'DosDevices'], signal);
  const global = await walkDirectory(objects, root, ['GLOBAL??'], signal);
  const directories: readonly { readonly path: string; readonly session?: string }[] = [
    ...('entries' in sessions
      ? sessions.entries.flatMap(({ type, name }) =>
          type === 'Directory' ? [{ path: `${sessions.path}\\${name}`, session: name.toLowerCase() }] : [],
        )
      : // Not allowed to look at everybody's: `\??` at least shows the caller's own.
        root === ''
        ? [{ path: '\\??' }]
        : []),
    ...('entries' in global ? [{ path: global.path, session: GLOBAL_SESSION }] : []),
  ];
  const links = await Promise.all(
    directories.map(async ({ path, session }) =>
      (await linksOf(objects, path, signal)).map(link => (session === undefined ? link : { ...link, session })),
    ),
  );
  const seen = new Set<string>();
  return links.flat().filter(link => {
    const key = `${link.session ?? ''} ${link.mountPoint} ${link.target}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

async function linksOf(objects: ObjectNamespace, directory: string, signal?: AbortSignal): Promise<readonly DosLink[]> {
  const listed = await objects.list(directory, signal);
  if ('refused' in listed) return [];
  const drives = listed.entries.filter(entry => entry.type === 'SymbolicLink' && /^[A-Za-z]:$/.test(entry.name));
  const read = await Promise.all(
    drives.map(async drive => {
      const link = await objects.readLink(`${directory}\\${drive.name}`, signal);
      return 'target' in link ? [{ mountPoint: drive.name.toUpperCase(), target: link.target }] : [];
    }),
  );
  return read.flat();
}
