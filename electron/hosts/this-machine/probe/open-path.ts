import { isGone, NT_STATUS } from '../../nt-status.ts';
import type { FileCalls } from '../nt/file-calls.ts';

/** What opening a path came to: the status, or what was found. */
export type PathAnswer =
  | { readonly status: number }
  | { readonly winfsp: boolean; readonly directory: boolean; readonly content?: Uint8Array };

/** More is never read, whatever is asked: the other side is a program in a container. */
export const MOST_BYTES = 1_048_576;

/**
 * Opens a path the safe way: for its attributes, or to read up to `readBytes` of a file; as nobody, or where the server
 * must know who asks, as one who may be identified but not acted for. Blocks for as long as the file system likes.
 */
export function openPath(files: FileCalls, path: string, readBytes: number): PathAnswer {
  const read = readBytes > 0;
  let opened = files.open(path, { read, level: 'anonymous' });
  if (opened.status === NT_STATUS.BAD_IMPERSONATION_LEVEL) {
    opened = files.open(path, { read, level: 'identification' });
  }
  if (opened.status !== NT_STATUS.SUCCESS) return { status: opened.status };
  const { handle } = opened;
  try {
    const { status, directory } = files.attributes(handle);
    if (status !== NT_STATUS.SUCCESS) return { status };
    const asked = files.queryWinFsp(handle).status;
    // Of one that went meanwhile nobody can say any more that it was not WinFsp's.
    if (isGone(asked)) return { status: asked };
    const winfsp = asked === NT_STATUS.SUCCESS;
    if (!read || directory) return { winfsp, directory };
    const buffer = Buffer.alloc(Math.min(readBytes, MOST_BYTES));
    const answer = files.read(handle, buffer);
    if (answer.status !== NT_STATUS.SUCCESS) return { status: answer.status };
    return { winfsp, directory, content: buffer.subarray(0, answer.length) };
  } finally {
    files.close(handle);
  }
}
