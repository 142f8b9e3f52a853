import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, crc32, createDeflateRaw } from 'node:zlib';
import { dataDescriptor, endOf, localHeader, type ZipEntry, zipDirectory } from './zip-format.ts';

/** Deflate may make what cannot be packed a little larger: from here on sizes get eight bytes. */
const LONG_FROM = 0xf000_0000;

/** Writes a zip archive piece by piece, all files of one time: of the files only what it says of them is kept in memory. */
export class ZipWriter {
  readonly #write: (bytes: Uint8Array) => Promise<void>;
  readonly #at: Date;
  readonly #entries: ZipEntry[] = [];
  #offset = 0;

  /** `write` resolves when there is room for more. */
  constructor(write: (bytes: Uint8Array) => Promise<void>, at: Date) {
    this.#write = write;
    this.#at = at;
  }

  /** `size`: as announced, in bytes. Answers how many there were. */
  async file(name: string, size: number, content: AsyncIterable<Uint8Array>): Promise<number> {
    const begun: ZipEntry = {
      name,
      crc: 0,
      packed: 0,
      size: 0,
      offset: this.#offset,
      streamed: { long: size >= LONG_FROM },
    };
    await this.#write(localHeader(begun, this.#at));
    const read = { crc: 0, size: 0 };
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const bytes of content) {
        read.crc = crc32(bytes, read.crc);
        read.size += bytes.length;
        yield bytes;
      }
    };
    // What is copied is large and often packed already: speed counts.
    const deflate = createDeflateRaw({ level: constants.Z_BEST_SPEED });
    const feeding = pipeline(Readable.from(counted(), { objectMode: false }), deflate);
    let packed = 0;
    try {
      for await (const bytes of deflate as AsyncIterable<Buffer>) {
        packed += bytes.length;
        await this.#write(bytes);
      }
    } finally {
      // Told by the loop already, where it failed.
      await feeding.catch(() => undefined);
    }
    const entry: ZipEntry = { ...begun, ...read, packed };
    await this.#write(dataDescriptor(entry));
    this.#entries.push(entry);
    this.#offset = endOf(entry, this.#at);
    return read.size;
  }

  /** Writes the directory: without it, an archive is none. */
  async end(): Promise<void> {
    await this.#write(zipDirectory(this.#entries, this.#at));
  }
}
