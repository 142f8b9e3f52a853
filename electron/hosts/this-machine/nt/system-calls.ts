/**
 * The calls of ntdll that reading the object namespace takes, as plain functions: native-calls.ts has the real ones,
 * tests hand in others. Handles are numbers of the process; statuses are unsigned 32-bit.
 */
export interface ObjectCalls {
  /** Opens the directory of that name with DIRECTORY_QUERY, following links. */
  readonly openDirectory: (path: string) => Opened;
  /** Opens the link itself with SYMBOLIC_LINK_QUERY. */
  readonly openLink: (path: string) => Opened;
  /** NtQueryDirectoryObject. `context` is the index to go on from, and afterwards the next one. */
  queryDirectory(
    handle: Handle,
    buffer: Buffer,
    how: { readonly single: boolean; readonly restart: boolean; readonly context: number },
  ): { readonly status: number; readonly context: number; readonly needed: number };
  /** NtQuerySymbolicLinkObject: the target's bytes are left in `buffer`. */
  queryLink(
    handle: Handle,
    buffer: Buffer,
  ): { readonly status: number; readonly length: number; readonly needed: number };
  /** Where a buffer stands in memory: pointers that the kernel leaves in it count from there. */
  addressOf(buffer: Buffer): bigint;
  close(handle: Handle): void;
}

export type Handle = number | bigint;

/** `handle` means something only when `status` is a success. */
export interface Opened {
  readonly status: number;
  readonly handle: Handle;
}
