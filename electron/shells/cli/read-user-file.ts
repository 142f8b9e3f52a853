import { readFile } from 'node:fs/promises';
import { FaultError } from '../../../shared/contract/fault.ts';
import { wordFileError } from '../../../shared/wording/word-file-error.ts';

/** Reads a text file that the user named. Fails with `not-found` or `invalid-input`; `option` names where it was given. */
export async function readUserFile(path: string, option: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (caught) {
    const error = caught as NodeJS.ErrnoException;
    if (error.code === 'ENOENT')
      throw new FaultError({ code: 'not-found', what: 'file', name: path }, { cause: caught });
    throw new FaultError(
      { code: 'invalid-input', issues: [{ path: option, message: wordFileError(error, path, 'read') }] },
      { cause: caught },
    );
  }
}

/** The same, as JSON. */
export async function readUserJson(path: string, option: string): Promise<unknown> {
  const text = await readUserFile(path, option);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (caught) {
    const message = `${path} is not JSON: ${caught instanceof Error ? caught.message : String(caught)}`;
    throw new FaultError({ code: 'invalid-input', issues: [{ path: option, message }] }, { cause: caught });
  }
}
