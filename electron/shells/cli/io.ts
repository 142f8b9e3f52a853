import type { Clock } from '../../../shared/base/clock.ts';

/** A stream that text goes to. `columns` and `rows` are known on a terminal only. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

/** What is typed, or piped in. */
export interface Input {
  readonly isTTY: boolean;
  /** On a terminal: keys come as they are typed, Ctrl-C included. In a pipe it does nothing. */
  setRaw(raw: boolean): void;
  /** Reads until the undo is called. */
  onData(listener: (text: string) => void): () => void;
  onEnd(listener: () => void): () => void;
}

/** All that the command line knows of the process it runs in: tests hand in their own. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Absent: nothing is ever typed. */
  readonly stdin?: Input;
  /** Told when stdout's terminal has another size. Answers the undo. */
  readonly onResize?: (listener: () => void) => () => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As `process.platform` says it; decides the default host. */
  readonly platform: string;
  /** Aborted by the first Ctrl-C: what runs is cancelled and its undo awaited. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
}
