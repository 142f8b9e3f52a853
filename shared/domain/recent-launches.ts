import type { RecentLaunch } from './recent-launch.ts';

/** So many are kept: what a menu can show. */
export const MOST_RECENT = 8;

/** The launches after one more: newest first, each profile and place once, eight at most. */
export function withRecentLaunch(known: readonly RecentLaunch[], launch: RecentLaunch): RecentLaunch[] {
  return [launch, ...known.filter(one => keyOf(one) !== keyOf(launch))].slice(0, MOST_RECENT);
}

/** Those whose profile is still there. */
export function launchable(
  known: readonly RecentLaunch[],
  profiles: readonly { readonly name: string }[],
): RecentLaunch[] {
  return known.filter(({ profile }) => profiles.some(({ name }) => name === profile));
}

/** Where it was mounted, as the profile's own place does not tell: `Y:, \\memfs\share`. */
export function recentPlace({ mountPoint, uncPrefix }: Pick<RecentLaunch, 'mountPoint' | 'uncPrefix'>): string {
  return [mountPoint, uncPrefix === undefined ? undefined : `\\${uncPrefix}`].filter(Boolean).join(', ');
}

const keyOf = ({ profile, mountPoint = '', uncPrefix = '' }: RecentLaunch): string =>
  [profile, mountPoint, uncPrefix].join('\0').toLowerCase();
