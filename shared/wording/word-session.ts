import type { LogonSession } from '../domain/host-facts.ts';
import { escapeUntrusted } from './plain-text.ts';

/** A logon session as a person reads it. `known`: those of the asker, of which more can be said. */
export function wordSession(session: string, known: readonly LogonSession[] = []): string {
  if (session === 'global') return 'every session';
  const name = `logon session ${escapeUntrusted(session)}`;
  const own = known.find(({ id }) => id.toLowerCase() === session.toLowerCase());
  if (own === undefined) return known.length === 0 ? name : `${name}, none of yours that is known`;
  const rights = own.elevated ? 'elevated' : 'not elevated';
  return `${name}, ${own.own ? `your own, ${rights}` : `your ${own.elevated ? 'elevated' : 'normal'} one`}`;
}

/** What follows from a letter being a session's. */
export const SESSION_NOTE =
  'A drive letter belongs to a logon session: an elevated program of the same user is in another one and does not have it.';

/** Which sessions the asker has; empty where nobody could tell. */
export function wordOwnSessions(known: readonly LogonSession[]): string {
  const [first, ...more] = [...known].sort((a, b) => Number(b.own) - Number(a.own));
  if (first === undefined) return '';
  const own = `Looked at from logon session ${escapeUntrusted(first.id)} (${first.elevated ? 'elevated' : 'not elevated'})`;
  const others = more.map(
    ({ id, elevated }) => `${elevated ? 'elevated' : 'normal'} programs of the same user are in ${escapeUntrusted(id)}`,
  );
  return `${[own, ...others].join('; ')}.`;
}

/** Mount points with whose they are, where that was observed: `H: (logon session 00000000-0002210f)`. */
export function wordMountPoints(
  {
    mountPoints,
    letters = [],
  }: {
    readonly mountPoints: readonly string[];
    readonly letters?: readonly { readonly mountPoint: string; readonly session: string }[] | undefined;
  },
  known: readonly LogonSession[] = [],
): string {
  return mountPoints
    .map(path => {
      const sessions = letters.flatMap(({ mountPoint, session }) =>
        mountPoint.toLowerCase() === path.toLowerCase() ? [wordSession(session, known)] : [],
      );
      return sessions.length === 0 ? escapeUntrusted(path) : `${escapeUntrusted(path)} (${sessions.join(', ')})`;
    })
    .join(', ');
}
