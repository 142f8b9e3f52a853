import type { ByteSink, ByteSource } from '../../machine.ts';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export const decodeText = (bytes: Uint8Array): string => decoder.decode(bytes);
export const encodeText = (text: string): Uint8Array => encoder.encode(text);

/** Swallows what is written: the device NUL. */
export const nulSink: ByteSink = { write: () => Promise.resolve() };

/** Ends at once: the device NUL, or a closed standard input. */
export const emptySource: ByteSource = { read: () => Promise.resolve(undefined) };

export function sourceOf(bytes: Uint8Array): ByteSource {
  let rest: Uint8Array | undefined = bytes;
  return {
    read() {
      const chunk = rest;
      rest = undefined;
      return Promise.resolve(chunk !== undefined && chunk.length > 0 ? chunk : undefined);
    },
  };
}

/** Keeps what is written. */
export class CollectingSink implements ByteSink {
  readonly #chunks: Uint8Array[] = [];

  write(bytes: Uint8Array | string): Promise<void> {
    this.#chunks.push(typeof bytes === 'string' ? encoder.encode(bytes) : bytes.slice());
    return Promise.resolve();
  }

  bytes(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#chunks));
  }

  text(): string {
    return decoder.decode(this.bytes());
  }
}

/** An anonymous pipe: written at one end, read at the other. Writes to a pipe nobody reads any more are dropped. */
export class Pipe implements ByteSink, ByteSource {
  readonly #queue: Uint8Array[] = [];
  #waiting: ((chunk: Uint8Array | undefined) => void) | undefined;
  #ended = false;
  #abandoned = false;

  write(bytes: Uint8Array | string): Promise<void> {
    const chunk = typeof bytes === 'string' ? encoder.encode(bytes) : bytes.slice();
    if (this.#ended || this.#abandoned || chunk.length === 0) return Promise.resolve();
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) this.#queue.push(chunk);
    else waiting(chunk);
    return Promise.resolve();
  }

  read(): Promise<Uint8Array | undefined> {
    const chunk = this.#queue.shift();
    if (chunk !== undefined || this.#ended) return Promise.resolve(chunk);
    return new Promise(resolve => {
      this.#waiting = resolve;
    });
  }

  /** The writing end is closed. */
  end(): void {
    this.#ended = true;
    this.#waiting?.(undefined);
    this.#waiting = undefined;
  }

  /** Forgets what is written and not read. */
  clear(): void {
    this.#queue.length = 0;
  }

  /** The reading end is closed. */
  abandon(): void {
    this.#abandoned = true;
    this.#queue.length = 0;
  }
}

export async function readAll(source: ByteSource): Promise<Uint8Array> {
  const sink = new CollectingSink();
  for (let chunk = await source.read(); chunk !== undefined; chunk = await source.read()) await sink.write(chunk);
  return sink.bytes();
}

/** Lines of a text, without their ends; a last empty line does not count. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Reads a source line by line; as a source itself it gives what no line has taken. */
export class LineReader implements ByteSource {
  readonly #source: ByteSource;
  #buffer = '';
  #ended = false;
  readonly #decoder = new TextDecoder();

  constructor(source: ByteSource) {
    this.#source = source;
  }

  async read(): Promise<Uint8Array | undefined> {
    const rest = this.#buffer;
    this.#buffer = '';
    if (rest !== '') return encoder.encode(rest);
    return this.#ended ? undefined : this.#source.read();
  }

  /** The next character, or undefined. */
  async character(): Promise<string | undefined> {
    while (this.#buffer === '' && !this.#ended) await this.#fill();
    const [character] = this.#buffer;
    this.#buffer = this.#buffer.slice(character?.length ?? 0);
    return character;
  }

  async #fill(): Promise<void> {
    const chunk = await this.#source.read();
    if (chunk === undefined) this.#ended = true;
    else this.#buffer += this.#decoder.decode(chunk, { stream: true });
  }

  /** The next line without its end, or undefined. */
  async next(): Promise<string | undefined> {
    for (;;) {
      const end = this.#buffer.indexOf('\n');
      if (end >= 0) {
        const line = this.#buffer.slice(0, end).replace(/\r$/, '');
        this.#buffer = this.#buffer.slice(end + 1);
        return line;
      }
      if (this.#ended) {
        const rest = this.#buffer;
        this.#buffer = '';
        return rest === '' ? undefined : rest;
      }
      await this.#fill();
    }
  }
}
