import { Writable } from 'node:stream';
import { createLogUpdate } from 'log-update';
import type { Output } from '../io.ts';

/** Lines at the foot of a terminal that are drawn again and again. */
export interface TerminalLines {
  draw(text: string): void;
  /** Leaves the last drawing where it is. */
  keep(): void;
  /** Takes it away. */
  clear(): void;
}

/** Draws on a terminal only: a pipe gets no progress at all. */
export function terminalLines(output: Output): TerminalLines | undefined {
  if (!output.isTTY) return undefined;
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: unknown, _encoding, done) => {
      output.write(String(chunk));
      done();
    },
  });
  Object.defineProperties(stream, {
    isTTY: { value: true },
    columns: { get: () => output.columns || 80 },
    rows: { get: () => output.rows || 24 },
  });
  // The cursor stays: hiding it would outlive a killed program.
  const update = createLogUpdate(stream, { showCursor: true });
  return { draw: text => update(text), keep: () => update.done(), clear: () => update.clear() };
}
