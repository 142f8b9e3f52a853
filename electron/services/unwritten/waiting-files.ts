import type { WaitingFile } from '../../../shared/domain/kept-container.ts';
import type { UnwrittenPlace } from '../../../shared/domain/unwritten-place.ts';
import type { CallOptions, EngineConnection } from '../engine/engine-connection.ts';
import { readArchive } from '../engine/read-archive.ts';

/** An index is small texts; one that is not is none. */
const INDEX_LIMITS = { mostBytes: 67_108_864, mostFiles: 50_000 } as const;

/**
 * What the index of a program says that it has not written, by path, read off the disk of a container. Undefined where
 * its profile knows of no index, or where there is none: then nothing tells.
 */
export async function waitingFiles(
  connection: EngineConnection,
  container: string,
  place: UnwrittenPlace | undefined,
  options?: CallOptions,
): Promise<readonly WaitingFile[] | undefined> {
  const { index } = place ?? {};
  if (index === undefined) return undefined;
  const texts = await readArchive(connection, container, index.directory, { ...INDEX_LIMITS, ...options });
  if (texts === undefined) return undefined;
  const waiting: WaitingFile[] = [];
  for (const { path, bytes } of texts) {
    const read = fieldsOf(bytes.toString('utf8'));
    // What cannot be read may be half an entry: its file counts as not written.
    if (read !== undefined && read[index.waits] === false) continue;
    const size = index.size === undefined ? undefined : read?.[index.size];
    waiting.push({ path: path.replaceAll('/', '\\'), bytes: typeof size === 'number' && size >= 0 ? size : 0 });
  }
  return waiting.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

/** A JSON object; undefined for anything else. Total. */
function fieldsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? { ...read } : undefined;
  } catch {
    return undefined;
  }
}
