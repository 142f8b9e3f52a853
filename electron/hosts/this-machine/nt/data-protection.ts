import { LAYOUTS } from './layouts.ts';
import type { Handle } from './system-calls.ts';
import { declareFunctions } from './windows-functions.ts';

/** Windows' own sealing for this user: what it seals, any program of the same user on this machine can open. */
export interface DataProtection {
  /** CryptProtectData. Throws with the Win32 error's number. */
  protect(bytes: Uint8Array): Buffer;
  /** CryptUnprotectData. Throws for what another user or machine protected, and for what is damaged. */
  unprotect(bytes: Uint8Array): Buffer;
}

const { bytes: BLOB_BYTES, cbData: LENGTH_AT, pbData: POINTER_AT } = LAYOUTS.DATA_BLOB;
/** Nobody is asked anything. */
const CRYPTPROTECT_UI_FORBIDDEN = 0x1;
/** No secret: it keeps apart what other programs protected for this user. */
const ENTROPY = Buffer.from('dev.siloscope.secrets', 'utf8');

/** Declares the calls, through koffi. Windows only: elsewhere there is no crypt32.dll to load. */
export async function loadDataProtection(): Promise<DataProtection> {
  const { default: koffi } = await import('koffi');
  const crypt32 = koffi.load('crypt32.dll');
  const kernel32 = koffi.load('kernel32.dll');
  const ntdll = koffi.load('ntdll.dll');

  type Seal = (
    input: Buffer,
    description: null,
    entropy: Buffer,
    reserved: null,
    prompt: null,
    flags: number,
    output: Buffer,
  ) => number;
  const parameters =
    'void *input, void *description, void *entropy, void *reserved, void *prompt, uint32_t flags, void *output';
  const cryptProtectData: Seal = crypt32.func(`int32_t __stdcall CryptProtectData(${parameters})`);
  const cryptUnprotectData: Seal = crypt32.func(`int32_t __stdcall CryptUnprotectData(${parameters})`);
  const { getLastError } = declareFunctions(koffi);
  const localFree: (memory: Handle) => Handle = kernel32.func('uintptr_t __stdcall LocalFree(uintptr_t memory)');
  const rtlMoveMemory: (to: Buffer, from: Handle, length: number) => void = ntdll.func(
    'void __stdcall RtlMoveMemory(void *to, uintptr_t from, uintptr_t length)',
  );
  const rtlZeroMemory: (memory: Handle, length: number) => void = ntdll.func(
    'void __stdcall RtlZeroMemory(uintptr_t memory, uintptr_t length)',
  );

  const blobOf = (bytes: Buffer): Buffer => {
    const blob = Buffer.alloc(BLOB_BYTES);
    blob.writeUInt32LE(bytes.length, LENGTH_AT);
    blob.writeBigUInt64LE(koffi.address(bytes), POINTER_AT);
    return blob;
  };
  const call = (what: string, seal: Seal, bytes: Uint8Array): Buffer => {
    // Buffers of their own, which are wiped: Node's pool would keep what was in them.
    const input = Buffer.alloc(Math.max(1, bytes.length));
    input.set(bytes);
    const entropy = Buffer.alloc(ENTROPY.length);
    entropy.set(ENTROPY);
    const output = Buffer.alloc(BLOB_BYTES);
    const blob = blobOf(input);
    blob.writeUInt32LE(bytes.length, LENGTH_AT);
    const done = seal(blob, null, blobOf(entropy), null, null, CRYPTPROTECT_UI_FORBIDDEN, output);
    const error = done === 0 ? getLastError() : 0;
    // Only addresses of them went along: that they are used here keeps them from being collected before.
    for (const one of [input, entropy]) one.fill(0);
    if (done === 0) throw new Error(`${what} failed with Win32 error ${error}`);
    const length = output.readUInt32LE(LENGTH_AT);
    const memory = output.readBigUInt64LE(POINTER_AT);
    const answer = Buffer.alloc(length);
    if (length > 0) rtlMoveMemory(answer, memory, length);
    rtlZeroMemory(memory, length);
    localFree(memory);
    return answer;
  };
  return {
    protect: bytes => call('CryptProtectData', cryptProtectData, bytes),
    unprotect: bytes => call('CryptUnprotectData', cryptUnprotectData, bytes),
  };
}
