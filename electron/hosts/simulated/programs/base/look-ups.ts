import type { FileStat, Win32 } from '../../machine.ts';
import { isSystemCallError } from './nt-status.ts';

/** The first target of a DOS device name; undefined when the name leads nowhere. */
export function dosDeviceTarget(win32: Win32, name: string): string | undefined {
  try {
    return win32.queryDosDevice(name)[0];
  } catch (caught) {
    if (isSystemCallError(caught)) return undefined;
    throw caught;
  }
}

/** What is at a path; undefined when it cannot be opened, for whatever reason. */
export async function statIfThere(win32: Win32, path: string): Promise<FileStat | undefined> {
  try {
    return await win32.stat(path);
  } catch (caught) {
    if (isSystemCallError(caught)) return undefined;
    throw caught;
  }
}
