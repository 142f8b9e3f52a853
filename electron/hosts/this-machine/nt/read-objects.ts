import { MOST_ENTRIES } from '../../../../shared/domain/most-entries.ts';
import type { ObjectEntry, ObjectRefusal } from '../../host.ts';
import { isFailure, NT_STATUS, refusalOf } from '../../nt-status.ts';
import { parseDirectoryEntries } from './parse-directory-entries.ts';
import type { Handle, ObjectCalls } from './system-calls.ts';

/** What a hostile or broken namespace may cost at most. */
export interface ObjectLimits {
  readonly entries: number;
  readonly depth: number;
}

export const DEFAULT_LIMITS: ObjectLimits = { entries: MOST_ENTRIES, depth: 64 };

const FIRST_BUFFER = 65_536;
const LARGEST_BUFFER = 4_194_304;
/** A UNICODE_STRING's length is a u16. */
const LONGEST_NAME = 32_766;
const LARGEST_SINGLE = 2 * 65_536 + 64;

type Answer<T> = T | { readonly refused: ObjectRefusal };

/** Reads directories and links of the object namespace, and opens nothing else. */
export interface ObjectReader {
  list(path: string): Answer<{ readonly entries: readonly ObjectEntry[] }>;
  readLink(path: string): Answer<{ readonly target: string }>;
}

/**
 * An object reader over these calls. Directories are asked in batches; where the kernel knows no batches (Wine 8 answers
 * STATUS_NOT_IMPLEMENTED) entry by entry, and from then on only so. A directory with more entries than the limit is
 * refused as `unsupported`, never cut short. `\??` is virtual and is not listed by Windows: it is added by hand.
 */
export function createObjectReader(calls: ObjectCalls, limits: ObjectLimits = DEFAULT_LIMITS): ObjectReader {
  let batches = true;
  let shared = Buffer.alloc(FIRST_BUFFER);

  const entriesOf = (handle: Handle): Answer<{ readonly entries: readonly ObjectEntry[] }> => {
    if (batches) {
      const listed = inBatches(handle);
      if (listed !== 'unknown') return listed;
      batches = false;
    }
    return oneByOne(handle);
  };

  const inBatches = (handle: Handle): Answer<{ readonly entries: readonly ObjectEntry[] }> | 'unknown' => {
    const entries: ObjectEntry[] = [];
    for (let context = 0, restart = true; ; ) {
      const asked = calls.queryDirectory(handle, shared, { single: false, restart, context });
      if (asked.status === NT_STATUS.NO_MORE_ENTRIES) return { entries };
      if (restart && asked.status === NT_STATUS.NOT_IMPLEMENTED) return 'unknown';
      const full = asked.status === NT_STATUS.MORE_ENTRIES || asked.status === NT_STATUS.BUFFER_TOO_SMALL;
      if (!full && isFailure(asked.status)) return { refused: refusalOf(asked.status) };
      const found =
        asked.status === NT_STATUS.BUFFER_TOO_SMALL
          ? []
          : parseDirectoryEntries({ bytes: shared, address: calls.addressOf(shared) });
      for (const entry of found) entries.push(entry);
      if (entries.length > limits.entries) return { refused: 'unsupported' };
      if (!full) return { entries };
      if (found.length === 0) {
        if (shared.length >= LARGEST_BUFFER) return { refused: 'unsupported' };
        shared = Buffer.alloc(shared.length * 2);
      } else {
        context = asked.context;
        restart = false;
      }
    }
  };

  const oneByOne = (handle: Handle): Answer<{ readonly entries: readonly ObjectEntry[] }> => {
    const entries: ObjectEntry[] = [];
    let address = calls.addressOf(shared);
    for (let context = 0, restart = true; ; ) {
      const asked = calls.queryDirectory(handle, shared, { single: true, restart, context });
      if (asked.status === NT_STATUS.NO_MORE_ENTRIES) return { entries };
      if (asked.status === NT_STATUS.BUFFER_TOO_SMALL && shared.length < LARGEST_SINGLE) {
        shared = Buffer.alloc(LARGEST_SINGLE);
        address = calls.addressOf(shared);
        continue;
      }
      if (isFailure(asked.status)) return { refused: refusalOf(asked.status) };
      const [entry] = parseDirectoryEntries({ bytes: shared, address }, 1);
      if (entry !== undefined) entries.push(entry);
      if (entries.length > limits.entries || asked.context === context) return { refused: 'unsupported' };
      context = asked.context;
      restart = false;
    }
  };

  const targetOf = (handle: Handle): Answer<{ readonly target: string }> => {
    const asked = calls.queryLink(handle, shared);
    if (isFailure(asked.status)) return { refused: refusalOf(asked.status) };
    return { target: shared.toString('utf16le', 0, asked.length) };
  };

  const within = <T>(
    path: string,
    open: (path: string) => { readonly status: number; readonly handle: Handle },
    read: (handle: Handle) => Answer<T>,
  ): Answer<T> => {
    if (!isSound(path, limits.depth)) return { refused: 'malformed-name' };
    const { status, handle } = open(path);
    if (isFailure(status)) return { refused: refusalOf(status) };
    try {
      return read(handle);
    } finally {
      calls.close(handle);
    }
  };

  return {
    list(path) {
      const listed = within(path, calls.openDirectory, entriesOf);
      return path === '\\' && 'entries' in listed ? { entries: withDosDevices(listed.entries) } : listed;
    },
    readLink: path => within(path, calls.openLink, targetOf),
  };
}

function isSound(path: string, depth: number): boolean {
  if (!path.startsWith('\\') || path.length * 2 > LONGEST_NAME || path.includes('\0')) return false;
  return path === '\\' || path.split('\\').length - 1 <= depth;
}

const DOS_DEVICES: ObjectEntry = { name: '??', type: 'Directory' };

function withDosDevices(entries: readonly ObjectEntry[]): readonly ObjectEntry[] {
  return entries.some(({ name }) => name === DOS_DEVICES.name) ? entries : [...entries, DOS_DEVICES];
}
