/** The streams of a non-TTY attach, exec or log. Ground: api/pkg/stdcopy. */
export const STREAMS = { stdin: 0, stdout: 1, stderr: 2, system: 3 } as const;
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

/** Cuts a byte stream into frames, however it was chunked. Answers the frames that became whole. */
export class FrameReader {
  #held: Buffer = Buffer.alloc(0);

  push(chunk: Uint8Array): readonly { readonly stream: number; readonly payload: Buffer }[] {
    this.#held = Buffer.concat([this.#held, chunk]);
    const frames: { stream: number; payload: Buffer }[] = [];
    while (this.#held.length >= 8) {
      const end = 8 + this.#held.readUInt32BE(4);
      if (this.#held.length < end) break;
      frames.push({ stream: this.#held[0] ?? 0, payload: this.#held.subarray(8, end) });
      this.#held = this.#held.subarray(end);
    }
    return frames;
  }
}
