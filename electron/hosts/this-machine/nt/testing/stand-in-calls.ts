import { NT_STATUS } from '../../../nt-status.ts';
import { DIRECTORY_ENTRY_BYTES } from '../parse-directory-entries.ts';
import type { Handle, ObjectCalls, Opened } from '../system-calls.ts';

export type StandInTree = Readonly<Record<string, readonly (readonly [name: string, type: string])[]>>;

export interface StandInKernel {
  readonly batches: boolean;
  readonly links?: Readonly<Record<string, string>>;
  /** What every query answers instead. */
  readonly queryStatus?: number;
  /** Answers the first entry again and again. */
  readonly stuck?: boolean;
}

const ADDRESS = 0x7ff0_1234_5000n;

/** Lays entries out as the kernel does: an array of fixed entries, one of zeros at its end, then the strings. */
export function layOut(
  entries: readonly (readonly [string, string])[],
  room: number,
  address: bigint,
): Buffer | undefined {
  const bytes = Buffer.alloc(room);
  let at = DIRECTORY_ENTRY_BYTES * (entries.length + 1);
  for (const [index, pair] of entries.entries()) {
    for (const [half, text] of pair.entries()) {
      const length = text.length * 2;
      if (at + length + 2 > room) return undefined;
      const field = index * DIRECTORY_ENTRY_BYTES + half * 16;
      bytes.writeUInt16LE(length, field);
      bytes.writeUInt16LE(length + 2, field + 2);
      bytes.writeBigUInt64LE(address + BigInt(at), field + 8);
      bytes.write(text, at, 'utf16le');
      at += length + 2;
    }
  }
  return at > room ? undefined : bytes;
}

/** The calls over a tree in memory, by the rules of NtQueryDirectoryObject (ReactOS ntoskrnl/ob/obdir.c). */
export function standInCalls(tree: StandInTree, kernel: StandInKernel): ObjectCalls & { openHandles(): number } {
  const open = new Map<Handle, string>();
  let next = 4;
  const opening = (
    path: string,
    known: Readonly<Record<string, unknown>>,
    others: Readonly<Record<string, unknown>>,
  ): Opened => {
    if (path in others) return { status: NT_STATUS.OBJECT_TYPE_MISMATCH, handle: 0 };
    if (!(path in known)) return { status: NT_STATUS.OBJECT_NAME_NOT_FOUND, handle: 0 };
    const handle = next;
    next += 4;
    open.set(handle, path);
    return { status: NT_STATUS.SUCCESS, handle };
  };
  const links = kernel.links ?? {};

  return {
    openDirectory: path => opening(path, tree, links),
    openLink: path => opening(path, links, tree),
    queryDirectory(handle, buffer, { single, restart, context }) {
      const said = (status: number, now = context): { status: number; context: number; needed: number } => ({
        status,
        context: now,
        needed: 0,
      });
      if (kernel.queryStatus !== undefined) return said(kernel.queryStatus);
      if (!single && !kernel.batches) return said(NT_STATUS.NOT_IMPLEMENTED);
      const all = tree[open.get(handle) ?? ''] ?? [];
      const from = restart || kernel.stuck === true ? 0 : context;
      if (from >= all.length) return said(NT_STATUS.NO_MORE_ENTRIES);
      let count = single ? 1 : all.length - from;
      for (; count > 0; count = Math.floor(count / 2)) {
        const laid = layOut(all.slice(from, from + count), buffer.length, ADDRESS);
        if (laid === undefined) continue;
        laid.copy(buffer);
        const to = kernel.stuck === true ? 0 : from + count;
        return said(single || to === all.length ? NT_STATUS.SUCCESS : NT_STATUS.MORE_ENTRIES, to);
      }
      buffer.fill(0, 0, DIRECTORY_ENTRY_BYTES);
      return said(single ? NT_STATUS.BUFFER_TOO_SMALL : NT_STATUS.MORE_ENTRIES, from);
    },
    queryLink(handle, buffer) {
      const length = buffer.write(links[open.get(handle) ?? ''] ?? '', 0, 'utf16le');
      return { status: NT_STATUS.SUCCESS, length, needed: length };
    },
    addressOf: () => ADDRESS,
    close: handle => void open.delete(handle),
    openHandles: () => open.size,
  };
}
