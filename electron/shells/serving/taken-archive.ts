import type { Contract } from '../../../shared/contract/contract.ts';
import type { Client } from '../../../shared/contract/operation.ts';

/** The address below the page at which a browser takes what `unwritten.copy` makes. */
const ADDRESS = /^\/unwritten\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The id of the copy that a path means; undefined for any other path. Total. */
export function archiveOf(path: string): string | undefined {
  return ADDRESS.exec(path)?.[1];
}

/** What goes out with such an archive. */
export const ARCHIVE_HEADERS = {
  'content-type': 'application/zip',
  'content-disposition': 'attachment',
  'cache-control': 'no-store',
} as const;

/** The pieces of an archive, in order, as they are made. Whoever leaves before the end ends the copy. */
export async function* takenArchive(client: Pick<Client<Contract>, 'call'>, id: string): AsyncGenerator<Buffer> {
  let ended = false;
  try {
    while (!ended) {
      const piece = await client.call('unwritten.next', { id });
      ended = piece.ended;
      yield Buffer.from(piece.data, 'base64');
    }
  } finally {
    // It may have ended by itself, or its host is gone: then nobody is left to be told.
    if (!ended) await client.call('unwritten.next', { id, stop: true }).catch(() => undefined);
  }
}

/** The same, once its first piece is there; undefined where there is no such copy, or it fails before. */
export async function openArchive(
  client: Pick<Client<Contract>, 'call'>,
  id: string,
): Promise<AsyncGenerator<Buffer> | undefined> {
  const pieces = takenArchive(client, id);
  try {
    const first = await pieces.next();
    if (first.done === true) return undefined;
    return (async function* () {
      try {
        yield first.value;
        yield* pieces;
      } finally {
        await pieces.return(undefined);
      }
    })();
  } catch {
    return undefined;
  }
}
