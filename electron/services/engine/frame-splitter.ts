/** Which stream a frame belongs to. `system`: a message of the engine about the stream itself. */
export type FrameSource = 'stdin' | 'stdout' | 'stderr' | 'system';

const SOURCES: readonly FrameSource[] = ['stdin', 'stdout', 'stderr', 'system'];

/**
 * Cuts the engine's multiplexed stream: an 8-byte header `[source, 0, 0, 0, length big-endian]`, then the payload.
 * Ground: moby stdcopy. Total: bytes that carry no valid header are taken as stdout from there on.
 */
export class FrameSplitter {
  #rest: Buffer = Buffer.alloc(0);
  #raw = false;

  push(chunk: Buffer): readonly { readonly source: FrameSource; readonly payload: Buffer }[] {
    if (this.#raw) return [{ source: 'stdout', payload: chunk }];
    const frames: { source: FrameSource; payload: Buffer }[] = [];
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (bytes.length >= 8) {
      const source = SOURCES[bytes[0] ?? 255];
      if (source === undefined || bytes[1] !== 0 || bytes[2] !== 0 || bytes[3] !== 0) {
        this.#raw = true;
        this.#rest = Buffer.alloc(0);
        return [...frames, { source: 'stdout', payload: bytes }];
      }
      const length = bytes.readUInt32BE(4);
      if (bytes.length < 8 + length) break;
      frames.push({ source, payload: bytes.subarray(8, 8 + length) });
      bytes = bytes.subarray(8 + length);
    }
    this.#rest = bytes;
    return frames;
  }
}
