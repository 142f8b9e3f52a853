import { escapeUntrusted } from './plain-text.ts';

/** A logon session as a person reads it. */
export function wordSession(session: string): string {
  return session === 'global' ? 'every session' : `logon session ${escapeUntrusted(session)}`;
}

/** What follows from a letter being a session's. */
export const SESSION_NOTE =
  'A drive letter belongs to a logon session: an elevated program of the same user is in another one and does not have it.';

/** Mount points with whose they are, where that was observed: `H: (logon session 00000000-0002210f)`. */
export function wordMountPoints({
  mountPoints,
  letters = [],
}: {
  readonly mountPoints: readonly string[];
  readonly letters?: readonly { readonly mountPoint: string; readonly session: string }[] | undefined;
}): string {
  return mountPoints
    .map(path => {
      const sessions = letters.flatMap(({ mountPoint, session }) =>
        mountPoint.toLowerCase() === path.toLowerCase() ? [wordSession(session)] : [],
      );
      return sessions.length === 0 ? escapeUntrusted(path) : `${escapeUntrusted(path)} (${sessions.join(', ')})`;
    })
    .join(', ');
}
