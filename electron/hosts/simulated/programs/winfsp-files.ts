import { programFile } from './program-file.ts';

const PROGRAMS = {
  'memfs-x64.exe': 'memfs',
  'fsptool-x64.exe': 'fsptool',
  'launchctl-x64.exe': 'launchctl',
  'launcher-x64.exe': 'launcher',
};

/** An installation of WinFsp; `installed: false` leaves nothing. */
export interface WinFspInstallation {
  readonly installed?: boolean;
  readonly installDirectory: string;
  readonly version: string;
  /** `missing-file`: somebody took the driver's files away. */
  readonly fsd?: 'stopped' | 'running' | 'missing-file';
  /** Side-by-side id, kept beside the DLL. Ground: winfsp src/dll/sxs.c. */
  readonly instance?: string;
}

/** What the WinFsp installer leaves in its directory: path -> text. */
export function winfspFiles(winfsp: WinFspInstallation): Readonly<Record<string, string>> {
  if (winfsp.installed === false) return {};
  const { version, instance = '' } = winfsp;
  const home = winfsp.installDirectory.replace(/\\+$/, '');
  const files: Record<string, string> = {
    [`${home}\\License.txt`]: 'WinFsp is free software; see https://winfsp.dev.\r\n',
  };
  for (const [name, id] of Object.entries(PROGRAMS)) files[`${home}\\bin\\${name}`] = programFile(id);
  // `bin` leads into the directory of the instance, which is where the driver's service looks.
  const places = instance === '' ? ['bin'] : ['bin', `SxS\\sxs.${instance}\\bin`];
  for (const name of ['winfsp-x64', 'winfsp-x86']) {
    files[`${home}\\bin\\${name}.dll`] = `MZ library ${name}.dll version ${version}\n`;
    if (winfsp.fsd !== 'missing-file') {
      for (const place of places)
        files[`${home}\\${place}\\${name}.sys`] = `MZ driver ${name}.sys version ${version}\n`;
    }
    if (instance !== '') files[`${home}\\bin\\${name}.sxs`] = `${instance}\n`;
  }
  return files;
}
