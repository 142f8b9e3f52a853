import { judgeMountPoint } from '../../../shared/domain/mount-point.ts';
import { parseUncPrefix, proposeUniquePrefix, sameClass, uncPath } from '../../../shared/domain/unc-prefix.ts';
import type { VolumeKind } from '../../../shared/domain/volume.ts';
import { launchScreenWords } from '../../../shared/wording/screen-launch.ts';
import { wordMountPointRefusal, wordUncPrefixRefusal } from '../../../shared/wording/word-refusal.ts';

/** What is said below a field, and what to write instead. */
export interface FieldCheck {
  readonly state: 'none' | 'success' | 'warning' | 'error';
  readonly message?: string;
  readonly proposal?: string;
}

const FINE: FieldCheck = { state: 'none' };

/** A prefix in use, and who uses it. */
export interface TakenPrefix {
  readonly prefix: string;
  readonly by: string;
}

/** Judges a mount point as it is typed. A letter of another container is no collision: each has its own letters. */
export function checkMountPoint(text: string, kind: VolumeKind): FieldCheck {
  if (text.trim() === '') return FINE;
  const verdict = judgeMountPoint(text.trim(), kind);
  if (verdict.ok) return FINE;
  return {
    state: 'error',
    message: wordMountPointRefusal(verdict.because),
    ...(verdict.proposal === undefined ? {} : { proposal: verdict.proposal }),
  };
}

/** Judges a UNC prefix as it is typed, and against the prefixes of running file systems. */
export function checkUncPrefix(text: string, taken: readonly TakenPrefix[]): FieldCheck {
  if (text.trim() === '') return FINE;
  const parsed = parseUncPrefix(text.trim());
  if (!parsed.ok) {
    return {
      state: 'error',
      message: wordUncPrefixRefusal(parsed.because),
      ...(parsed.proposal === undefined ? {} : { proposal: parsed.proposal }),
    };
  }
  const rival = taken.find(({ prefix }) => sameClass(prefix, parsed.prefix));
  if (rival === undefined) return { state: 'none', message: launchScreenWords.uncPath(uncPath(parsed.prefix)) };
  return {
    state: 'warning',
    message: launchScreenWords.classTaken(rival.by),
    proposal: proposeUniquePrefix(
      taken.map(({ prefix }) => prefix),
      parsed.prefix,
    ),
  };
}
