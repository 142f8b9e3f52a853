import { Emitter } from '../../../../shared/base/emitter.ts';
import type { NanoTime } from './nano-time.ts';
import type { OutputStream } from './stdcopy.ts';

export interface LogLine {
  readonly stream: OutputStream;
  readonly at: bigint;
  /** With its line feed, when it had one. */
  readonly bytes: Uint8Array;
}

/** A line longer than this is kept in parts. Ground: moby daemon/logger/copier.go. */
const LONGEST = 16_384;
/** Older lines give way after so many bytes, so that a chatty container cannot fill our memory. */
const KEPT_BYTES = 8 * 1_024 * 1_024;
const LINE_FEED = 10;

/** A container's json-file log, in memory: complete lines by stream and time. */
export class LogStore {
  readonly #time: NanoTime;
  #lines: LogLine[] = [];
  #bytes = 0;
  readonly #unfinished = new Map<OutputStream, Uint8Array>();
  readonly #news = new Emitter<LogLine>();

  constructor(time: NanoTime) {
    this.#time = time;
  }

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  /** Takes output as the program wrote it; keeps what has become whole lines. */
  write(stream: OutputStream, bytes: Uint8Array): void {
    const before = this.#unfinished.get(stream);
    let rest = before === undefined ? bytes : Buffer.concat([before, bytes]);
    this.#unfinished.delete(stream);
    for (;;) {
      const feed = rest.indexOf(LINE_FEED);
      const end = feed === -1 ? (rest.length >= LONGEST ? LONGEST : -1) : Math.min(feed + 1, LONGEST);
      if (end === -1) break;
      this.#keep(stream, Uint8Array.from(rest.subarray(0, end)));
      rest = rest.subarray(end);
    }
    if (rest.length > 0) this.#unfinished.set(stream, Uint8Array.from(rest));
  }

  /** The program has ended: what was left without a line feed is a line too. */
  end(): void {
    for (const [stream, bytes] of this.#unfinished) this.#keep(stream, bytes);
    this.#unfinished.clear();
  }

  onLine(listener: (line: LogLine) => void): () => void {
    return this.#news.on(listener);
  }

  #keep(stream: OutputStream, bytes: Uint8Array): void {
    const line = { stream, at: this.#time.now(), bytes };
    this.#lines.push(line);
    this.#bytes += bytes.length;
    if (this.#bytes > KEPT_BYTES) this.#drop();
    this.#news.emit(line);
  }

  /** Drops the older half at once: cheap on average. */
  #drop(): void {
    this.#lines = this.#lines.slice(Math.ceil(this.#lines.length / 2));
    this.#bytes = this.#lines.reduce((sum, line) => sum + line.bytes.length, 0);
  }
}
