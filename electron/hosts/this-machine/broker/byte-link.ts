import type { Duplex } from 'node:stream';

/** Bytes both ways between the asker and the broker, half duplex: nobody writes while it reads. */
export interface ByteLink {
  /** The next bytes, some at least; undefined once the other side has gone. Never rejects. */
  read(): Promise<Uint8Array | undefined>;
  /** Settles when the bytes are on their way; a link that is cut swallows them, and the next read tells. */
  write(bytes: Uint8Array): Promise<void>;
  close(): void;
}

/** A link over a stream of Node's. The stream is the link's from now on. */
export function linkOver(stream: Duplex): ByteLink {
  // Its end is told by the reads; an error that nobody listens for would end the process.
  stream.on('error', () => undefined);
  const pieces = stream[Symbol.asyncIterator]();
  return {
    read: async () => {
      try {
        const { done, value } = await pieces.next();
        return done === true ? undefined : Buffer.from(value);
      } catch {
        return undefined;
      }
    },
    write: bytes =>
      new Promise(resolve => {
        const settle = (): void => {
          stream.off('close', settle);
          resolve();
        };
        if (stream.destroyed || stream.writableEnded) return resolve();
        // What is on its way when the link is cut is called back by some streams and not by others.
        stream.once('close', settle);
        return void stream.write(bytes, settle);
      }),
    close: () => void stream.destroy(),
  };
}
