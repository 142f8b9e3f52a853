import { PROFILE_LABEL } from '../../../shared/domain/namespace.ts';
import type { Profile } from '../../../shared/domain/profile.ts';

/**
 * Whether a file system of these labels may hold, in its container, what it has not written to where it keeps it: its
 * profile has it waited for. A profile that is not known any more might have had.
 */
export function mayHoldUnwritten(labels: Readonly<Record<string, string>>, profiles: readonly Profile[]): boolean {
  const name = labels[PROFILE_LABEL];
  if (name === undefined || name === 'custom') return false;
  const profile = profiles.find(one => one.name === name);
  return profile === undefined || profile.stop?.some(({ kind }) => kind === 'wait') === true;
}
