import type { CachedPrefix, UncProvider } from '../../shared/domain/mup-evidence.ts';

const STATES = ['unknown', 'initialising', 'registration-pending', 'registered', 'unregistration-pending'] as const;
const PROVIDER_HEAD = 22;

/**
 * Reads the answer to 0x100030 (GET_UNC_PROVIDER_LIST); undefined where not all of the entries that it counts are there
 * and fit: half a list would pass for the whole. Total. Undocumented by Microsoft: u32 count, then entries {u32 stride,
 * i32 references, u32 priority, u32 state, u32 id, u16 name bytes, name}.
 * Ground: System Informer, phnt/include/ntioapi.h.
 */
export function parseProviderList(bytes: Buffer): readonly UncProvider[] | undefined {
  const providers: UncProvider[] = [];
  const isWhole = readEntries(bytes, 0, 4, PROVIDER_HEAD, (at, end) => {
    const name = printable(bytes, at + PROVIDER_HEAD, bytes.readUInt16LE(at + 20), end);
    if (name === undefined) return false;
    const state = STATES[bytes.readUInt32LE(at + 12)] ?? 'unknown';
    providers.push({
      name,
      priority: bytes.readUInt32LE(at + 8),
      state,
      providerId: bytes.readUInt32LE(at + 16),
    });
    return true;
  });
  return isWhole ? providers : undefined;
}

const CACHE_HEAD = 36;

/** The prefix cache, and where its offsets were seen to count from. */
export interface ReadPrefixCache {
  readonly prefixCache: CachedPrefix[];
  readonly offsetsFrom?: 'entry' | 'strings';
}

/**
 * Reads the answer to 0x10002C (GET_UNC_CACHE_INFO); undefined where not all of the entries that it counts are there and
 * fit. Total. The sources disagree on whether string offsets count from the entry or from its string field at 36:
 * whichever yields printable text inside the entry is taken, for the entry as a whole.
 * Ground: phnt/include/ntioapi.h and NtUtils.Files.Mup.pas.
 */
export function parsePrefixCache(bytes: Buffer): ReadPrefixCache | undefined {
  const prefixCache: CachedPrefix[] = [];
  let offsetsFrom: ReadPrefixCache['offsetsFrom'];
  const isWhole = readEntries(bytes, 12, 16, CACHE_HEAD, (at, end) => {
    const behindHead = stringsFrom(bytes, at, at + CACHE_HEAD, end);
    const strings = behindHead ?? stringsFrom(bytes, at, at, end);
    if (strings === undefined) return false;
    const [uncName, providerName, surrogateName] = strings;
    if (uncName !== '') offsetsFrom = behindHead === undefined ? 'entry' : 'strings';
    prefixCache.push({
      uncName,
      providerName,
      surrogateName,
      priority: bytes.readUInt32LE(at + 28),
      timeToLive: bytes.readUInt32LE(at + 32),
    });
    return true;
  });
  return isWhole ? { prefixCache, ...(offsetsFrom === undefined ? {} : { offsetsFrom }) } : undefined;
}

/**
 * Reads entries that begin with their own stride; of the last, only the padding may be missing. True when `read` has
 * taken every one that the answer counts.
 */
function readEntries(
  bytes: Buffer,
  countAt: number,
  first: number,
  head: number,
  read: (at: number, end: number) => boolean,
): boolean {
  if (bytes.length < first) return false;
  let left = bytes.readUInt32LE(countAt);
  for (let at = first; left > 0 && at + head <= bytes.length; left--) {
    const stride = bytes.readUInt32LE(at);
    if (stride < head || !read(at, Math.min(at + stride, bytes.length))) return false;
    at += stride;
  }
  return left === 0;
}

function stringsFrom(
  bytes: Buffer,
  at: number,
  base: number,
  end: number,
): readonly [unc: string, provider: string, surrogate: string] | undefined {
  const text = (field: number): string | undefined => {
    const length = bytes.readUInt16LE(at + field + 4);
    if (length === 0) return '';
    const start = base + bytes.readUInt32LE(at + field);
    return start < at + CACHE_HEAD ? undefined : printable(bytes, start, length, end);
  };
  const [unc, provider, surrogate] = [text(4), text(12), text(20)];
  if (unc === undefined || provider === undefined || surrogate === undefined) return undefined;
  return [unc, provider, surrogate];
}

/** UTF-16 text of so many bytes that ends before `end` and holds no control character. */
function printable(bytes: Buffer, start: number, length: number, end: number): string | undefined {
  if (length % 2 === 1 || start + length > end) return undefined;
  const text = bytes.toString('utf16le', start, start + length);
  return /\p{Cc}/u.test(text) ? undefined : text;
}
