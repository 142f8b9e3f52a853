import type { VolumeKind } from './volume.ts';

export type MountPoint =
  /** `Y:`: a link in the DosDevices of a logon session, or in the global one for LocalSystem. */
  | { readonly kind: 'drive'; readonly letter: string }
  /** `*`: WinFsp picks the last free letter. */
  | { readonly kind: 'any' }
  /** `\\.\Y:`: through the mount manager; disk volumes only, needs an administrator. */
  | { readonly kind: 'mount-manager'; readonly letter: string }
  /** `C:\mnt\data`: a junction; disk volumes only. */
  | { readonly kind: 'directory'; readonly path: string };

export type MountPointRefusal =
  | 'empty'
  | 'letter-without-colon'
  | 'trailing-backslash'
  | 'unc-path'
  | 'forward-slash'
  | 'relative-path'
  | 'illegal-character'
  | 'system-drive'
  | 'network-volume-needs-a-letter'
  | 'letter-taken';

export type MountPointVerdict =
  | { readonly ok: true; readonly mountPoint: MountPoint }
  | { readonly ok: false; readonly because: MountPointRefusal; readonly proposal?: string };

/** Reads a mount point as WinFsp takes it. Ground: winfsp src/dll/mount.c, inc/winfsp/winfsp.h (FspFileSystemSetMountPoint). */
export function parseMountPoint(text: string): MountPointVerdict {
  if (text.trim() === '') return { ok: false, because: 'empty' };
  if (text === '*' || text === '*:') return { ok: true, mountPoint: { kind: 'any' } };
  if (/^[A-Za-z]:$/.test(text))
    return { ok: true, mountPoint: { kind: 'drive', letter: text.charAt(0).toUpperCase() } };
  if (/^[A-Za-z]$/.test(text))
    return { ok: false, because: 'letter-without-colon', proposal: `${text.toUpperCase()}:` };
  if (/^[A-Za-z]:[\\/]+$/.test(text)) {
    return { ok: false, because: 'trailing-backslash', proposal: text.slice(0, 2).toUpperCase() };
  }
  const managed = /^\\\\[.?]\\([A-Za-z]):$/.exec(text);
  if (managed) return { ok: true, mountPoint: { kind: 'mount-manager', letter: (managed[1] ?? '').toUpperCase() } };
  if (text.startsWith('\\\\') || text.startsWith('//')) return { ok: false, because: 'unc-path' };
  if (text.includes('/')) return refuseSlashes(text);
  if (!/^[A-Za-z]:\\/.test(text)) return { ok: false, because: 'relative-path' };
  if (/[<>:"|?*]|\p{Cc}/u.test(text.slice(2))) return { ok: false, because: 'illegal-character' };
  return { ok: true, mountPoint: { kind: 'directory', path: text.replace(/\\+$/, '') } };
}

function refuseSlashes(text: string): MountPointVerdict {
  const proposal = text.replaceAll('/', '\\');
  return parseMountPoint(proposal).ok
    ? { ok: false, because: 'forward-slash', proposal }
    : { ok: false, because: 'forward-slash' };
}

/**
 * Judges a mount point for one volume in one namespace. A network volume takes a plain letter only: a directory is
 * refused with STATUS_NETWORK_ACCESS_DENIED and the mount manager with INVALID_PARAMETER.
 * Ground: winfsp src/dll/mount.c, src/sys/volume.c. `C:` is the system drive of every Windows and every container.
 */
export function judgeMountPoint(
  text: string,
  kind: VolumeKind,
  takenLetters: Iterable<string> = [],
): MountPointVerdict {
  const verdict = parseMountPoint(text);
  if (!verdict.ok) return verdict;
  const { mountPoint } = verdict;
  if (kind === 'network' && (mountPoint.kind === 'directory' || mountPoint.kind === 'mount-manager')) {
    return { ok: false, because: 'network-volume-needs-a-letter', ...proposal(takenLetters) };
  }
  if (mountPoint.kind !== 'drive' && mountPoint.kind !== 'mount-manager') return verdict;
  if (mountPoint.letter === 'C') return { ok: false, because: 'system-drive', ...proposal(takenLetters) };
  for (const taken of takenLetters) {
    if (taken.charAt(0).toUpperCase() === mountPoint.letter) {
      return { ok: false, because: 'letter-taken', ...proposal(takenLetters) };
    }
  }
  return verdict;
}

function proposal(taken: Iterable<string>): { readonly proposal?: string } {
  const [first] = freeLetters(taken);
  return first === undefined ? {} : { proposal: first };
}

/** Free drive letters, `Z:` first and `D:` last: the order in which WinFsp picks one for `*` (src/dll/mount.c). */
export function freeLetters(taken: Iterable<string>): string[] {
  const used = new Set(Array.from(taken, text => text.charAt(0).toUpperCase()));
  return Array.from('ZYXWVUTSRQPONMLKJIHGFED')
    .filter(letter => !used.has(letter))
    .map(letter => `${letter}:`);
}
