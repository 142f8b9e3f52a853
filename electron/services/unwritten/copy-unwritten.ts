import { FaultError } from '../../../shared/contract/fault.ts';
import type { CopyProgress } from '../../../shared/domain/kept-container.ts';
import { ZipWriter } from '../bundle/zip-writer.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { type PassingFile, passArchive } from '../engine/read-archive.ts';
import type { Kept } from './find-kept.ts';
import { safeNamer } from './safe-names.ts';
import { waitingFiles } from './waiting-files.ts';

/** So many files are asked for one by one; for more, the whole directory is read over once. */
const ONE_BY_ONE = 50;
/** Told so often, in bytes, within one file. */
const PROGRESS_BYTES = 4 * 1_048_576;

export interface CopyOptions {
  readonly at: Date;
  /** Takes the archive piece by piece; resolves when there is room for more. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  readonly tell: (progress: CopyProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What went into the archive; `missing`: paths that the program lists and that are not there. */
export interface Copied {
  readonly files: number;
  readonly bytes: number;
  readonly missing: readonly string[];
}

/**
 * Copies out of a kept container what its program had not written, as a zip archive: what its index says, else all of its
 * directory. Neither its files nor the archive are ever held as a whole. Rejects with `not-found` where its profile names
 * no directory or the container has none of that name.
 */
export async function copyUnwritten(
  connection: EngineConnection,
  { listed: { ref }, place }: Kept,
  { at, write, tell, signal }: CopyOptions,
): Promise<Copied> {
  const nothing = (what: string, name: string): FaultError => new FaultError({ code: 'not-found', what, name });
  if (place === undefined) throw nothing('directory of unwritten files in the profile of', ref.name);
  const { directory } = place;
  const waiting = await waitingFiles(connection, ref.id, place, { signal });
  const of =
    waiting === undefined
      ? {}
      : { of: { files: waiting.length, bytes: waiting.reduce((sum, { bytes }) => sum + bytes, 0) } };
  const zip = new ZipWriter(write, at);
  const nameOf = safeNamer();
  let [files, bytes] = [0, 0];
  const put = async (path: string, { size, content }: PassingFile): Promise<void> => {
    const before = bytes;
    await zip.file(
      nameOf(path),
      size,
      counted(content, read => tell({ files, bytes: before + read, ...of })),
    );
    files += 1;
    bytes += size;
    tell({ files, bytes, ...of });
  };
  tell({ files, bytes, ...of });
  let missing: readonly string[] = [];
  if (waiting !== undefined && waiting.length <= ONE_BY_ONE) {
    for (const { path } of waiting) {
      const one = (file: PassingFile): Promise<void> => put(path.replaceAll('\\', '/'), file);
      const found = await passArchive(connection, ref.id, `${directory}\\${path}`, one, { signal });
      if (!found) missing = [...missing, path];
    }
  } else {
    // Windows' names know no case: nor may what is left out.
    const wanted = waiting && new Map(waiting.map(({ path }) => [path.replaceAll('\\', '/').toLowerCase(), path]));
    const one = async (file: PassingFile): Promise<void> => {
      const isWanted = wanted === undefined || wanted.delete(file.path.toLowerCase());
      if (isWanted) await put(file.path, file);
    };
    const found = await passArchive(connection, ref.id, directory, one, { signal });
    if (!found && waiting === undefined) throw nothing(`directory in ${ref.name}`, directory);
    missing = [...(wanted?.values() ?? [])];
  }
  await zip.end();
  return { files, bytes, missing };
}

/** The same, with word now and then of how many bytes there were. */
async function* counted(content: AsyncIterable<Uint8Array>, tell: (read: number) => void): AsyncGenerator<Uint8Array> {
  let [read, told] = [0, 0];
  for await (const bytes of content) {
    yield bytes;
    read += bytes.length;
    if (read - told < PROGRESS_BYTES) continue;
    told = read;
    tell(read);
  }
}
