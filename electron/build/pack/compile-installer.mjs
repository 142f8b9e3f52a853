// Compiles what the installer does besides laying out files, with what electron-builder's templates have for it. Nothing
// else here reads it: an installer is made on demand only, with tools that are fetched.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './stage.mjs';

const script = (own, out) => `Unicode true
!include LogicLib.nsh
!define APP_FILENAME "Siloscope"
!define APP_EXECUTABLE_FILENAME "Siloscope.exe"
!define isUpdated \`1 = 0\`
Var installMode
Var appExe
Var perUserInstallationFolder
!include "${own}"
OutFile "${join(out, 'installer.exe')}"
Section
  StrCpy $installMode "all"
  StrCpy $appExe "$INSTDIR\\Siloscope.exe"
  StrCpy $perUserInstallationFolder ""
  !insertmacro customInstall
  WriteUninstaller "$INSTDIR\\Uninstall Siloscope.exe"
SectionEnd
Section "un.install"
  !insertmacro customUnInstall
SectionEnd
`;

/** The faults of installer.nsh, warnings too; undefined where there is no makensis (Debian: nsis). */
export function compileInstaller(folder) {
  const file = join(folder, 'installer.nsi');
  writeFileSync(file, script(join(root, 'electron', 'build', 'pack', 'installer.nsh'), folder));
  const { error, status, stdout, stderr } = spawnSync('makensis', ['-V2', '-WX', '-NOCD', file], { encoding: 'utf8' });
  if (error !== undefined) return undefined;
  return status === 0 ? [] : [`installer.nsh does not compile: ${(stdout + stderr).trim()}`];
}
