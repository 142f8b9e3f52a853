import { StringDecoder } from 'node:string_decoder';

/** One object of a stream of JSON lines, or the text of a line that is none. */
export type JsonLine = { readonly value: unknown } | { readonly malformed: string };

/** How much of one line is kept: an engine that never ends its line must not fill the memory. */
const LONGEST_LINE = 1_048_576;

/** Cuts bytes into JSON lines (LF or CRLF). Total: a line that is no JSON is handed on as `malformed`. */
export class JsonLineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  push(bytes: Buffer): readonly JsonLine[] {
    this.#rest += this.#decoder.write(bytes);
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > LONGEST_LINE) {
      lines.push(this.#rest);
      this.#rest = '';
    }
    return lines.flatMap(parseLine);
  }

  /** What is left when the stream ended. */
  end(): readonly JsonLine[] {
    const rest = this.#rest + this.#decoder.end();
    this.#rest = '';
    return parseLine(rest);
  }
}

function parseLine(line: string): readonly JsonLine[] {
  const text = line.trim();
  if (text === '') return [];
  try {
    return [{ value: JSON.parse(text) }];
  } catch {
    return [{ malformed: text.slice(0, 2_000) }];
  }
}

/** Reads a stream of JSON lines to its end. Rejects with the stream's error, also when it is cut short. */
export async function* readJsonLines(stream: AsyncIterable<Buffer | string>): AsyncGenerator<JsonLine> {
  const splitter = new JsonLineSplitter();
  for await (const chunk of stream) yield* splitter.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  yield* splitter.end();
}
