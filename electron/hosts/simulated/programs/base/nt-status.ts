import type { NtStatus, SystemCallError } from '../../machine.ts';

/** The NTSTATUS values that programs themselves produce or look for. */
export const STATUS = {
  unsuccessful: 0xc0000001,
  notImplemented: 0xc0000002,
  invalidParameter: 0xc000000d,
  noSuchDevice: 0xc000000e,
  accessDenied: 0xc0000022,
  nameInvalid: 0xc0000033,
  nameNotFound: 0xc0000034,
  nameCollision: 0xc0000035,
  pathNotFound: 0xc000003a,
  privilegeNotHeld: 0xc0000061,
  diskFull: 0xc000007f,
  writeProtected: 0xc00000a2,
  fileIsADirectory: 0xc00000ba,
  badNetworkPath: 0xc00000be,
  networkAccessDenied: 0xc00000ca,
  cannotMake: 0xc00002ea,
  directoryNotEmpty: 0xc0000101,
  notADirectory: 0xc0000103,
  dllNotFound: 0xc0000135,
  controlCExit: 0xc000013a,
  cRuntimeParameter: 0xc0000417,
} as const;

/** RtlNtStatusToDosError for the statuses met here. */
const TO_WIN32: ReadonlyMap<NtStatus, number> = new Map([
  [STATUS.unsuccessful, 31],
  [STATUS.notImplemented, 1],
  [STATUS.invalidParameter, 87],
  [STATUS.noSuchDevice, 2],
  [STATUS.accessDenied, 5],
  [STATUS.nameInvalid, 123],
  [STATUS.nameNotFound, 2],
  [STATUS.nameCollision, 183],
  [STATUS.pathNotFound, 3],
  [STATUS.privilegeNotHeld, 1314],
  [STATUS.diskFull, 112],
  [STATUS.writeProtected, 19],
  [STATUS.fileIsADirectory, 5],
  [STATUS.badNetworkPath, 53],
  [STATUS.networkAccessDenied, 65],
  [STATUS.cannotMake, 82],
  [STATUS.directoryNotEmpty, 145],
  [STATUS.notADirectory, 267],
  [STATUS.dllNotFound, 1157],
]);

/** RtlNtStatusToDosError; FACILITY_NTWIN32 statuses carry their Win32 code, the rest is ERROR_MR_MID_NOT_FOUND. */
export function win32OfStatus(status: NtStatus): number {
  if (status === 0) return 0;
  if (status >>> 16 === 0x8007) return status & 0xffff;
  return TO_WIN32.get(status >>> 0) ?? 317;
}

/** FspNtStatusFromWin32: what WinFsp's DLL makes of GetLastError. Ground: winfsp src/dll/ntstatus.c, ntstatus.i. */
export function winfspStatusOfWin32(win32: number): NtStatus {
  switch (win32) {
    case 2:
      return STATUS.nameNotFound;
    case 3:
      return STATUS.pathNotFound;
    case 5:
      return STATUS.accessDenied;
    case 31:
      return STATUS.unsuccessful;
    case 53:
      return STATUS.badNetworkPath;
    case 87:
      return STATUS.invalidParameter;
    case 112:
      return STATUS.diskFull;
    case 123:
      return STATUS.nameInvalid;
    case 183:
      return STATUS.nameCollision;
    case 1314:
      return STATUS.privilegeNotHeld;
    default:
      return (0x8007_0000 | (win32 & 0xffff)) >>> 0;
  }
}

class ProgramStatusError extends Error implements SystemCallError {
  override readonly name = 'SystemCallError';
  readonly status: NtStatus;
  readonly win32: number;

  constructor(status: NtStatus) {
    super(`NTSTATUS 0x${status.toString(16).toUpperCase().padStart(8, '0')}`);
    this.status = status >>> 0;
    this.win32 = win32OfStatus(this.status);
  }
}

/** A failure that a file system answers with. */
export function systemCallError(status: NtStatus): SystemCallError {
  return new ProgramStatusError(status);
}

export function isSystemCallError(caught: unknown): caught is SystemCallError {
  return caught instanceof Error && caught.name === 'SystemCallError';
}

/** The Win32 code of a failed call; anything that is no system call's failure is thrown on. */
export function win32Of(caught: unknown): number {
  if (isSystemCallError(caught)) return caught.win32;
  throw caught;
}

/** The NTSTATUS of a failed call; anything that is no system call's failure is thrown on. */
export function statusOf(caught: unknown): NtStatus {
  if (isSystemCallError(caught)) return caught.status >>> 0;
  throw caught;
}
