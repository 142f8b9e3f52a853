import { type Duplex, PassThrough, Readable } from 'node:stream';

/**
 * The body of a request that asked for an upgrade: Node leaves it on the connection, so it is cut off here.
 * What follows it stays on the connection, for the hijacked stream.
 */
export async function readUpgradeBody(
  socket: Duplex,
  head: Buffer,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Promise<Readable> {
  if (head.length > 0) socket.unshift(head);
  const length = Number(headers['content-length'] ?? 0);
  if (length > 0) return Readable.from([await take(socket, length)]);
  if (String(headers['transfer-encoding'] ?? '').toLowerCase() !== 'chunked') return Readable.from([]);
  const chunks: Buffer[] = [];
  for (;;) {
    const size = Number.parseInt(await line(socket), 16);
    if (!(size > 0)) break;
    chunks.push(await take(socket, size));
    await line(socket);
  }
  await line(socket);
  return Readable.from(chunks);
}

/** Reads exactly so many bytes, fewer only at the connection's end. */
async function take(socket: Duplex, size: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let missing = size;
  while (missing > 0) {
    const chunk = await next(socket);
    if (chunk === undefined) break;
    const wanted = chunk.subarray(0, missing);
    chunks.push(wanted);
    missing -= wanted.length;
    if (wanted.length < chunk.length) socket.unshift(chunk.subarray(wanted.length));
  }
  return Buffer.concat(chunks);
}

/** Reads up to a line feed, and drops it with its carriage return. */
async function line(socket: Duplex): Promise<string> {
  let read = '';
  while (!read.endsWith('\n')) {
    const byte = await take(socket, 1);
    if (byte.length === 0) break;
    read += byte.toString('latin1');
  }
  return read.trim();
}

function next(socket: Duplex): Promise<Buffer | undefined> {
  return new Promise(resolve => {
    const settle = (chunk: Buffer | undefined): void => {
      socket.off('readable', onReadable);
      socket.off('end', onEnd);
      socket.off('close', onEnd);
      resolve(chunk);
    };
    const onReadable = (): void => {
      const chunk: unknown = socket.read();
      if (Buffer.isBuffer(chunk)) settle(chunk);
    };
    const onEnd = (): void => settle(undefined);
    socket.on('readable', onReadable);
    socket.on('end', onEnd);
    socket.on('close', onEnd);
    onReadable();
  });
}

/** The client's half of a hijacked connection as a stream that ends when the client half-closes or goes away. */
export function incomingOf(socket: Duplex): Readable {
  const incoming = new PassThrough();
  socket.on('error', () => incoming.end());
  socket.on('close', () => incoming.end());
  socket.pipe(incoming);
  return incoming;
}
