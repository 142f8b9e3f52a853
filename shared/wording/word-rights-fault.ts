import { assertNever } from '../base/assert-never.ts';
import type { Fault } from '../contract/fault.ts';
import { formatList } from './amounts.ts';
import { capital, type FaultWords, raw, safe } from './fault-words.ts';
import { wordElevationStep, wordNoElevation, wordPurpose } from './word-elevation.ts';
import { ANOTHER_FOLDER } from './word-place-fault.ts';
import { wordNoSeal, wordSealKind } from './word-secret.ts';

type RightsFault = Extract<
  Fault,
  {
    code:
      | 'secrets-missing'
      | 'secret-store-unavailable'
      | 'secret-locked'
      | 'elevation-unavailable'
      | 'elevation-lost'
      | 'elevation-refused'
      | 'access-denied';
  }
>;

/** Rights or secrets are lacking. */
export function wordRightsFault(fault: RightsFault): FaultWords {
  switch (fault.code) {
    case 'secrets-missing': {
      const [first] = fault.secrets;
      const names = fault.secrets.map(
        ({ name, title, locked }) =>
          `${safe(name)} (${safe(title)}${locked ? ': kept, but it cannot be opened here' : ''})`,
      );
      return {
        title: `${safe(fault.profile)} needs ${fault.secrets.length === 1 ? 'a secret that is' : 'secrets that are'} not here.`,
        cause: `Missing: ${formatList(names)}.`,
        next: 'Set it once, or give it with this launch: --secret NAME=@FILE, NAME=- or NAME=env:VARIABLE.',
        command: `siloscope secrets set ${safe(first?.name ?? 'NAME')}`,
      };
    }
    case 'secret-store-unavailable':
      return {
        title: 'Nothing here keeps a secret safely.',
        cause: wordNoSeal(fault.because),
        next: 'Give it with each launch, --secret NAME=@FILE, NAME=- or NAME=env:VARIABLE, or set it in a running Siloscope (--connect), which holds it until it ends.',
      };
    case 'secret-locked':
      return {
        title: `The secret "${safe(fault.name)}" cannot be opened here.`,
        cause:
          fault.because === 'other-program'
            ? `${wordSealKind(fault.sealedBy)} sealed it, and is not at hand here.`
            : `${wordSealKind(fault.sealedBy)} does not open it: another user, another machine, or a password that was reset.`,
        next: 'Set it anew, or give it with this launch.',
        command: `siloscope secrets set ${safe(fault.name)}`,
      };
    case 'elevation-unavailable':
      return {
        title: `Nobody can be asked for the rights to ${wordPurpose(fault.purpose)}.`,
        cause: wordNoElevation(fault.because),
        next: wordElevationStep(fault.because),
      };
    case 'elevation-lost':
      return {
        title: `The helper with the rights to ${wordPurpose(fault.purpose)} is gone.`,
        cause: `${capital(safe(fault.reason))}.`,
        next: 'Ask again; Windows will ask you once more.',
      };
    case 'elevation-refused':
      return {
        title: `The rights to ${wordPurpose(fault.purpose)} were not given.`,
        cause: 'The prompt of Windows was answered with No, or not at all.',
        next: 'Nothing was done. Ask again and answer with Yes, or go on without.',
      };
    case 'access-denied':
      return {
        title: `No access to ${safe(fault.what)}.`,
        cause:
          fault.perhapsOpen === true
            ? 'Windows does not let it be replaced: another program has it open, or this user may not.'
            : 'This user may not do that.',
        next:
          fault.perhapsOpen === true
            ? 'Close what has it open, such as an editor, and try again. Nothing in it was changed.'
            : fault.elevation === undefined
              ? fault.kept === true
                ? `Ask for the right to it, or ${ANOTHER_FOLDER}`
                : 'Ask for the right, or run this once as administrator.'
              : `Ask an administrator for the rights to ${wordPurpose(fault.elevation)}: by the button with the shield, or by --elevate.`,
        ...raw(fault.raw),
      };
    default:
      return assertNever(fault, 'fault');
  }
}
