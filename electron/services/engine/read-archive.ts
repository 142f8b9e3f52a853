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

/**
 * Reads a file, or a directory with all that is below, off the disk of a container that has ended, as `docker cp` does.
 * Undefined where there is nothing of that name. Rejects with `invalid-input` beyond the limits.
 */
export async function readArchive(
  connection: EngineConnection,
  container: string,
  path: string,
  { mostBytes, mostFiles, ...options }: ReadArchiveOptions,
): Promise<readonly ArchivedFile[] | undefined> {
  const read = async (stream: NodeJS.ReadableStream): Promise<readonly ArchivedFile[]> => {
    const extract = tar.extract();
    stream.on('error', (error: Error) => extract.destroy(error));
    stream.pipe(extract);
    const files: ArchivedFile[] = [];
    let sum = 0;
    for await (const entry of extract) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of entry) {
        if (!(chunk instanceof Uint8Array)) continue;
        sum += chunk.length;
        if (sum > mostBytes) throw tooLarge(container, path, mostBytes);
        chunks.push(chunk);
      }
      if (entry.header.type !== 'file') continue;
      if (files.length >= mostFiles) throw tooLarge(container, path, mostBytes);
      files.push({ path: belowTop(entry.header.name), bytes: Buffer.concat(chunks) });
    }
    return files;
  };
  try {
    return await connection.order(
      'copy out',
      async (docker, abortSignal) => read(await docker.getContainer(container).getArchive({ path, abortSignal })),
      { timeoutMs: 120_000, ...options },
    );
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
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
