import type { LogonSession } from '../../../../shared/domain/host-facts.ts';
import type { ByteLink } from '../broker/byte-link.ts';
import { LAYOUTS } from './layouts.ts';
import type { Handle } from './system-calls.ts';
import {
  declareFunctions,
  INVALID_HANDLE,
  OPEN_EXISTING,
  SECURITY_SQOS_PRESENT,
  type Transfer,
} from './windows-functions.ts';

/** What asking for an administrator's rights, and having them, takes of Windows. */
export interface ElevationCalls {
  /** Whether this process has an administrator's rights (TokenElevation). */
  isElevated(): boolean;
  /** The logon session of this process, and the one of its linked token; empty where it cannot be told. */
  logonSessions(): readonly LogonSession[];
  /** The Terminal Services session of this process; 0 is that of services, in which no prompt is shown. */
  sessionId(): number;
  /** ShellExecuteExW with `runas`: shows the prompt, and blocks until it is answered. Answers the Win32 error, 0 for success. */
  startElevated(wish: { readonly file: string; readonly parameters: string; readonly folder: string }): number;
  /**
   * Opens a pipe as an anonymous client, so that its server cannot act as us; undefined when it cannot be opened, or is
   * served by another process than that.
   */
  dialPipe(path: string, serverProcessId: number): ByteLink | undefined;
  /** A text of `HKEY_LOCAL_MACHINE`; undefined when there is none. */
  readMachineText(key: string, value: string): string | undefined;
}

const TOKEN_QUERY = 0x8;
const TOKEN_STATISTICS = 10;
const TOKEN_LINKED_TOKEN = 19;
const TOKEN_ELEVATION = 20;
const THIS_PROCESS = -1;

const SEE_MASK_NOASYNC = 0x100;
const SEE_MASK_FLAG_NO_UI = 0x400;
const COINIT_APARTMENTTHREADED = 0x2;
const COINIT_DISABLE_OLE1DDE = 0x4;

const GENERIC_READ_WRITE = 0xc0000000;
const READ_BYTES = 65_536;

const HKEY_LOCAL_MACHINE = 0xffffffff80000002n;
const RRF_RT_REG_SZ = 0x2;
const RRF_SUBKEY_WOW6464KEY = 0x00010000;
const LONGEST_TEXT_BYTES = 4_096;

/** Declares the calls, through koffi. Windows only. */
export async function loadElevationCalls(): Promise<ElevationCalls> {
  const { default: koffi } = await import('koffi');
  const kernel32 = koffi.load('kernel32.dll');
  const advapi32 = koffi.load('advapi32.dll');

  const openProcessToken: (process: number, access: number, token: Buffer) => number = advapi32.func(
    'int32_t __stdcall OpenProcessToken(intptr_t process, uint32_t access, void *token)',
  );
  const getTokenInformation: (
    token: Handle,
    what: number,
    information: Buffer,
    length: number,
    returned: Buffer,
  ) => number = advapi32.func(
    'int32_t __stdcall GetTokenInformation(uintptr_t token, int32_t what, void *information, uint32_t length, void *returned)',
  );
  const regGetValueW: (
    key: bigint,
    subkey: string,
    value: string,
    flags: number,
    type: null,
    data: Buffer,
    length: Buffer,
  ) => number = advapi32.func(
    'int32_t __stdcall RegGetValueW(uintptr_t key, const char16_t *subkey, const char16_t *value, uint32_t flags, void *type, void *data, void *length)',
  );
  const processIdToSessionId: (processId: number, sessionId: Buffer) => number = kernel32.func(
    'int32_t __stdcall ProcessIdToSessionId(uint32_t processId, void *sessionId)',
  );
  const { createFileW, readFile, writeFile, getLastError, ntClose } = declareFunctions(koffi);
  const cancelIoEx: (handle: Handle, overlapped: null) => number = kernel32.func(
    'int32_t __stdcall CancelIoEx(uintptr_t handle, void *overlapped)',
  );
  const waitNamedPipeW: (path: string, timeoutMs: number) => number = kernel32.func(
    'int32_t __stdcall WaitNamedPipeW(const char16_t *path, uint32_t timeoutMs)',
  );
  const getNamedPipeServerProcessId: (pipe: Handle, processId: Buffer) => number = kernel32.func(
    'int32_t __stdcall GetNamedPipeServerProcessId(uintptr_t pipe, void *processId)',
  );
  const startElevated: ElevationCalls['startElevated'] = wish => {
    const shell32 = koffi.load('shell32.dll');
    const ole32 = koffi.load('ole32.dll');
    const user32 = koffi.load('user32.dll');
    const coInitializeEx: (reserved: null, flags: number) => number = ole32.func(
      'int32_t __stdcall CoInitializeEx(void *reserved, uint32_t flags)',
    );
    const getForegroundWindow: () => Handle = user32.func('uintptr_t __stdcall GetForegroundWindow()');
    const shellExecuteExW: (information: Buffer) => number = shell32.func(
      'int32_t __stdcall ShellExecuteExW(void *information)',
    );
    coInitializeEx(null, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE);
    const fields = LAYOUTS.SHELLEXECUTEINFOW;
    const information = Buffer.alloc(fields.bytes);
    information.writeUInt32LE(fields.bytes, fields.cbSize);
    information.writeUInt32LE(SEE_MASK_NOASYNC | SEE_MASK_FLAG_NO_UI, fields.fMask);
    // Without a window to belong to, the prompt would only blink in the taskbar: it is the one the user acted in.
    information.writeBigUInt64LE(BigInt(getForegroundWindow()), fields.hwnd);
    const texts = (
      [
        [fields.lpVerb, 'runas'],
        [fields.lpFile, wish.file],
        [fields.lpParameters, wish.parameters],
        [fields.lpDirectory, wish.folder],
      ] as const
    ).map(([at, text]) => {
      const bytes = wide(text);
      information.writeBigUInt64LE(koffi.address(bytes), at);
      return bytes;
    });
    // nShow stays 0, SW_HIDE: a broker has nothing to show.
    const error = shellExecuteExW(information) !== 0 ? 0 : getLastError();
    // Only addresses of them went along, for as long as the user takes to answer: that they are used here keeps them.
    for (const text of texts) text.fill(0);
    return error;
  };

  const dialPipe: ElevationCalls['dialPipe'] = (path, serverProcessId) => {
    const open = (): Handle =>
      createFileW(path, GENERIC_READ_WRITE, 0, null, OPEN_EXISTING, SECURITY_SQOS_PRESENT, null);
    let handle = open();
    if (BigInt(handle) === INVALID_HANDLE && waitNamedPipeW(path, PIPE_WAIT_MS) !== 0) handle = open();
    if (BigInt(handle) === INVALID_HANDLE) return undefined;
    const server = Buffer.alloc(4);
    if (getNamedPipeServerProcessId(handle, server) !== 0 && server.readUInt32LE(0) === serverProcessId) {
      return pipeLink(handle);
    }
    ntClose(handle);
    return undefined;
  };

  /**
   * Both calls may wait for the other side, hence happen beside the main thread. A handle of synchronous reads is closed
   * only when no call is on it: NtClose waits for the one that is, and so would the end of this process for its thread.
   */
  const pipeLink = (handle: Handle): ByteLink => {
    let isOpen = true;
    let underWay = 0;
    const closeIdle = (): void => {
      if (underWay === 0) ntClose(handle);
    };
    const transferred = (transfer: Transfer['async'], bytes: Uint8Array): Promise<number> => {
      if (!isOpen) return Promise.resolve(0);
      const done = Buffer.alloc(4);
      underWay++;
      return new Promise(resolve => {
        transfer(handle, bytes, bytes.length, done, null, (_, succeeded) => {
          underWay--;
          if (!isOpen) closeIdle();
          resolve(succeeded === 0 ? 0 : done.readUInt32LE(0));
        });
      });
    };
    return {
      async read() {
        const bytes = Buffer.alloc(READ_BYTES);
        const length = await transferred(readFile.async, bytes);
        return length === 0 ? undefined : bytes.subarray(0, length);
      },
      async write(bytes) {
        for (let rest = bytes; rest.length > 0; ) {
          const length = await transferred(writeFile.async, rest);
          if (length === 0) return;
          rest = rest.subarray(length);
        }
      },
      close() {
        if (!isOpen) return;
        isOpen = false;
        cancelIoEx(handle, null);
        closeIdle();
      },
    };
  };

  /** A class of a token's information; undefined where it is not told. */
  const ask = (token: Handle, what: number, length: number): Buffer | undefined => {
    const information = Buffer.alloc(length);
    return getTokenInformation(token, what, information, length, Buffer.alloc(4)) === 0 ? undefined : information;
  };
  const isElevated = (token: Handle): boolean | undefined => {
    const elevation = ask(token, TOKEN_ELEVATION, LAYOUTS.TOKEN_ELEVATION.bytes);
    return elevation === undefined ? undefined : elevation.readUInt32LE(0) !== 0;
  };
  const withOwnToken = <T>(use: (token: Handle) => T): T | undefined => {
    const out = Buffer.alloc(8);
    if (openProcessToken(THIS_PROCESS, TOKEN_QUERY, out) === 0) return undefined;
    const token = out.readBigUInt64LE(0);
    try {
      return use(token);
    } finally {
      ntClose(token);
    }
  };
  const sessionOf = (token: Handle, own: boolean): readonly LogonSession[] => {
    const statistics = ask(token, TOKEN_STATISTICS, LAYOUTS.TOKEN_STATISTICS.bytes);
    const elevated = isElevated(token);
    if (statistics === undefined || elevated === undefined) return [];
    return [{ id: luidName(statistics.subarray(LAYOUTS.TOKEN_STATISTICS.AuthenticationId)), elevated, own }];
  };

  return {
    isElevated: () => withOwnToken(isElevated) === true,
    logonSessions: () =>
      withOwnToken(token => {
        const linked = ask(token, TOKEN_LINKED_TOKEN, LAYOUTS.TOKEN_LINKED_TOKEN.bytes)?.readBigUInt64LE(0);
        if (linked === undefined) return sessionOf(token, true);
        try {
          const [own, twin] = [sessionOf(token, true), sessionOf(linked, false)];
          // A user without a second session may be told of the same one again.
          return [...own, ...twin.filter(({ id }) => own.every(one => one.id !== id))];
        } finally {
          ntClose(linked);
        }
      }) ?? [],
    sessionId() {
      const session = Buffer.alloc(4);
      return processIdToSessionId(process.pid, session) === 0 ? 0 : session.readUInt32LE(0);
    },
    startElevated,
    dialPipe,
    readMachineText(key, value) {
      const data = Buffer.alloc(LONGEST_TEXT_BYTES);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(data.length, 0);
      const flags = RRF_RT_REG_SZ | RRF_SUBKEY_WOW6464KEY;
      if (regGetValueW(HKEY_LOCAL_MACHINE, key, value, flags, null, data, length) !== 0) return undefined;
      const text = data.toString('utf16le', 0, Math.min(length.readUInt32LE(0), data.length)).replace(/\0.*$/s, '');
      return text === '' ? undefined : text;
    },
  };
}

const PIPE_WAIT_MS = 2_000;

/** As the object namespace names a session's directory: high part, low part. */
function luidName(luid: Buffer): string {
  const part = (at: number): string => luid.readUInt32LE(at).toString(16).padStart(8, '0');
  return `${part(4)}-${part(0)}`;
}

/** UTF-16 with its closing NUL. */
const wide = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf16le');
