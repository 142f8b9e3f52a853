import type { ByteSink, ByteSource } from '../../machine.ts';
import { Pipe } from './streams.ts';

const CTRL_C = 0x03;
/** An arrow or a function key: nothing here answers to those. */
const KEY_SEQUENCE = new RegExp(`${String.fromCharCode(0x1b)}(?:\\[[0-9;]*[A-Za-z~]|O[A-Z])?`, 'g');

/** What came of reading a line. */
export type Typed = { readonly line: string } | { readonly interrupted: true };

/**
 * A terminal's input: lines are edited and echoed here, Ctrl-C is told apart from text. While a child runs, it is given
 * the bytes as they come.
 */
export class Keyboard implements ByteSource {
  readonly #typed = new Pipe();
  readonly #screen: ByteSink;
  readonly #onInterrupt: () => void;
  readonly #decoder = new TextDecoder();
  #pending = '';
  #interrupted = false;
  #wake: (() => void) | undefined;
  #reading: Promise<Uint8Array | undefined> | undefined;

  constructor(source: ByteSource, screen: ByteSink, onInterrupt: () => void) {
    this.#screen = screen;
    this.#onInterrupt = onInterrupt;
    void this.#pump(source);
  }

  /** Raw bytes, for a child process. */
  read(): Promise<Uint8Array | undefined> {
    if (this.#pending === '') {
      const chunk = this.#next();
      this.#reading = undefined;
      return chunk;
    }
    const rest = new TextEncoder().encode(this.#pending);
    this.#pending = '';
    return Promise.resolve(rest);
  }

  /** One edited line; `interrupted` after Ctrl-C; undefined when the terminal is gone. */
  async line(): Promise<Typed | undefined> {
    let line = '';
    this.#interrupted = false;
    for (;;) {
      if (this.#pending === '') {
        const chunk = await Promise.race([this.#next(), this.#interruption()]);
        if (this.#interrupted) {
          // What came in the same breath is forgotten too.
          if (chunk !== undefined) this.#reading = undefined;
          await this.#screen.write('^C\r\n');
          return { interrupted: true };
        }
        this.#reading = undefined;
        if (chunk === undefined) return line === '' ? undefined : { line };
        this.#pending = this.#decoder.decode(chunk, { stream: true }).replace(KEY_SEQUENCE, '');
      }
      for (const char of this.#pending) {
        this.#pending = this.#pending.slice(char.length);
        if (char === '\r' || char === '\n') {
          if (char === '\r' && this.#pending.startsWith('\n')) this.#pending = this.#pending.slice(1);
          await this.#screen.write('\r\n');
          return { line };
        }
        if (char === '\b' || char === '\u007f') {
          if (line === '') continue;
          line = line.replace(/.$/su, '');
          await this.#screen.write('\b \b');
        } else if (char >= ' ' || char === '\t') {
          line += char;
          await this.#screen.write(char);
        }
      }
    }
  }

  /** A read that an interrupted line has left behind is taken up again, so that nothing typed is lost. */
  #next(): Promise<Uint8Array | undefined> {
    this.#reading ??= this.#typed.read();
    return this.#reading;
  }

  #interruption(): Promise<undefined> {
    return new Promise(resolve => {
      this.#wake = () => resolve(undefined);
    });
  }

  /** As if Ctrl-C had been typed: ends the line that is being edited, and what was typed ahead is forgotten. */
  interrupt(): void {
    this.#interrupted = true;
    this.#pending = '';
    this.#typed.clear();
    this.#wake?.();
    this.#wake = undefined;
  }

  async #pump(source: ByteSource): Promise<void> {
    for (let chunk = await source.read(); chunk !== undefined; chunk = await source.read()) {
      let from = 0;
      for (let at = chunk.indexOf(CTRL_C); at >= 0; at = chunk.indexOf(CTRL_C, from)) {
        await this.#typed.write(chunk.subarray(from, at));
        this.#onInterrupt();
        from = at + 1;
      }
      await this.#typed.write(chunk.subarray(from));
    }
    this.#typed.end();
  }
}
