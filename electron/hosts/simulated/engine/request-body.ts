import { type Duplex, PassThrough, Readable } from 'node:stream';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A request's body and the bytes that came after it. */
export interface Cut {
  readonly body: Buffer;
  readonly rest: Buffer;
}

/** Cuts the body off what a connection carried after the headers; undefined while it is not complete. */
export function cutBody(bytes: Buffer, headers: Headers): Cut | undefined {
  if (String(headers['transfer-encoding'] ?? '').toLowerCase() === 'chunked') return cutChunks(bytes);
  const length = Number(headers['content-length'] ?? 0);
  return bytes.length < length ? undefined : { body: bytes.subarray(0, length), rest: bytes.subarray(length) };
}

function cutChunks(bytes: Buffer): Cut | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const start = lineEnd + 2;
    const end = start + (Number.isNaN(size) ? 0 : size);
    if (bytes.length < end + 2) return undefined;
    if (end === start) return { body: Buffer.concat(chunks), rest: bytes.subarray(end + 2) };
    chunks.push(bytes.subarray(start, end));
    at = end + 2;
  }
}

/**
 * The body of a request that asked for an upgrade: Node leaves it on the connection. What follows it belongs to the
 * hijacked stream. A connection that ends early has no body.
 */
export function readUpgradeBody(
  socket: Duplex,
  head: Buffer,
  headers: Headers,
): Promise<{ body: Readable; rest: Buffer }> {
  return new Promise(resolve => {
    let held = head;
    const settle = ({ body, rest }: Cut): void => {
      socket.off('data', take);
      socket.off('end', over);
      socket.off('close', over);
      resolve({ body: Readable.from(body.length === 0 ? [] : [body]), rest });
    };
    const over = (): void => settle({ body: Buffer.alloc(0), rest: Buffer.alloc(0) });
    const take = (chunk: Buffer): void => {
      held = Buffer.concat([held, chunk]);
      const cut = cutBody(held, headers);
      if (cut === undefined) return;
      socket.pause();
      settle(cut);
    };
    const atOnce = cutBody(held, headers);
    if (atOnce !== undefined) {
      settle(atOnce);
      return;
    }
    socket.on('data', take);
    socket.on('end', over);
    socket.on('close', over);
  });
}

/** The client's half of a hijacked connection, beginning with `first`; it ends when the client half-closes or goes away. */
export function incomingOf(socket: Duplex, first: Buffer): Readable {
  const incoming = new PassThrough();
  if (first.length > 0) incoming.write(first);
  socket.on('error', () => incoming.end());
  socket.on('close', () => incoming.end());
  socket.pipe(incoming);
  return incoming;
}
