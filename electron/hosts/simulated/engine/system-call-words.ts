import { ApiError, messageOf } from './api-error.ts';

/** Win32 messages as FormatMessage gives them, for the errors a start can meet. */
const WIN32: Readonly<Record<number, string>> = {
  2: 'The system cannot find the file specified.',
  3: 'The system cannot find the path specified.',
  5: 'Access is denied.',
  87: 'The parameter is incorrect.',
  112: 'There is not enough space on the disk.',
  193: '%1 is not a valid Win32 application.',
  267: 'The directory name is invalid.',
  1326: 'The user name or password is incorrect.',
};

/** HRESULTs of the host compute service. */
const HRESULTS: Readonly<Record<string, string>> = {
  '0xc0370101': 'The container operating system does not match the host operating system.',
  '0xc0370106': 'The virtual machine or container exited unexpectedly.',
  '0xc0370103': 'The connection with the virtual machine or container was closed.',
  '0xc0370109': 'The virtual machine or container failed to start due to a timeout.',
  '0x801f000f': 'Do not attach the filter to the volume at this time.',
};

/** How a start failed: the sentence, and the exit code dockerd derives from it. */
export class StartFailure extends ApiError {
  readonly exitCode: number;

  constructor(message: string) {
    // Ground: moby daemon/errors.go, translateContainerdStartErr.
    const missing = /system cannot find the file specified/i.test(message);
    const denied = /permission denied/i.test(message);
    super(missing || denied ? 400 : 500, message);
    this.exitCode = missing ? 127 : denied ? 126 : 128;
  }
}

/** HCS refused to make the compute system. */
export function createFailure(containerId: string, hresult: string): StartFailure {
  const code = hresult.toLowerCase();
  const words = HRESULTS[code] ?? `HCS reported ${code}.`;
  if (code === '0xc0370101' || code === '0x801f000f')
    return new StartFailure(`hcs::CreateComputeSystem ${containerId}: ${words}`);
  return new StartFailure(
    `container ${containerId} encountered an error during hcs::System::Start: failure in a Windows system call: ${words} (${code})`,
  );
}

/** The process could not be created: a missing program, a bad directory. */
export function processFailure(containerId: string, caught: unknown): StartFailure {
  const win32 = win32Of(caught);
  const words = win32 === undefined ? messageOf(caught) : (WIN32[win32] ?? messageOf(caught));
  const code = win32 === undefined ? '' : ` (0x${win32.toString(16)})`;
  return new StartFailure(
    `container ${containerId} encountered an error during hcs::System::CreateProcess: failure in a Windows system call: ${words}${code}`,
  );
}

/** The Win32 code of a SystemCallError, by shape: the kernel's class is not ours to import. */
export function win32Of(caught: unknown): number | undefined {
  return caught instanceof Error && 'win32' in caught && typeof caught.win32 === 'number' ? caught.win32 : undefined;
}
