import type { ElevationPurpose, NoElevation } from '../domain/elevation.ts';

/** What an administrator is asked for, after "to". */
export const PURPOSE_WORDS: Readonly<Record<ElevationPurpose, string>> = {
  'look-into-silos': 'look into silos',
  'unload-fsd': 'unload the WinFsp driver',
  'start-engine': 'start the Docker service',
};

/** What an administrator is asked for, after "to". */
export const wordPurpose = (purpose: ElevationPurpose): string => PURPOSE_WORDS[purpose];

const REASONS: Readonly<Record<NoElevation, string>> = {
  'fixed-rights': 'A session over SSH has the rights of the account that signed in, and asks for no more.',
  recording: 'A recording answers what was recorded; nothing is done on it.',
  'no-prompt': 'Windows shows no prompt in this session: nobody is there to say yes.',
};

const NEXT_STEPS: Readonly<Record<NoElevation, string>> = {
  'fixed-rights': 'Sign in as an administrator of that host: --host ssh://administrator@host.',
  recording: 'Ask the host itself, or make the recording as an administrator.',
  'no-prompt': 'Start Siloscope in a session that is an administrator already, e.g. from an elevated terminal.',
};

/** Why nobody can be asked for an administrator's rights. */
export const wordNoElevation = (because: NoElevation): string => REASONS[because];

/** How to come by an administrator's rights all the same. */
export const wordElevationStep = (because: NoElevation): string => NEXT_STEPS[because];
