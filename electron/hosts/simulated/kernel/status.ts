import type { NtStatus, SystemCallError } from '../machine.ts';

/** The NTSTATUS values this kernel answers, by their names in ntstatus.h. */
export const STATUS = {
  INVALID_PARAMETER: 0xc000000d,
  INVALID_DEVICE_REQUEST: 0xc0000010,
  ACCESS_DENIED: 0xc0000022,
  OBJECT_TYPE_MISMATCH: 0xc0000024,
  OBJECT_NAME_INVALID: 0xc0000033,
  OBJECT_NAME_NOT_FOUND: 0xc0000034,
  OBJECT_NAME_COLLISION: 0xc0000035,
  OBJECT_PATH_NOT_FOUND: 0xc000003a,
  OBJECT_PATH_SYNTAX_BAD: 0xc000003b,
  PRIVILEGE_NOT_HELD: 0xc0000061,
  INVALID_IMAGE_FORMAT: 0xc000007b,
  DISK_FULL: 0xc000007f,
  FILE_IS_A_DIRECTORY: 0xc00000ba,
  BAD_NETWORK_PATH: 0xc00000be,
  NETWORK_ACCESS_DENIED: 0xc00000ca,
  BAD_NETWORK_NAME: 0xc00000cc,
  NOT_SAME_DEVICE: 0xc00000d4,
  DIRECTORY_NOT_EMPTY: 0xc0000101,
  NOT_A_DIRECTORY: 0xc0000103,
  PROCESS_IS_TERMINATING: 0xc000010a,
  CANCELLED: 0xc0000120,
  CANNOT_DELETE: 0xc0000121,
  CONTROL_C_EXIT: 0xc000013a,
  VOLUME_DISMOUNTED: 0xc000026e,
} as const satisfies Record<string, NtStatus>;

/** Win32 errors that have no NTSTATUS of their own; they travel as facility 7 (NTSTATUS_FROM_WIN32). */
export const WIN32 = {
  FILE_NOT_FOUND: 2,
  ACCESS_DENIED: 5,
  INVALID_SERVICE_CONTROL: 1052,
  SERVICE_ALREADY_RUNNING: 1056,
  SERVICE_DOES_NOT_EXIST: 1060,
  SERVICE_NOT_ACTIVE: 1062,
  ALREADY_ASSIGNED: 85,
  NOT_CONNECTED: 2250,
} as const;

/** RtlNtStatusToDosError for the statuses above. */
const TO_WIN32: Readonly<Record<NtStatus, number>> = {
  [STATUS.INVALID_PARAMETER]: 87,
  [STATUS.INVALID_DEVICE_REQUEST]: 1,
  [STATUS.ACCESS_DENIED]: 5,
  [STATUS.OBJECT_TYPE_MISMATCH]: 6,
  [STATUS.OBJECT_NAME_INVALID]: 123,
  [STATUS.OBJECT_NAME_NOT_FOUND]: 2,
  [STATUS.OBJECT_NAME_COLLISION]: 183,
  [STATUS.OBJECT_PATH_NOT_FOUND]: 3,
  [STATUS.OBJECT_PATH_SYNTAX_BAD]: 161,
  [STATUS.PRIVILEGE_NOT_HELD]: 1314,
  [STATUS.INVALID_IMAGE_FORMAT]: 193,
  [STATUS.DISK_FULL]: 112,
  [STATUS.FILE_IS_A_DIRECTORY]: 5,
  [STATUS.BAD_NETWORK_PATH]: 53,
  [STATUS.NETWORK_ACCESS_DENIED]: 65,
  [STATUS.BAD_NETWORK_NAME]: 67,
  [STATUS.NOT_SAME_DEVICE]: 17,
  [STATUS.DIRECTORY_NOT_EMPTY]: 145,
  [STATUS.NOT_A_DIRECTORY]: 267,
  [STATUS.PROCESS_IS_TERMINATING]: 5,
  [STATUS.CANCELLED]: 995,
  [STATUS.CANNOT_DELETE]: 5,
  [STATUS.CONTROL_C_EXIT]: 572,
  [STATUS.VOLUME_DISMOUNTED]: 2,
};

const ERROR_MR_MID_NOT_FOUND = 317;
const FACILITY_WIN32 = 0xc0070000;

/** The Win32 error of a status, as RtlNtStatusToDosError has it; 317 when it knows none. */
export function win32OfStatus(status: NtStatus): number {
  if (status >>> 16 === FACILITY_WIN32 >>> 16) return status & 0xffff;
  return TO_WIN32[status] ?? ERROR_MR_MID_NOT_FOUND;
}

/** The `STATUS_...` name of a status, or its hexadecimal number where this kernel knows no name. */
export function nameOfStatus(status: NtStatus): string {
  for (const [name, value] of Object.entries(STATUS)) if (value === status) return `STATUS_${name}`;
  return `0x${status.toString(16).toUpperCase().padStart(8, '0')}`;
}

class SystemCallFailure extends Error implements SystemCallError {
  override readonly name = 'SystemCallError';
  readonly status: NtStatus;
  readonly win32: number;

  constructor(status: NtStatus, win32: number, what: string) {
    super(what === '' ? nameOfStatus(status) : `${nameOfStatus(status)}: ${what}`);
    this.status = status;
    this.win32 = win32;
  }
}

/** A failed system call with this status; `what` names the object for the reader of a stack trace. */
export function systemCallError(status: NtStatus, what = ''): SystemCallError {
  return new SystemCallFailure(status, win32OfStatus(status), what);
}

/** A failed call of the Win32 layer that has no status of its own, such as 1060. */
export function win32Error(win32: number, what = ''): SystemCallError {
  return new SystemCallFailure((FACILITY_WIN32 | win32) >>> 0, win32, what);
}

/** Tells a failed system call from a bug; programs serve files and fail with errors of their own making. */
export function isSystemCallError(caught: unknown): caught is SystemCallError {
  return caught instanceof Error && caught.name === 'SystemCallError' && 'status' in caught && 'win32' in caught;
}
