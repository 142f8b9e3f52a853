import { rename, writeFile } from 'node:fs/promises';
import { FaultError } from '../../../shared/contract/fault.ts';

/**
 * Writes a text file that the user named: aside, then put in its place, so that it is whole or not there. Fails with
 * `invalid-input`; `option` names where it was given.
 */
export async function writeUserFile(file: string, text: string, option: string): Promise<void> {
  try {
    await writeFile(`${file}.part`, text);
    await rename(`${file}.part`, file);
  } catch (caught) {
    const message = caught instanceof Error ? caught.message : String(caught);
    throw new FaultError({ code: 'invalid-input', issues: [{ path: option, message }] }, { cause: caught });
  }
}
