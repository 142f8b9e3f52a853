import { programFile } from '../program-file.ts';
import { WINFSP } from './boot.ts';

/** File systems that other projects make, as files of a silo; one of them without WinFsp's DLL at hand. */
export const TOOLS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['rclone', 'juicefs', 'hubfs'].map(id => [`C:\\Tools\\${id}.exe`, programFile(id)])),
  // Its own folder, and no path, is where it has the DLL from.
  'C:\\Ssh\\sshfs-win.exe': programFile('sshfs-win'),
  'C:\\Ssh\\winfsp-x64.dll': 'MZ library winfsp-x64.dll\n',
  'C:\\Bare\\sshfs-win.exe': programFile('sshfs-win'),
};

/** A start that finds WinFsp's DLL on its path. */
export const WITH_WINFSP = { environment: { Path: `C:\\Windows\\System32;${WINFSP}\\bin`, COMPUTERNAME: 'A' } };
