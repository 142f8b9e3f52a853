import type { Duplex } from 'node:stream';
import { startContainer } from './container-orders.ts';
import type { CallOptions, EngineConnection } from './engine-connection.ts';

/**
 * Starts a container that takes input, and gives it that text: it is in no command, no variable and no label. Attached
 * before the start, so that the program cannot ask too early; hung up afterwards, which ends its input. Programs must be
 * content with lines: a named pipe of Node's cannot say that the input is over while it is open.
 */
export async function startWithInput(
  connection: EngineConnection,
  id: string,
  text: string,
  options?: CallOptions,
): Promise<void> {
  const stream = await connection.order(
    'attach to container',
    async (docker, abortSignal): Promise<Duplex> => {
      const attached = await docker
        .getContainer(id)
        .attach({ stream: true, stdin: true, stdout: false, stderr: false, hijack: true, abortSignal });
      return attached as Duplex;
    },
    options,
  );
  // A container that ends at once breaks the stream: how it ended is told by whoever waits for its volume.
  stream.on('error', () => undefined);
  stream.resume();
  try {
    await startContainer(connection, id, options);
    await new Promise<void>(resolve => {
      stream.once('close', resolve);
      stream.end(text, resolve);
    });
  } finally {
    stream.destroy();
  }
}
