import type { NtStatus, ProgramContext } from '../../machine.ts';
import { isSystemCallError, STATUS, winfspStatusOfWin32 } from '../base/nt-status.ts';
import { parentPath } from '../base/win32-path.ts';
import type { WinFspDll } from './winfsp-dll.ts';

/** The registry value by which WinFsp knows a container. Ground: winfsp src/dll/fsctl.c, FspFsctlRunningInContainer. */
export function runsInContainer(context: ProgramContext): boolean {
  const control = context.win32.registryKey('HKLM\\SYSTEM\\CurrentControlSet\\Control');
  const marked = control?.values.some(
    ({ name, type }) => name.toLowerCase() === 'containertype' && type === 'REG_DWORD',
  );
  return marked === true || context.win32.subject.silo !== 0;
}

/** The driver that belongs to a DLL: the one installed with it, else the last by name. */
export function driverOf(
  context: ProgramContext,
  dll: WinFspDll,
): { readonly name: string; readonly version: string } | undefined {
  const drivers = context.win32.winfsp.drivers();
  const home = parentPath(dll.path).toLowerCase();
  return (
    drivers.find(({ imagePath }) => parentPath(imagePath.replace(/^\\\?\?\\/, '')).toLowerCase() === home) ??
    [...drivers].sort((a, b) => (a.name < b.name ? -1 : 1)).at(-1)
  );
}

/** FspFsctlStartService: 0, or why not. In a container it is skipped and succeeds. */
export async function startFsd(context: ProgramContext, dll: WinFspDll): Promise<NtStatus> {
  if (runsInContainer(context)) return 0;
  const driver = driverOf(context, dll);
  if (driver === undefined) return STATUS.noSuchDevice;
  try {
    await context.win32.startService(driver.name);
    return 0;
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    if (caught.win32 === 1056) return 0;
    return caught.win32 === 1060 ? STATUS.noSuchDevice : winfspStatusOfWin32(caught.win32);
  }
}
