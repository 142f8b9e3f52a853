import { INSTALLED_PROGRAMS, WINFSP_NAMED } from '../fsd/read-winfsp-versions.ts';

import { KEPT_DRIVES, SIGN_IN } from '../inspection/read-servers.ts';

/**
 * Programs that only read, and what each is to tell. `{winfsp}` is WinFsp's directory and `{service}` its service, both
 * found out first. Ground: the check lists for a first run on real Windows.
 */
export const PROGRAMS: readonly (readonly string[])[] = [
  ['cmd.exe', '/d', '/c', 'ver'],
  ['whoami.exe', '/groups'],
  ['reg.exe', 'query', 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion'],
  ['reg.exe', 'query', 'HKLM\\SOFTWARE\\WOW6432Node\\WinFsp', '/v', 'InstallDir'],
  ['reg.exe', 'query', 'HKLM\\SOFTWARE\\WOW6432Node\\WinFsp', '/s'],
  ...INSTALLED_PROGRAMS.map(key => ['reg.exe', 'query', key, ...WINFSP_NAMED]),
  ['reg.exe', 'query', 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\NetworkProvider\\Order'],
  ['reg.exe', 'query', 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\WinFsp.Np', '/s'],
  ['reg.exe', 'query', 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Mup\\Parameters'],
  ['reg.exe', 'query', 'HKLM\\SOFTWARE\\OpenSSH', '/v', 'DefaultShell'],
  ['sc.exe', 'query', 'WinFsp'],
  ['sc.exe', 'query', '{service}'],
  ['sc.exe', 'qc', '{service}'],
  ['sc.exe', 'sdshow', '{service}'],
  ['{winfsp}\\bin\\fsptool-x64.exe', 'lsdrv'],
  ['{winfsp}\\bin\\fsptool-x64.exe', 'ver'],
  ['{winfsp}\\bin\\fsptool-x64.exe', 'lsvol'],
  ['hcsdiag.exe', 'list', '-raw'],
  ['net.exe', 'use'],
  KEPT_DRIVES,
  SIGN_IN,
  ['cmd.exe', '/d', '/c', 'dir', 'C:\\'],
];

/** What the Docker Engine is asked. `/events`: those that it still remembers. */
export const ENGINE_PATHS = [
  '/_ping',
  '/version',
  '/info',
  '/containers/json',
  '/images/json',
  '/networks',
  '/volumes',
  '/events',
] as const;

/** Directories of the host's own namespace. */
export const HOST_DIRECTORIES = ['\\', '\\Device', '\\GLOBAL??', '\\Silos'] as const;

/** Directories below a silo's root, relative to it. */
export const SILO_DIRECTORIES = ['', '\\Device', '\\GLOBAL??', '\\Sessions\\0\\DosDevices'] as const;

/** Links whose targets tell something, wherever they are found. */
export function isTelling(name: string): boolean {
  return /^(?:Mup|LanmanRedirector|WinFsp\..*|Volume\{.*|UNC|GLOBALROOT|Silos|[A-Z]:)$/i.test(name);
}
