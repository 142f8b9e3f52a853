/** The streams of a non-TTY attach, exec or log. Ground: api/pkg/stdcopy. */
const STREAMS = { stdin: 0, stdout: 1, stderr: 2, system: 3 } as const;
export type OutputStream = 'stdout' | 'stderr';

/** One frame: stream number, three zero bytes, length (32 bits, big-endian), payload. */
export function frame(stream: keyof typeof STREAMS, payload: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(8 + payload.length);
  framed.fill(0, 0, 4);
  framed[0] = STREAMS[stream];
  framed.writeUInt32BE(payload.length, 4);
  framed.set(payload, 8);
  return framed;
}
