import type { ByteLink } from './byte-link.ts';

const HEAD = 4;

/** Why no frame came: the other side has gone, or what it says cannot be one. */
export type NoFrame = 'gone' | 'oversized' | 'empty';

export type Received = { readonly text: string } | { readonly none: NoFrame };

/** Whole texts over a link: each with its length in bytes before it, as 32 bits, little-endian. */
export class FrameLink {
  readonly #link: ByteLink;
  #kept: Uint8Array = new Uint8Array();

  constructor(link: ByteLink) {
    this.#link = link;
  }

  /** The next text of at most so many bytes. More is never kept: a length beyond it ends the conversation. */
  async receive(mostBytes: number): Promise<Received> {
    if (!(await this.#have(HEAD))) return { none: 'gone' };
    const length = Buffer.from(this.#kept.buffer, this.#kept.byteOffset).readUInt32LE(0);
    if (length === 0) return { none: 'empty' };
    if (length > mostBytes) return { none: 'oversized' };
    if (!(await this.#have(HEAD + length))) return { none: 'gone' };
    const text = Buffer.from(this.#kept.subarray(HEAD, HEAD + length)).toString('utf8');
    this.#kept = this.#kept.subarray(HEAD + length);
    return { text };
  }

  send(text: string): Promise<void> {
    return this.#link.write(frameOf(text));
  }

  close(): void {
    this.#link.close();
  }

  async #have(bytes: number): Promise<boolean> {
    const pieces = [this.#kept];
    let length = this.#kept.length;
    while (length < bytes) {
      const piece = await this.#link.read();
      if (piece === undefined) return false;
      pieces.push(piece);
      length += piece.length;
    }
    if (pieces.length > 1) this.#kept = Buffer.concat(pieces);
    return true;
  }
}

/** A text as it travels. */
export function frameOf(text: string): Buffer {
  const body = Buffer.from(text, 'utf8');
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(body.length, 0);
  return Buffer.concat([head, body]);
}
