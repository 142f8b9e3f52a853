import { buffer } from 'node:stream/consumers';
import tar from 'tar-stream';
import type { CallOptions, EngineConnection } from './engine-connection.ts';

/** A file of a container's own disk, such as `C:\ProgramData\x`. */
export interface ContainerText {
  readonly path: string;
  readonly text: string;
}

/** The root of the only disk that the engine's archive call reaches. Ground: moby go-archive/path_windows.go. */
const ROOT = 'C:\\';

/**
 * Puts files onto the disk of a container that need not run yet, by the engine's archive call: they are in no command,
 * no variable and no label. Directories above them are made.
 */
export async function putFiles(
  connection: EngineConnection,
  container: string,
  files: readonly ContainerText[],
  options?: CallOptions,
): Promise<void> {
  if (files.length === 0) return;
  const pack = tar.pack();
  for (const { path, text } of files) {
    pack.entry({ name: path.slice(ROOT.length).replaceAll('\\', '/'), mode: 0o600 }, text);
  }
  pack.finalize();
  const archive = await buffer(pack);
  await connection.order(
    'put files',
    (docker, abortSignal) => docker.getContainer(container).putArchive(archive, { path: ROOT, abortSignal }),
    options,
  );
}

/** Leaves nothing in them. The archive call cannot delete. */
export async function emptyFiles(
  connection: EngineConnection,
  container: string,
  paths: readonly string[],
  options?: CallOptions,
): Promise<void> {
  await putFiles(
    connection,
    container,
    paths.map(path => ({ path, text: '' })),
    options,
  );
}
