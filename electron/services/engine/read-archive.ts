import tar from 'tar-stream';
import { FaultError } from '../../../shared/contract/fault.ts';
import { formatBytes } from '../../../shared/wording/amounts.ts';
import type { CallOptions, EngineConnection } from './engine-connection.ts';

/** A file of a container's disk, as the archive call gives it. */
export interface ArchivedFile {
  /** Relative to the directory that was asked for, with slashes; its own name where a file was. Untrusted. */
  readonly path: string;
  readonly bytes: Buffer;
}

export interface ReadArchiveOptions extends CallOptions {
  /** All files together may be so large. */
  readonly mostBytes: number;
  readonly mostFiles: number;
}

/** A file on its way. Its content has to be read, or left, before the next one comes. */
export interface PassingFile {
  /** As in `ArchivedFile`. */
  readonly path: string;
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** What is large takes its time: whoever waits ends it. */
const LONGEST_MS = 86_400_000;

/**
 * Reads a file, or a directory with all that is below, off the disk of a container that has ended, as `docker cp` does,
 * file by file. False where there is nothing of that name.
 */
export async function passArchive(
  connection: EngineConnection,
  container: string,
  path: string,
  each: (file: PassingFile) => Promise<void>,
  options?: CallOptions,
): Promise<boolean> {
  const read = async (stream: NodeJS.ReadableStream, signal: AbortSignal): Promise<void> => {
    const extract = tar.extract();
    const stop = (): void => extract.destroy(new FaultError({ code: 'cancelled' }));
    signal.addEventListener('abort', stop, { once: true });
    stream.on('error', (error: Error) => extract.destroy(error));
    // One that is left must not go on sending.
    extract.on('close', () => void ('destroy' in stream && typeof stream.destroy === 'function' && stream.destroy()));
    stream.pipe(extract);
    try {
      for await (const entry of extract) {
        const { name, size, type } = entry.header;
        if (type === 'file') await each({ path: belowTop(name), size, content: bytesOf(entry) });
        entry.resume();
      }
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
  try {
    await connection.order(
      'copy out',
      async (docker, signal) =>
        read(await docker.getContainer(container).getArchive({ path, abortSignal: signal }), signal),
      { timeoutMs: LONGEST_MS, ...options },
    );
    return true;
  } catch (error) {
    if (isNotThere(error)) return false;
    throw error;
  }
}

/** What a stream of bytes is by its types, too. */
async function* bytesOf(entry: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of entry) if (chunk instanceof Uint8Array) yield chunk;
}

/** The same as a whole, for what is small. Undefined where there is nothing of that name; `invalid-input` beyond the limits. */
export async function readArchive(
  connection: EngineConnection,
  container: string,
  path: string,
  { mostBytes, mostFiles, ...options }: ReadArchiveOptions,
): Promise<readonly ArchivedFile[] | undefined> {
  const files: ArchivedFile[] = [];
  let sum = 0;
  const keep = async ({ path: name, content }: PassingFile): Promise<void> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of content) {
      sum += chunk.length;
      if (sum > mostBytes) throw tooLarge(container, path, mostBytes);
      chunks.push(chunk);
    }
    if (files.length >= mostFiles) throw tooLarge(container, path, mostBytes);
    files.push({ path: name, bytes: Buffer.concat(chunks) });
  };
  const isThere = await passArchive(connection, container, path, keep, { timeoutMs: 120_000, ...options });
  return isThere ? files : undefined;
}

function tooLarge(container: string, path: string, mostBytes: number): FaultError {
  const message = `more than ${formatBytes(mostBytes)}: copy it with docker cp ${container}:${path} .`;
  return new FaultError({ code: 'invalid-input', issues: [{ path: 'container', message }] });
}

/** The first part is the name of what was asked for. */
const belowTop = (name: string): string => (name.includes('/') ? name.slice(name.indexOf('/') + 1) : name);

/** Ground: moby daemon/archive_windows.go, `Could not find the file ... in container`. */
const isNotThere = (error: unknown): boolean =>
  error instanceof FaultError &&
  error.fault.code === 'engine-refused' &&
  error.fault.statusCode === 404 &&
  /could not find the file/i.test(error.fault.raw);
