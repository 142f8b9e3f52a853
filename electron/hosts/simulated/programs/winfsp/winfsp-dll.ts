import type { ProgramContext } from '../../machine.ts';
import { statIfThere } from '../base/look-ups.ts';
import { joinPath, parentPath } from '../base/win32-path.ts';

const WINFSP_DLL = 'winfsp-x64.dll';

/** What the DLL imports and Nano Server lacks: with it absent, loading fails. */
const IMPORTED_DLL = 'C:\\Windows\\System32\\shell32.dll';

/** WinFsp as one program sees it: the DLL it loaded. `undefined` where loading failed. */
export interface WinFspDll {
  readonly path: string;
}

/** LoadLibrary's search: beside the program, System32, Windows, the working directory, PATH. */
export async function findBesideOrOnPath(
  context: ProgramContext,
  path: string = context.environment.get('PATH') ?? context.environment.get('Path') ?? '',
): Promise<WinFspDll | undefined> {
  const places = [
    parentPath(context.imagePath),
    'C:\\Windows\\System32',
    'C:\\Windows',
    context.cwd,
    ...path.split(';'),
  ];
  for (const place of places) {
    if (place === '') continue;
    const found = await load(context, joinPath(place.replace(/^"|"$/g, ''), WINFSP_DLL));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As FspLoad does: beside or on the path, then `InstallDir` of the 32-bit registry view. `path`: of a program that has another than it was started with. Ground: winfsp inc/winfsp/winfsp.h, cgofuse fuse/host_cgo.go. */
export async function findWinFsp(context: ProgramContext, path?: string): Promise<WinFspDll | undefined> {
  const near = await findBesideOrOnPath(context, path);
  if (near !== undefined) return near;
  const key = context.win32.registryKey('HKLM\\SOFTWARE\\WOW6432Node\\WinFsp');
  const value = key?.values.find(({ name }) => name.toLowerCase() === 'installdir')?.data;
  if (typeof value !== 'string') return undefined;
  return load(context, joinPath(value, `bin\\${WINFSP_DLL}`));
}

async function load(context: ProgramContext, path: string): Promise<WinFspDll | undefined> {
  return (await isFile(context, path)) && (await isFile(context, IMPORTED_DLL)) ? { path } : undefined;
}

async function isFile(context: ProgramContext, path: string): Promise<boolean> {
  return (await statIfThere(context.win32, path))?.directory === false;
}
