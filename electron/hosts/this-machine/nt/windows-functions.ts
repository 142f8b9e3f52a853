import type { Handle } from './system-calls.ts';

export type Koffi = typeof import('koffi')['default'];

/** CreateFileW, of what exists: answers a handle, INVALID_HANDLE where it fails. */
export type CreateFile = (
  path: string,
  access: number,
  share: number,
  security: null,
  disposition: number,
  flags: number,
  template: null,
) => Handle;

/** ReadFile or WriteFile, at once or beside the main thread; 0 where it fails. */
export interface Transfer {
  (handle: Handle, bytes: Uint8Array, length: number, done: Buffer, overlapped: null): number;
  readonly async: (
    handle: Handle,
    bytes: Uint8Array,
    length: number,
    done: Buffer,
    overlapped: null,
    settled: (error: Error | null, succeeded: number) => void,
  ) => void;
}

export const INVALID_HANDLE = 0xffffffffffffffffn;
export const OPEN_EXISTING = 3;
/** By itself it says SECURITY_ANONYMOUS, which is 0. */
export const SECURITY_SQOS_PRESENT = 0x00100000;

/** Functions of Windows that several parts of this program call. Each is declared here, and nowhere else. */
export function declareFunctions(koffi: Koffi) {
  const kernel32 = koffi.load('kernel32.dll');
  const transfer = (name: string): Transfer =>
    kernel32.func(
      `int32_t __stdcall ${name}(uintptr_t handle, void *bytes, uint32_t length, void *done, void *overlapped)`,
    );
  const createFileW: CreateFile = kernel32.func(
    'uintptr_t __stdcall CreateFileW(const char16_t *path, uint32_t access, uint32_t share, void *security, uint32_t disposition, uint32_t flags, void *template)',
  );
  const getLastError: () => number = kernel32.func('uint32_t __stdcall GetLastError()');
  const ntClose: (handle: Handle) => number = koffi
    .load('ntdll.dll')
    .func('int32_t __stdcall NtClose(uintptr_t handle)');
  return { createFileW, readFile: transfer('ReadFile'), writeFile: transfer('WriteFile'), getLastError, ntClose };
}
