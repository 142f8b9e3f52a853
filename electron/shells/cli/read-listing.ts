import { FaultError } from '../../../shared/contract/fault.ts';
import { ObjectListing } from '../../../shared/domain/object-entry.ts';
import { readUserJson } from './read-user-file.ts';

/** Whether what is compared with is a file: no container's name has a slash, and one that ends in `.json` has an id as well. */
export const isListingFile = (other: string): boolean => /[\\/]|\.json$/i.test(other);

/**
 * Reads a directory that `namespace --json` saved. Fails with `not-found` or with `invalid-input`, which says what of it is
 * not a listing, or that it is one of another directory than `path`.
 */
export async function readListing(file: string, path: string, option: string): Promise<ObjectListing> {
  const read = ObjectListing.safeParse(await readUserJson(file, option));
  if (!read.success) {
    const [first] = read.error.issues;
    const where = first === undefined || first.path.length === 0 ? '' : ` (${first.path.join('.')}: ${first.message})`;
    throw refused(option, `${file} is no directory that "siloscope namespace PATH --json" saved${where}`);
  }
  if (plain(read.data.path) !== plain(path)) {
    throw refused(option, `${file} has ${read.data.path}, not ${path}: only one directory can be compared with itself`);
  }
  return read.data;
}

const plain = (path: string): string => path.split('\\').filter(Boolean).join('\\').toLowerCase();

function refused(path: string, message: string): FaultError {
  return new FaultError({ code: 'invalid-input', issues: [{ path, message }] });
}
