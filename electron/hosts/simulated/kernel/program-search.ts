import type { Win32 } from '../machine.ts';
import { isSystemCallError, STATUS, systemCallError } from './status.ts';

/** A program's file as CreateProcess found it. */
export interface FoundProgram {
  readonly path: string;
  /** As stored on disk. */
  readonly imageName: string;
  readonly programId: string;
}

const MARKER = /^MZ siloscope-program ([^\r\n]+)\r?\n/;
const LONGEST_MARKER = 200;
const MISSING: ReadonlySet<number> = new Set([STATUS.OBJECT_NAME_NOT_FOUND, STATUS.OBJECT_PATH_NOT_FOUND]);

/**
 * Finds the program that a command line starts, as CreateProcess does without an application name: the quoted name, or
 * without quotes ever longer beginnings up to each blank; a bare name in the working directory, System32, Windows and
 * PATH; `.exe` implied. Throws 0xC0000034 (or 0xC000003A for a missing directory), 0xC000007B for what is no program.
 */
export async function findProgram(win32: Win32, commandLine: string, cwd: string, path: string): Promise<FoundProgram> {
  let refusal: unknown;
  for (const name of programNames(commandLine)) {
    try {
      return await findByName(win32, name, cwd, path);
    } catch (error) {
      if (!isSystemCallError(error) || !MISSING.has(error.status)) throw error;
      refusal ??= error;
    }
  }
  throw refusal ?? systemCallError(STATUS.OBJECT_NAME_NOT_FOUND, commandLine);
}

/** The names a command line may mean, in the order in which CreateProcess tries them. */
export function programNames(commandLine: string): readonly string[] {
  const line = commandLine.trimStart();
  if (line.startsWith('"')) {
    const close = line.indexOf('"', 1);
    return [line.slice(1, close < 0 ? undefined : close)];
  }
  const names: string[] = [];
  for (const blank of line.matchAll(/[ \t]+/g)) names.push(line.slice(0, blank.index));
  names.push(line.trimEnd());
  return [...new Set(names)].filter(name => name !== '');
}

async function findByName(win32: Win32, name: string, cwd: string, path: string): Promise<FoundProgram> {
  const file = /\.[^\\/.]*$/.test(name) ? name : `${name}.exe`;
  if (/[\\/:]/.test(name)) return load(win32, fullPath(file, cwd));
  const places = [cwd, 'C:\\Windows\\System32', 'C:\\Windows', ...path.split(';')];
  for (const place of places) {
    const directory = place.replace(/^"|"$/g, '').replace(/\\+$/, '');
    if (directory === '') continue;
    try {
      return await load(win32, `${directory}\\${file}`);
    } catch (error) {
      // A place that cannot be read is passed over; a file that is found and is no program is not.
      if (!isSystemCallError(error) || error.status === STATUS.INVALID_IMAGE_FORMAT) throw error;
    }
  }
  throw systemCallError(STATUS.OBJECT_NAME_NOT_FOUND, name);
}

function fullPath(path: string, cwd: string): string {
  const slashed = path.replaceAll('/', '\\');
  if (/^([A-Za-z]:|\\\\)/.test(slashed)) return slashed;
  if (slashed.startsWith('\\')) return cwd.slice(0, 2) + slashed;
  return `${cwd.replace(/\\+$/, '')}\\${slashed}`;
}

async function load(win32: Win32, path: string): Promise<FoundProgram> {
  const { directory, name } = await win32.stat(path);
  if (directory) throw systemCallError(STATUS.ACCESS_DENIED, path);
  const head = new TextDecoder().decode((await win32.read(path)).subarray(0, LONGEST_MARKER));
  const programId = MARKER.exec(head)?.[1]?.trim();
  if (programId === undefined) throw systemCallError(STATUS.INVALID_IMAGE_FORMAT, path);
  return { path, imageName: name === '' ? (path.split('\\').at(-1) ?? path) : name, programId };
}
