import type { ObjectRefusal } from './host.ts';

/** The NTSTATUS values that object and file calls answer, by their names in ntstatus.h. */
export const NT_STATUS = {
  SUCCESS: 0x00000000,
  PENDING: 0x00000103,
  MORE_ENTRIES: 0x00000105,
  BUFFER_OVERFLOW: 0x80000005,
  NO_MORE_ENTRIES: 0x8000001a,
  UNSUCCESSFUL: 0xc0000001,
  NOT_IMPLEMENTED: 0xc0000002,
  INVALID_INFO_CLASS: 0xc0000003,
  INFO_LENGTH_MISMATCH: 0xc0000004,
  INVALID_HANDLE: 0xc0000008,
  INVALID_PARAMETER: 0xc000000d,
  NO_SUCH_DEVICE: 0xc000000e,
  NO_SUCH_FILE: 0xc000000f,
  INVALID_DEVICE_REQUEST: 0xc0000010,
  ACCESS_DENIED: 0xc0000022,
  BUFFER_TOO_SMALL: 0xc0000023,
  OBJECT_TYPE_MISMATCH: 0xc0000024,
  OBJECT_NAME_INVALID: 0xc0000033,
  OBJECT_NAME_NOT_FOUND: 0xc0000034,
  OBJECT_NAME_COLLISION: 0xc0000035,
  OBJECT_PATH_INVALID: 0xc0000039,
  OBJECT_PATH_NOT_FOUND: 0xc000003a,
  OBJECT_PATH_SYNTAX_BAD: 0xc000003b,
  SHARING_VIOLATION: 0xc0000043,
  DELETE_PENDING: 0xc0000056,
  PRIVILEGE_NOT_HELD: 0xc0000061,
  BAD_IMPERSONATION_LEVEL: 0xc00000a5,
  IO_TIMEOUT: 0xc00000b5,
  FILE_IS_A_DIRECTORY: 0xc00000ba,
  NOT_SUPPORTED: 0xc00000bb,
  BAD_NETWORK_PATH: 0xc00000be,
  NETWORK_ACCESS_DENIED: 0xc00000ca,
  BAD_NETWORK_NAME: 0xc00000cc,
  NOT_A_DIRECTORY: 0xc0000103,
  CANCELLED: 0xc0000120,
  FILE_CLOSED: 0xc0000128,
  LOGON_FAILURE: 0xc000006d,
  NETWORK_UNREACHABLE: 0xc000023c,
  VOLUME_DISMOUNTED: 0xc000026e,
  DEVICE_REMOVED: 0xc00002b6,
  STOPPED_ON_SYMLINK: 0x8000002d,
} as const;

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(NT_STATUS).map(([name, status]) => [status, `STATUS_${name}`]),
);

/** The `STATUS_...` name of a status; `WIN32_ERROR_n` for a Win32 error that travels as facility 7; else its hexadecimal number. */
export function statusName(status: number): string {
  const known = NAMES.get(status);
  if (known !== undefined) return known;
  if (status >>> 16 === FACILITY_WIN32 >>> 16) return `WIN32_ERROR_${status & 0xffff}`;
  return `0x${status.toString(16).toUpperCase().padStart(8, '0')}`;
}

const FACILITY_WIN32 = 0xc0070000;

/** Win32 errors that say the same as a status above; the rest keep their number as facility 7 (NTSTATUS_FROM_WIN32). */
const FROM_WIN32: ReadonlyMap<number, number> = new Map<number, number>([
  [2, NT_STATUS.OBJECT_NAME_NOT_FOUND],
  [3, NT_STATUS.OBJECT_PATH_NOT_FOUND],
  [5, NT_STATUS.ACCESS_DENIED],
  [32, NT_STATUS.SHARING_VIOLATION],
  [53, NT_STATUS.BAD_NETWORK_PATH],
  [65, NT_STATUS.NETWORK_ACCESS_DENIED],
  [67, NT_STATUS.BAD_NETWORK_NAME],
  [87, NT_STATUS.INVALID_PARAMETER],
  [123, NT_STATUS.OBJECT_NAME_INVALID],
  [161, NT_STATUS.OBJECT_PATH_SYNTAX_BAD],
  [267, NT_STATUS.NOT_A_DIRECTORY],
  [995, NT_STATUS.CANCELLED],
  [1231, NT_STATUS.NETWORK_UNREACHABLE],
  [1326, NT_STATUS.LOGON_FAILURE],
]);

/** The status behind a Win32 error, when the last status of the thread cannot be had. */
export function statusOfWin32(error: number): number {
  return FROM_WIN32.get(error) ?? (FACILITY_WIN32 | (error & 0xffff)) >>> 0;
}

/** The status is an error or a warning (`NT_SUCCESS` is false). */
export const isFailure = (status: number): boolean => status >= 0x80000000;

/**
 * Whoever served an open file has gone meanwhile: a refusal that says nothing of what it was. Ground: winfsp src/sys/driver.h
 * (FSP_ENTER_MJ) answers STATUS_CANCELLED once its volume is gone.
 */
export const GONE: readonly number[] = [
  NT_STATUS.NO_SUCH_DEVICE,
  NT_STATUS.CANCELLED,
  NT_STATUS.FILE_CLOSED,
  NT_STATUS.VOLUME_DISMOUNTED,
  NT_STATUS.DEVICE_REMOVED,
];
export const isGone = (status: number): boolean => GONE.includes(status);

const NOT_FOUND: ReadonlySet<number> = new Set([
  NT_STATUS.NO_SUCH_DEVICE,
  NT_STATUS.NO_SUCH_FILE,
  NT_STATUS.OBJECT_NAME_NOT_FOUND,
  NT_STATUS.OBJECT_PATH_NOT_FOUND,
  NT_STATUS.BAD_NETWORK_PATH,
  NT_STATUS.BAD_NETWORK_NAME,
]);

/** What a failed open of a file means to a probe. */
export function outcomeOf(status: number): 'not-found' | 'denied' | 'failed' {
  if (NOT_FOUND.has(status)) return 'not-found';
  return status === NT_STATUS.ACCESS_DENIED || status === NT_STATUS.NETWORK_ACCESS_DENIED ? 'denied' : 'failed';
}

const REFUSALS: ReadonlyMap<number, ObjectRefusal> = new Map<number, ObjectRefusal>([
  [NT_STATUS.OBJECT_NAME_NOT_FOUND, 'not-found'],
  [NT_STATUS.OBJECT_PATH_NOT_FOUND, 'not-found'],
  [NT_STATUS.ACCESS_DENIED, 'access-denied'],
  [NT_STATUS.PRIVILEGE_NOT_HELD, 'access-denied'],
  [NT_STATUS.OBJECT_TYPE_MISMATCH, 'wrong-type'],
  [NT_STATUS.OBJECT_NAME_INVALID, 'malformed-name'],
  [NT_STATUS.OBJECT_PATH_INVALID, 'malformed-name'],
  [NT_STATUS.OBJECT_PATH_SYNTAX_BAD, 'malformed-name'],
]);

/** Why a call on an object directory or a link failed, in the seam's words. */
export const refusalOf = (status: number): ObjectRefusal => REFUSALS.get(status) ?? 'unsupported';
