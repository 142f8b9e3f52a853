import type { Clock } from '../../../../shared/base/clock.ts';
import type { Scenario } from '../scenario/schema.ts';
import { NtfsStore } from './ntfs-store.ts';

/** What Windows and its user files take; the rest of C: is free. */
const USED_BYTES = 96_636_764_160;
const SERIAL_NUMBER = 0x9c2f_41d7;

/** How scenarios name a program. */
const PROGRAM = /^program:(\S+)$/;

const DIRECTORIES = [
  '\\Program Files',
  '\\Program Files (x86)',
  '\\ProgramData\\docker',
  '\\Users\\Public',
  '\\Windows\\System32\\drivers',
  '\\Windows\\System32\\config\\systemprofile',
  '\\Windows\\SysWOW64',
  '\\Windows\\Temp',
];

/** The host's C:, with the directories every Windows has and the scenario's files. */
export function buildSystemDisk(
  clock: Clock,
  options: { readonly windows: Scenario['windows']; readonly hostFiles: Readonly<Record<string, string>> },
): NtfsStore {
  const { windows, hostFiles } = options;
  const store = new NtfsStore(clock, {
    label: 'Windows',
    totalBytes: USED_BYTES + windows.freeBytes,
    usedBytes: USED_BYTES,
    serialNumber: SERIAL_NUMBER,
  });
  for (const directory of [...DIRECTORIES, `\\Users\\${windows.user}\\AppData\\Local\\Temp`])
    store.makeDirectories(directory);
  const encoder = new TextEncoder();
  for (const [path, content] of Object.entries(hostFiles)) {
    const inner = path.replaceAll('/', '\\').replace(/^[A-Za-z]:/, '');
    const slash = inner.lastIndexOf('\\');
    if (slash > 0) store.makeDirectories(inner.slice(0, slash));
    store.writeNow(inner, encoder.encode(content.replace(PROGRAM, 'MZ siloscope-program $1\n')));
  }
  return store;
}
