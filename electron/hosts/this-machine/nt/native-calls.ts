import type { KernelCall, KernelReturn } from '../../kernel-calls.ts';
import { statusOfWin32 } from '../../nt-status.ts';
import { UNICODE_STRING_BYTES } from '../../unicode-string.ts';
import type { FileCalls, ProcessCalls } from './file-calls.ts';
import { LAYOUTS } from './layouts.ts';
import { loadKernelCalls } from './load-kernel-calls.ts';
import { objectNames } from './object-name.ts';
import type { Handle, ObjectCalls, Opened } from './system-calls.ts';
import { declareFunctions, INVALID_HANDLE, OPEN_EXISTING, SECURITY_SQOS_PRESENT } from './windows-functions.ts';

/** All that this program asks of Windows directly. */
export interface NativeCalls {
  readonly objects: ObjectCalls;
  readonly files: FileCalls;
  /** One question to the kernel. */
  readonly kernel: (call: KernelCall) => KernelReturn;
  readonly processes: ProcessCalls;
}

const DIRECTORY_QUERY = 0x1;
const SYMBOLIC_LINK_QUERY = 0x1;
/** A UNICODE_STRING's length is a u16, in bytes. */
const LONGEST_TARGET = 65_534;

const GENERIC_READ = 0x80000000;
const FILE_READ_ATTRIBUTES = 0x80;
const FILE_SHARE_ALL = 0x7;
const FILE_FLAG_BACKUP_SEMANTICS = 0x02000000;
const FILE_FLAG_OPEN_REPARSE_POINT = 0x00200000;
const SECURITY_IDENTIFICATION = 0x00010000;

const FSP_FSCTL_QUERY_WINFSP = 0x920fc;
const FILE_ATTRIBUTE_DIRECTORY = 0x10;

const PROCESS_SET_QUOTA_AND_TERMINATE = 0x0101;
const ENDED_BY_US = 1;
const EXTENDED_LIMIT_INFORMATION = 9;
const KILL_ON_JOB_CLOSE = 0x2000;

/** Declares the calls, through koffi. Windows only: elsewhere there is no ntdll.dll to load. */
export async function loadNativeCalls(): Promise<NativeCalls> {
  const { default: koffi } = await import('koffi');
  const ntdll = koffi.load('ntdll.dll');
  const kernel32 = koffi.load('kernel32.dll');

  const ntOpenDirectoryObject: (handle: Buffer, access: number, attributes: Buffer) => number = ntdll.func(
    'int32_t __stdcall NtOpenDirectoryObject(void *handle, uint32_t access, void *attributes)',
  );
  const ntQueryDirectoryObject: (
    handle: Handle,
    buffer: Buffer,
    length: number,
    single: number,
    restart: number,
    context: Buffer,
    needed: Buffer,
  ) => number = ntdll.func(
    'int32_t __stdcall NtQueryDirectoryObject(uintptr_t handle, void *buffer, uint32_t length, uint8_t single, uint8_t restart, void *context, void *needed)',
  );
  const ntOpenSymbolicLinkObject: (handle: Buffer, access: number, attributes: Buffer) => number = ntdll.func(
    'int32_t __stdcall NtOpenSymbolicLinkObject(void *handle, uint32_t access, void *attributes)',
  );
  const ntQuerySymbolicLinkObject: (handle: Handle, target: Buffer, needed: Buffer) => number = ntdll.func(
    'int32_t __stdcall NtQuerySymbolicLinkObject(uintptr_t handle, void *target, void *needed)',
  );
  const rtlGetLastNtStatus: () => number = ntdll.func('uint32_t __stdcall RtlGetLastNtStatus()');
  const rtlNtStatusToDosError: (status: number) => number = ntdll.func(
    'uint32_t __stdcall RtlNtStatusToDosError(uint32_t status)',
  );

  const { createFileW, readFile, getLastError, ntClose } = declareFunctions(koffi);
  const deviceIoControl: (
    handle: Handle,
    code: number,
    input: null,
    inputLength: number,
    output: null,
    outputLength: number,
    returned: Buffer,
    overlapped: null,
  ) => number = kernel32.func(
    'int32_t __stdcall DeviceIoControl(uintptr_t handle, uint32_t code, void *input, uint32_t inputLength, void *output, uint32_t outputLength, void *returned, void *overlapped)',
  );
  const getFileInformationByHandle: (handle: Handle, information: Buffer) => number = kernel32.func(
    'int32_t __stdcall GetFileInformationByHandle(uintptr_t handle, void *information)',
  );
  const openProcess: (access: number, inherit: number, processId: number) => Handle = kernel32.func(
    'uintptr_t __stdcall OpenProcess(uint32_t access, int32_t inherit, uint32_t processId)',
  );
  const createJobObjectW: (security: null, name: null) => Handle = kernel32.func(
    'uintptr_t __stdcall CreateJobObjectW(void *security, void *name)',
  );
  const assignProcessToJobObject: (job: Handle, process: Handle) => number = kernel32.func(
    'int32_t __stdcall AssignProcessToJobObject(uintptr_t job, uintptr_t process)',
  );
  const terminateJobObject: (job: Handle, exitCode: number) => number = kernel32.func(
    'int32_t __stdcall TerminateJobObject(uintptr_t job, uint32_t exitCode)',
  );
  const setInformationJobObject: (job: Handle, what: number, information: Buffer, length: number) => number =
    kernel32.func(
      'int32_t __stdcall SetInformationJobObject(uintptr_t job, int32_t what, void *information, uint32_t length)',
    );
  const getOemCodePage: () => number = kernel32.func('uint32_t __stdcall GetOEMCP()');

  // Of all calls, as are the names: they run one at a time.
  const names = objectNames(koffi);
  const { named } = names;
  const out = Buffer.alloc(8);
  const contextOut = Buffer.alloc(4);
  const neededOut = Buffer.alloc(4);
  const target = Buffer.alloc(UNICODE_STRING_BYTES);

  const opened = (status: number): Opened => ({ status: status >>> 0, handle: out.readBigUInt64LE(0) });

  /** The status of the Win32 call that just failed: the thread's last one, if it is the one that the error stands for. */
  const lastStatus = (): number => {
    const error = getLastError();
    const status = rtlGetLastNtStatus();
    return status !== 0 && rtlNtStatusToDosError(status) === error ? status : statusOfWin32(error);
  };

  const objects: ObjectCalls = {
    openDirectory: path => opened(ntOpenDirectoryObject(out, DIRECTORY_QUERY, named(path))),
    openLink: path => opened(ntOpenSymbolicLinkObject(out, SYMBOLIC_LINK_QUERY, named(path))),
    queryDirectory(handle, buffer, { single, restart, context }) {
      contextOut.writeUInt32LE(context, 0);
      const status = ntQueryDirectoryObject(
        handle,
        buffer,
        buffer.length,
        Number(single),
        Number(restart),
        contextOut,
        neededOut,
      );
      return { status: status >>> 0, context: contextOut.readUInt32LE(0), needed: neededOut.readUInt32LE(0) };
    },
    queryLink(handle, buffer) {
      target.writeUInt16LE(0, 0);
      target.writeUInt16LE(Math.min(LONGEST_TARGET, buffer.length), 2);
      target.writeBigUInt64LE(koffi.address(buffer), 8);
      const status = ntQuerySymbolicLinkObject(handle, target, neededOut);
      return { status: status >>> 0, length: target.readUInt16LE(0), needed: neededOut.readUInt32LE(0) };
    },
    addressOf: buffer => koffi.address(buffer),
    close: handle => void ntClose(handle),
  };

  const files: FileCalls = {
    open(path, { read, level }) {
      const flags =
        FILE_FLAG_BACKUP_SEMANTICS |
        FILE_FLAG_OPEN_REPARSE_POINT |
        SECURITY_SQOS_PRESENT |
        (level === 'identification' ? SECURITY_IDENTIFICATION : 0);
      const access = read ? GENERIC_READ : FILE_READ_ATTRIBUTES;
      const handle = createFileW(path, access, FILE_SHARE_ALL, null, OPEN_EXISTING, flags, null);
      return BigInt(handle) === INVALID_HANDLE ? { status: lastStatus(), handle } : { status: 0, handle };
    },
    queryWinFsp(handle) {
      const done = deviceIoControl(handle, FSP_FSCTL_QUERY_WINFSP, null, 0, null, 0, neededOut, null);
      return { status: done === 0 ? lastStatus() : 0 };
    },
    attributes(handle) {
      const { bytes, dwFileAttributes } = LAYOUTS.BY_HANDLE_FILE_INFORMATION;
      const information = Buffer.alloc(bytes);
      if (getFileInformationByHandle(handle, information) === 0) return { status: lastStatus(), directory: false };
      return { status: 0, directory: (information.readUInt32LE(dwFileAttributes) & FILE_ATTRIBUTE_DIRECTORY) !== 0 };
    },
    read(handle, buffer) {
      if (readFile(handle, buffer, buffer.length, neededOut, null) === 0) return { status: lastStatus(), length: 0 };
      return { status: 0, length: neededOut.readUInt32LE(0) };
    },
    close: handle => void ntClose(handle),
  };

  const processes: ProcessCalls = {
    confine(processId) {
      const process = openProcess(PROCESS_SET_QUOTA_AND_TERMINATE, 0, processId);
      if (BigInt(process) === 0n) return undefined;
      const job = createJobObjectW(null, null);
      const taken = BigInt(job) !== 0n && assignProcessToJobObject(job, process) !== 0;
      ntClose(process);
      if (!taken) {
        if (BigInt(job) !== 0n) ntClose(job);
        return undefined;
      }
      // Should this process be ended in the middle, its last handle of the job goes, and with it all that is in it.
      const endWithUs = (wanted: boolean): void => {
        const { bytes, LimitFlags } = LAYOUTS.JOBOBJECT_EXTENDED_LIMIT_INFORMATION;
        const limits = Buffer.alloc(bytes);
        limits.writeUInt32LE(wanted ? KILL_ON_JOB_CLOSE : 0, LimitFlags);
        setInformationJobObject(job, EXTENDED_LIMIT_INFORMATION, limits, limits.length);
      };
      endWithUs(true);
      let held = true;
      return {
        terminate() {
          if (held) terminateJobObject(job, ENDED_BY_US);
        },
        release() {
          if (!held) return;
          endWithUs(false);
          ntClose(job);
          held = false;
        },
      };
    },
    oemCodePage: () => getOemCodePage(),
  };

  return { objects, files, kernel: loadKernelCalls(koffi, names), processes };
}
