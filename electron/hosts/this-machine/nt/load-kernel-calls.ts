import type { KernelCall, KernelReturn } from '../../kernel-calls.ts';
import { isFailure } from '../../nt-status.ts';
import { LAYOUTS } from './layouts.ts';
import type { ObjectNames } from './object-name.ts';
import type { Handle } from './system-calls.ts';
import { declareFunctions, type Koffi } from './windows-functions.ts';

const JOB_OBJECT_QUERY = 0x4;
const PROCESS_QUERY_INFORMATION = 0x400;
const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;
const THREAD_QUERY_LIMITED_INFORMATION = 0x800;
const SYNCHRONIZE = 0x100000;
const FILE_SHARE_ALL = 0x7;
const FILE_SYNCHRONOUS_IO_NONALERT = 0x20;

/**
 * Declares the calls with which the kernel is asked, through koffi: each opens with the least rights, asks and closes.
 * Control devices are opened synchronously, so that no answer is still on its way into the buffer when the call returns.
 */
export function loadKernelCalls(koffi: Koffi, names: ObjectNames): (call: KernelCall) => KernelReturn {
  const ntdll = koffi.load('ntdll.dll');
  const ntOpenFile: (
    handle: Buffer,
    access: number,
    attributes: Buffer,
    ioStatus: Buffer,
    share: number,
    options: number,
  ) => number = ntdll.func(
    'int32_t __stdcall NtOpenFile(void *handle, uint32_t access, void *attributes, void *ioStatus, uint32_t share, uint32_t options)',
  );
  const ntFsControlFile: (
    handle: Handle,
    event: null,
    routine: null,
    routineContext: null,
    ioStatus: Buffer,
    code: number,
    input: null,
    inputLength: number,
    output: Buffer,
    outputLength: number,
  ) => number = ntdll.func(
    'int32_t __stdcall NtFsControlFile(uintptr_t handle, void *event, void *routine, void *routineContext, void *ioStatus, uint32_t code, void *input, uint32_t inputLength, void *output, uint32_t outputLength)',
  );
  const ntOpenJobObject: (handle: Buffer, access: number, attributes: Buffer) => number = ntdll.func(
    'int32_t __stdcall NtOpenJobObject(void *handle, uint32_t access, void *attributes)',
  );
  const ntOpenProcess: (handle: Buffer, access: number, attributes: Buffer, client: Buffer) => number = ntdll.func(
    'int32_t __stdcall NtOpenProcess(void *handle, uint32_t access, void *attributes, void *client)',
  );
  const ntGetNextThread: (
    process: Handle,
    thread: null,
    access: number,
    attributes: number,
    flags: number,
    handle: Buffer,
  ) => number = ntdll.func(
    'int32_t __stdcall NtGetNextThread(uintptr_t process, void *thread, uint32_t access, uint32_t attributes, uint32_t flags, void *handle)',
  );
  type Query = (handle: Handle, what: number, buffer: Buffer, length: number, returned: Buffer) => number;
  const query = (name: string): Query =>
    ntdll.func(
      `int32_t __stdcall ${name}(uintptr_t handle, int32_t what, void *buffer, uint32_t length, void *returned)`,
    );
  const ntQueryInformationJobObject = query('NtQueryInformationJobObject');
  const ntQueryInformationProcess = query('NtQueryInformationProcess');
  const ntQueryInformationThread = query('NtQueryInformationThread');
  const ntQuerySystemInformation: (what: number, buffer: Buffer, length: number, returned: Buffer) => number =
    ntdll.func(
      'int32_t __stdcall NtQuerySystemInformation(int32_t what, void *buffer, uint32_t length, void *returned)',
    );
  const { ntClose } = declareFunctions(koffi);

  return call => {
    const out = Buffer.alloc(8);
    const ioStatus = Buffer.alloc(LAYOUTS.IO_STATUS_BLOCK.bytes);
    const returned = Buffer.alloc(4);
    const buffer = Buffer.alloc(call.length);
    const address = koffi.address(buffer);
    const failed = (step: KernelReturn['step'], status: number): KernelReturn => ({
      step,
      status: status >>> 0,
      bytes: Buffer.alloc(0),
      address,
    });
    const told = (status: number, length: number): KernelReturn =>
      isFailure(status >>> 0)
        ? failed('query', status)
        : { step: 'query', status: status >>> 0, bytes: buffer.subarray(0, Math.min(length, buffer.length)), address };
    /** Opens, asks, closes. */
    const asking = (openStatus: number, ask: (handle: Handle) => KernelReturn): KernelReturn => {
      if (isFailure(openStatus >>> 0)) return failed('open', openStatus);
      const handle = out.readBigUInt64LE(0);
      try {
        return ask(handle);
      } finally {
        ntClose(handle);
      }
    };
    const openProcess = (processId: number, access: number): number => {
      const client = Buffer.alloc(LAYOUTS.CLIENT_ID.bytes);
      client.writeBigUInt64LE(BigInt(processId), LAYOUTS.CLIENT_ID.UniqueProcess);
      return ntOpenProcess(out, access, names.nameless, client);
    };

    switch (call.by) {
      case 'control': {
        const [attributes, options] = [names.named(call.path), FILE_SYNCHRONOUS_IO_NONALERT];
        return asking(ntOpenFile(out, SYNCHRONIZE, attributes, ioStatus, FILE_SHARE_ALL, options), handle => {
          const status = ntFsControlFile(handle, null, null, null, ioStatus, call.code, null, 0, buffer, buffer.length);
          return told(status, Number(ioStatus.readBigUInt64LE(LAYOUTS.IO_STATUS_BLOCK.Information)));
        });
      }
      case 'job':
        return asking(ntOpenJobObject(out, JOB_OBJECT_QUERY, names.named(call.path)), handle => {
          const status = ntQueryInformationJobObject(handle, call.informationClass, buffer, buffer.length, returned);
          return told(status, returned.readUInt32LE(0));
        });
      case 'system': {
        const status = ntQuerySystemInformation(call.informationClass, buffer, buffer.length, returned);
        return told(status, returned.readUInt32LE(0));
      }
      case 'process':
        return asking(openProcess(call.processId, PROCESS_QUERY_LIMITED_INFORMATION), handle => {
          const status = ntQueryInformationProcess(handle, call.informationClass, buffer, buffer.length, returned);
          return told(status, returned.readUInt32LE(0));
        });
      case 'thread':
        return asking(openProcess(call.processId, PROCESS_QUERY_INFORMATION), process => {
          const found = ntGetNextThread(process, null, THREAD_QUERY_LIMITED_INFORMATION, 0, 0, out);
          return asking(found, thread => {
            const status = ntQueryInformationThread(thread, call.informationClass, buffer, buffer.length, returned);
            return told(status, returned.readUInt32LE(0));
          });
        });
    }
  };
}
