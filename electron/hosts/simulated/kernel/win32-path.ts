import { STATUS, systemCallError } from './status.ts';

const DRIVE = /^[A-Za-z]:/;

/**
 * The NT name of a full Win32 path, as RtlDosPathNameToNtPathName makes it: `C:\a\..\b` -> `\??\C:\b`,
 * `\\srv\share\f` -> `\??\UNC\srv\share\f`, `\\.\X:` -> `\??\X:`; `\\?\...` and `\??\...` are taken as they are.
 * Throws 0xC0000033 for a name no file system takes and 0xC000003B for a path that is not full.
 */
export function ntPath(path: string): string {
  if (path.includes('\0')) throw systemCallError(STATUS.OBJECT_NAME_INVALID, path);
  if (path.startsWith('\\\\?\\') || path.startsWith('\\??\\')) return `\\??\\${path.slice(4)}`;
  const slashed = path.replaceAll('/', '\\');
  if (slashed.startsWith('\\\\.\\')) return `\\??\\${normalised(slashed.slice(4), 0)}`;
  if (slashed.startsWith('\\\\')) return `\\??\\UNC\\${normalised(slashed.slice(2), 2)}`;
  if (isNullDevice(slashed)) return '\\??\\NUL';
  if (!DRIVE.test(slashed)) throw systemCallError(STATUS.OBJECT_PATH_SYNTAX_BAD, path);
  const drive = slashed.slice(0, 2).toUpperCase();
  return `\\??\\${drive}\\${normalised(slashed.slice(2), 0)}`;
}

/** `NUL` is a device in every directory, with any extension (RtlIsDosDeviceName). */
function isNullDevice(path: string): boolean {
  return /(^|[\\:])nul( *\.[^\\]*)? *:?$/i.test(path);
}

/** Resolves `.` and `..`, drops empty components and trailing dots and blanks; the first `kept` components stay. */
function normalised(path: string, kept: number): string {
  const result: string[] = [];
  for (const [index, given] of path.split('\\').entries()) {
    if (given === '.' || (given === '' && index > 0)) continue;
    if (given === '..') {
      if (result.length > kept) result.pop();
      continue;
    }
    const name = given.replace(/[. ]+$/, '');
    if (name !== '') result.push(name);
  }
  return result.join('\\');
}
