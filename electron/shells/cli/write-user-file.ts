import { systemClock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { wordFileError } from '../../../shared/wording/word-file-error.ts';
import { type FileContent, replaceFile } from '../../services/settings/replace-file.ts';

/** Permissions of a new file that the user asked for, before their umask. */
const ORDINARY = 0o666;

/**
 * Writes a file that the user named, whole or not at all. Fails with `invalid-input`; `option` names where it was given.
 * `mode`: permissions of a new file.
 */
export async function writeUserFile(
  file: string,
  content: FileContent,
  option: string,
  mode = ORDINARY,
): Promise<void> {
  try {
    await replaceFile(file, content, { clock: systemClock, mode });
  } catch (caught) {
    // Where it came piece by piece, and no more of it came.
    if (caught instanceof FaultError) throw caught;
    const message = wordFileError(caught as NodeJS.ErrnoException, file, 'written');
    throw new FaultError({ code: 'invalid-input', issues: [{ path: option, message }] }, { cause: caught });
  }
}
