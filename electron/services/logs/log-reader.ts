import { StringDecoder } from 'node:string_decoder';
import type { LogPiece } from '../../../shared/domain/log-piece.ts';
import { FrameSplitter } from '../engine/frame-splitter.ts';

const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z) /;
/** A program that never ends its line must not fill our memory. */
const LONGEST_LINE = 65_536;

/**
 * Reads a container's log as the engine sends it with timestamps. Without a terminal one frame is one line, or a part of
 * a long one; with a terminal the bytes come bare and are cut into lines here. Total.
 */
export class LogReader {
  readonly #frames: FrameSplitter | undefined;
  readonly #decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  #rest = '';

  constructor(tty: boolean) {
    this.#frames = tty ? undefined : new FrameSplitter();
  }

  push(bytes: Buffer): readonly LogPiece[] {
    if (this.#frames === undefined) return this.#lines(bytes);
    return this.#frames.push(bytes).flatMap(({ source, payload }) => {
      const stream = source === 'stderr' || source === 'system' ? 'stderr' : 'stdout';
      return piece(stream, this.#decoders[stream].write(payload));
    });
  }

  /** What is left when the stream has ended. */
  end(): readonly LogPiece[] {
    const rest = this.#rest + this.#decoders.stdout.end();
    this.#rest = '';
    return [...piece('stdout', rest), ...piece('stderr', this.#decoders.stderr.end())];
  }

  #lines(bytes: Buffer): readonly LogPiece[] {
    const lines = (this.#rest + this.#decoders.stdout.write(bytes)).split(/(?<=\n)/);
    const last = lines.at(-1) ?? '';
    const isOpen = !last.endsWith('\n') && last.length < LONGEST_LINE;
    this.#rest = isOpen ? last : '';
    return (isOpen ? lines.slice(0, -1) : lines).flatMap(line => piece('stdout', line));
  }
}

function piece(stream: LogPiece['stream'], text: string): readonly LogPiece[] {
  const [stamp = '', at] = STAMP.exec(text) ?? [];
  const rest = text.slice(stamp.length);
  if (rest === '' && at === undefined) return [];
  return [{ stream, text: rest, ...(at === undefined ? {} : { at }) }];
}
