import type { Input } from '../io.ts';

/** A keyboard, or a pipe, that a test types on. */
export interface TypedInput extends Input {
  readonly type: (text: string) => void;
  readonly end: () => void;
  /** Each change of the terminal's mode. */
  readonly modes: readonly boolean[];
}

export function typedInput(isTTY: boolean): TypedInput {
  const data = new Set<(text: string) => void>();
  const ends = new Set<() => void>();
  const modes: boolean[] = [];
  return {
    isTTY,
    modes,
    setRaw: raw => void modes.push(raw),
    onData: listener => {
      data.add(listener);
      return () => void data.delete(listener);
    },
    onEnd: listener => {
      ends.add(listener);
      return () => void ends.delete(listener);
    },
    type: text => {
      for (const listener of data) listener(text);
    },
    end: () => {
      for (const listener of ends) listener();
    },
  };
}
