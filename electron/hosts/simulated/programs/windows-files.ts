import { programFile } from './program-file.ts';

/** Which Windows a C: drive belongs to: the machine itself, or the base image of a container (none of a Linux one). */
export type WindowsKind = 'host' | 'servercore' | 'server' | 'windows' | 'nanoserver' | 'linux';

/** In every Windows. */
const EVERYWHERE = [
  'cmd',
  'findstr',
  'hostname',
  'ipconfig',
  'more',
  'ping',
  'reg',
  'sc',
  'sort',
  'tasklist',
  'timeout',
  'where',
  'whoami',
  'xcopy',
];
/** Not in Nano Server. */
const FULL = ['find', 'net', 'subst', 'taskkill'];
/** On a host that can run containers. */
const HOST_ONLY = ['hcsdiag'];

const LIBRARIES = ['kernel32.dll', 'ntdll.dll', 'kernelbase.dll', 'ucrtbase.dll'];
/** winfsp-x64.dll needs shell32.dll, which Nano Server has not got. */
const FULL_LIBRARIES = ['advapi32.dll', 'shell32.dll', 'user32.dll'];

/** The files of a C: drive as Windows comes: path -> text, programs as `MZ siloscope-program <id>`. */
export function windowsFiles(kind: WindowsKind): Readonly<Record<string, string>> {
  if (kind === 'linux') return {};
  const nano = kind === 'nanoserver';
  const system = 'C:\\Windows\\System32';
  const files: Record<string, string> = {
    'C:\\Windows\\win.ini':
      '; for 16-bit app support\r\n[fonts]\r\n[extensions]\r\n[mci extensions]\r\n[files]\r\n[Mail]\r\nMAPI=1\r\n',
    [`${system}\\drivers\\etc\\hosts`]: '# 127.0.0.1 localhost\r\n# ::1 localhost\r\n',
  };
  Object.assign(files, kind === 'host' ? {} : profileFiles(nano));
  if (kind !== 'host') files['C:\\License.txt'] = 'Licence terms of the container base image.\r\n';
  const programs = [...EVERYWHERE, ...(nano ? [] : FULL), ...(kind === 'host' ? HOST_ONLY : [])];
  for (const id of programs) files[`${system}\\${id}.exe`] = programFile(id);
  for (const name of [...LIBRARIES, ...(nano ? [] : FULL_LIBRARIES)])
    files[`${system}\\${name}`] = `MZ library ${name}\n`;
  if (!nano) {
    files[`${system}\\WindowsPowerShell\\v1.0\\powershell.exe`] = programFile('powershell');
    for (const name of ['kernel32.dll', 'ntdll.dll', 'shell32.dll'])
      files[`C:\\Windows\\SysWOW64\\${name}`] = `MZ library ${name} (x86)\n`;
    files['C:\\Windows\\SysWOW64\\cmd.exe'] = programFile('cmd');
  }
  return files;
}

/** So that the directories of a container's C: are there: a tree is made of files only. */
function profileFiles(nano: boolean): Record<string, string> {
  const user = nano ? 'ContainerUser' : 'ContainerAdministrator';
  return {
    'C:\\Program Files\\Common Files\\system\\ado\\adovbs.inc': "' ADO constants\r\n",
    ...(nano ? {} : { 'C:\\Program Files (x86)\\Common Files\\System\\ado\\adovbs.inc': "' ADO constants\r\n" }),
    'C:\\ProgramData\\Microsoft\\Windows\\Caches\\cversions.2.db': '',
    'C:\\Users\\Public\\Documents\\desktop.ini': '[.ShellClassInfo]\r\n',
    [`C:\\Users\\${user}\\AppData\\Local\\Temp\\~DF0.tmp`]: '',
    'C:\\Windows\\Temp\\~DF0.tmp': '',
  };
}
