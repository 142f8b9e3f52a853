import { type KernelAnswer, type KernelQuestion, SERVER_SILO_STATES } from '../../shared/domain/kernel-question.ts';
import { parsePrefixCache, parseProviderList } from './parse-mup-answers.ts';
import { type FilledBuffer, readUnicodeString } from './unicode-string.ts';

const MOST_SILOS = 4_096;
const MOST_VOLUMES = 4_096;
const GUID_BYTES = 16;

/** Reads what the kernel left in a buffer. Total: what does not fit is `unreadable`. */
export function parseKernelAnswer(about: KernelQuestion['about'], answer: FilledBuffer): KernelAnswer {
  const { bytes } = answer;
  const unreadable: KernelAnswer = { unreadable: bytes.length };
  switch (about) {
    case 'mup-providers': {
      const providers = parseProviderList(bytes);
      return providers === undefined ? unreadable : { providers: [...providers] };
    }
    case 'mup-prefix-cache':
      return parsePrefixCache(bytes) ?? unreadable;
    case 'winfsp-volumes':
      return volumeList(bytes) ?? unreadable;
    case 'job-container':
      if (bytes.length < GUID_BYTES) return unreadable;
      return { containerGuid: guidAt(bytes, 0), ...(bytes.length >= 36 ? { jobId: bytes.readUInt32LE(32) } : {}) };
    case 'job-silo':
      if (bytes.length < 13) return unreadable;
      return {
        siloId: bytes.readUInt32LE(0),
        parentId: bytes.readUInt32LE(4),
        processes: bytes.readUInt32LE(8),
        inServerSilo: bytes[12] !== 0,
      };
    case 'job-root': {
      const root = readUnicodeString(answer, 0);
      return root === undefined || root === '' || /\p{Cc}/u.test(root) ? unreadable : { root };
    }
    case 'job-server-silo':
      if (bytes.length < 12) return unreadable;
      return {
        serviceSession: bytes.readUInt32LE(0),
        state: SERVER_SILO_STATES[bytes.readUInt32LE(4)] ?? 'unknown',
        bytes: bytes.length,
      };
    case 'silo-ids':
      return siloIds(bytes) ?? unreadable;
    case 'process-silo':
      return bytes.length < 4 ? unreadable : { serverSiloId: bytes.readUInt32LE(0) };
    case 'process-session':
      return bytes.length < 4 ? unreadable : { sessionId: bytes.readUInt32LE(0) };
    case 'thread-container':
      return bytes.length < GUID_BYTES ? unreadable : { containerGuid: guidAt(bytes, 0) };
  }
}

/** Texts one behind the other, each with a NUL at its end. Ground: winfsp src/sys/volume.c. */
function volumeList(bytes: Buffer): KernelAnswer | undefined {
  if (bytes.length % 2 === 1) return undefined;
  const text = bytes.toString('utf16le');
  if (text !== '' && !text.endsWith('\0')) return undefined;
  const volumes = text.split('\0').filter(name => name !== '');
  return volumes.length > MOST_VOLUMES || volumes.some(name => /\p{Cc}/u.test(name)) ? undefined : { volumes };
}

/** {u32 count; u32 ids[]}. */
function siloIds(bytes: Buffer): KernelAnswer | undefined {
  if (bytes.length < 4) return undefined;
  const count = bytes.readUInt32LE(0);
  if (count > MOST_SILOS || 4 + count * 4 > bytes.length) return undefined;
  return { siloIds: Array.from({ length: count }, (_, index) => bytes.readUInt32LE(4 + index * 4)) };
}

/** As WinFsp writes it into the provider's name: lower case, no braces; the first three parts are little-endian. */
function guidAt(bytes: Buffer, at: number): string {
  const hex = (from: number, to: number): string => bytes.toString('hex', at + from, at + to);
  const first = bytes.readUInt32LE(at).toString(16).padStart(8, '0');
  const [second, third] = [4, 6].map(from =>
    bytes
      .readUInt16LE(at + from)
      .toString(16)
      .padStart(4, '0'),
  );
  return `${first}-${second}-${third}-${hex(8, 10)}-${hex(10, 16)}`;
}
