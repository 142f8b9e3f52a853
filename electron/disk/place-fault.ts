import type { Fault, PlaceRefusal } from '../../shared/contract/fault-schema.ts';

const REFUSALS: ReadonlyMap<string, PlaceRefusal> = new Map([
  ['ENOTDIR', 'not-a-folder'],
  ['EEXIST', 'not-a-folder'],
  ['EISDIR', 'a-folder'],
  ['ENOENT', 'not-there'],
  ['EROFS', 'read-only'],
  ['ENAMETOOLONG', 'too-long'],
  ['ELOOP', 'link-circle'],
]);
const DENIED = new Set(['EACCES', 'EPERM', 'EBUSY']);
const FULL = new Set(['ENOSPC', 'EDQUOT']);

/**
 * What an error of the system says of a place where Siloscope keeps something; undefined for one that nobody here has
 * met. `path`: what was wanted, for people. `at`: the part of it that is in the way.
 */
export function placeFault(error: unknown, path: string, at: string): Fault | undefined {
  const code = codeOf(error);
  if (code === '' || !(error instanceof Error)) return undefined;
  if (FULL.has(code)) return { code: 'disk-full', path: at, raw: error.message, kept: true };
  if (DENIED.has(code)) return { code: 'access-denied', what: at, raw: error.message, kept: true };
  const because = REFUSALS.get(code);
  return because === undefined ? undefined : { code: 'place-unusable', path, at, because, raw: error.message };
}

/** What stands above a place makes it impossible, as a file does, or a link in a circle: none can be there. */
export function isInTheWay(error: unknown): boolean {
  return ['ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(codeOf(error));
}

/** The system's name of an error, such as `ENOENT`; empty where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
