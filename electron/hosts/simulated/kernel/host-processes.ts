import type { ProcessTable } from './process-table.ts';

const SYSTEM_PROCESS = 4;

/** What runs on any Windows host with Docker, in the order in which it comes up. */
const IMAGES: readonly (readonly [image: string, commandLine: string])[] = [
  ['smss.exe', '\\SystemRoot\\System32\\smss.exe'],
  ['csrss.exe', '%SystemRoot%\\system32\\csrss.exe ObjectDirectory=\\Windows SharedSection=1024,20480,768'],
  ['wininit.exe', 'wininit.exe'],
  ['services.exe', 'C:\\Windows\\system32\\services.exe'],
  ['lsass.exe', 'C:\\Windows\\system32\\lsass.exe'],
  ['winlogon.exe', 'winlogon.exe'],
  ['svchost.exe', 'C:\\Windows\\system32\\svchost.exe -k netsvcs -p'],
  ['svchost.exe', 'C:\\Windows\\system32\\svchost.exe -k NetworkService -p'],
  ['vmcompute.exe', 'C:\\Windows\\system32\\vmcompute.exe'],
  ['dockerd.exe', '"C:\\Program Files\\Docker\\dockerd.exe" --run-service'],
  ['explorer.exe', 'C:\\Windows\\Explorer.EXE'],
];

export function startHostProcesses(table: ProcessTable): void {
  table.create(0, 'System', '', SYSTEM_PROCESS);
  for (const [image, commandLine] of IMAGES) table.create(0, image, commandLine);
}
