import { FaultError } from '../../../shared/contract/fault.ts';
import type { UnwrittenCopy } from '../../../shared/domain/kept-container.ts';
import { formatBytes } from '../../../shared/wording/amounts.ts';
import { zipFile } from '../bundle/zip-file.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { type ArchivedFile, readArchive } from '../engine/read-archive.ts';
import type { Kept } from './find-kept.ts';
import { safeNames } from './safe-names.ts';
import { waitingFiles } from './waiting-files.ts';

/** An archive travels whole, as one answer. What is larger goes by `docker cp`. */
const LIMITS = { mostBytes: 134_217_728, mostFiles: 10_000 } as const;

/**
 * Copies out of a kept container what its program had not written: what its index says, else all of its directory. Rejects
 * with `not-found` where its profile names no directory or the container has none of that name, `invalid-input` for too much.
 */
export async function copyUnwritten(
  connection: EngineConnection,
  { listed: { ref }, place }: Kept,
  at: Date,
  signal?: AbortSignal,
): Promise<UnwrittenCopy> {
  const nothing = (what: string, name: string): FaultError => new FaultError({ code: 'not-found', what, name });
  if (place === undefined) throw nothing('directory of unwritten files in the profile of', ref.name);
  const { directory } = place;
  const waiting = await waitingFiles(connection, ref.id, place, { signal });
  let files: readonly ArchivedFile[] = [];
  if (waiting === undefined) {
    const read = await readArchive(connection, ref.id, directory, { ...LIMITS, signal });
    if (read === undefined) throw nothing(`directory in ${ref.name}`, directory);
    files = read;
  } else {
    let left = LIMITS.mostBytes;
    for (const { path } of waiting.slice(0, LIMITS.mostFiles)) {
      const [file] =
        (await readArchive(connection, ref.id, `${directory}\\${path}`, { mostBytes: left, mostFiles: 1, signal })) ??
        [];
      if (file === undefined) continue;
      left -= file.bytes.length;
      files = [...files, { path: path.replaceAll('\\', '/'), bytes: file.bytes }];
    }
    if (waiting.length > LIMITS.mostFiles) {
      const message = `more than ${LIMITS.mostFiles} files, or ${formatBytes(LIMITS.mostBytes)}: use docker cp`;
      throw new FaultError({ code: 'invalid-input', issues: [{ path: 'container', message }] });
    }
  }
  const names = safeNames(files.map(({ path }) => path));
  const zipped = files.map(({ bytes }, at) => ({ name: names[at] ?? '_', content: bytes }));
  return {
    container: ref.name,
    archive: zipFile(zipped, at).toString('base64'),
    files: zipped.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes.length, 0),
  };
}
