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

type Calls = Pick<Client<Contract>, 'call'>;

/** The pieces of an archive, in order, as they are made. */
export async function* takenArchive(client: Calls, id: string): AsyncGenerator<Buffer> {
  for (let ended = false; !ended; ) {
    const piece = await client.call('unwritten.next', { id });
    ended = piece.ended;
    yield Buffer.from(piece.data, 'base64');
  }
}

/** An archive whose first piece is there. */
export interface OpenArchive {
  readonly pieces: AsyncGenerator<Buffer>;
  /** Ends the copy: whoever took it wants no more of it. Never rejects. */
  readonly leave: () => Promise<void>;
}

/** Begins to take an archive; undefined where there is no such copy, or it fails before. */
export async function openArchive(client: Calls, id: string): Promise<OpenArchive | undefined> {
  const taken = takenArchive(client, id);
  try {
    const first = await taken.next();
    if (first.done === true) return undefined;
    const pieces = (async function* () {
      yield first.value;
      yield* taken;
    })();
    // At once, though a piece may be on its way. Where the copy has ended by itself, nobody is left to be told.
    const leave = (): Promise<void> =>
      client.call('unwritten.next', { id, stop: true }).then(
        () => undefined,
        () => undefined,
      );
    return { pieces, leave };
  } catch {
    return undefined;
  }
}
