import { faultOf } from '../../../shared/contract/fault.ts';
import type { JournalEntry } from '../../../shared/domain/journal.ts';
import { containerLines, type LogLine } from '../../../shared/domain/log-line.ts';
import { wordFaultCode } from '../../../shared/wording/fault-code-words.ts';
import { logsWords } from '../../../shared/wording/screen-logs.ts';
import type { KnownValues } from '../secrets/known-values.ts';
import type { Surroundings } from '../surroundings.ts';
import { followLogs } from './follow-logs.ts';

/** Between what a program says first and the engine's word that it runs. */
const BEFORE_START_MS = 5_000;

/** Up to where a log was heard: the engine's time of its last line, and how many lines bear it. */
interface Heard {
  readonly at: string;
  readonly count: number;
}

export interface ReaderOptions {
  readonly known: KnownValues;
  /** By how many ms the engine's clock is behind ours. */
  readonly skewMs: number;
  readonly hear: (lines: readonly LogLine[]) => void;
}

/** Reads the logs of containers by our clock, and follows each once. */
export class ContainerReader {
  readonly #around: Surroundings;
  readonly #options: ReaderOptions;
  readonly #signal: AbortSignal | undefined;
  readonly #followed = new Set<string>();
  readonly #heard = new Map<string, Heard>();

  constructor(around: Surroundings, options: ReaderOptions, signal: AbortSignal | undefined) {
    this.#around = around;
    this.#options = options;
    this.#signal = signal;
  }

  async past(name: string, tail: number): Promise<readonly LogLine[]> {
    const lines: LogLine[] = [];
    await this.#read(name, { follow: false, tail }, more => lines.push(...more));
    return lines;
  }

  /** From a moment on (ms, by our clock); a container that is followed already is let be. */
  follow(name: string, sinceMs: number): void {
    if (this.#followed.has(name)) return;
    this.#followed.add(name);
    const since = new Date(sinceMs - this.#options.skewMs).toISOString();
    void this.#read(name, { follow: true, tail: 1_000, since }, this.#options.hear).finally(() =>
      this.#followed.delete(name),
    );
  }

  /** A container that has just started. What it said before the engine told of its start is not to be missed. */
  begin({ subject, at, data }: JournalEntry): void {
    const nanos = Number(data?.['engineTime']);
    const started = Number.isFinite(nanos) ? nanos / 1e6 + this.#options.skewMs : Date.parse(at);
    this.follow(subject, started - BEFORE_START_MS);
  }

  async #read(
    name: string,
    how: { readonly follow: boolean; readonly tail: number; readonly since?: string },
    hear: (lines: readonly LogLine[]) => void,
  ): Promise<void> {
    const now = (): string => new Date(this.#around.clock.now()).toISOString();
    const unheard = this.#unheard(name);
    try {
      await followLogs(
        this.#around.connection,
        { name, ...how },
        this.#options.known,
        piece => {
          const lines = containerLines(name, piece, '').filter(unheard);
          if (lines.length > 0) hear(lines.map(line => this.#byOurClock(line, now)));
        },
        this.#signal,
      );
    } catch (caught) {
      const { code } = faultOf(caught);
      if (this.#signal?.aborted === true || code === 'not-found') return;
      const text = logsWords.unreadable(wordFaultCode(code));
      hear([{ at: now(), origin: 'siloscope', severity: 'warning', subject: name, text }]);
    }
  }

  #byOurClock(line: LogLine, now: () => string): LogLine {
    const { skewMs } = this.#options;
    if (line.at === '') return { ...line, at: now() };
    return skewMs === 0 ? line : { ...line, at: new Date(Date.parse(line.at) + skewMs).toISOString() };
  }

  /**
   * Whether a line of a reading was not told by an earlier one. Many lines may bear one time: the clock of Windows stands
   * still for half a millisecond and more, and a program says much in that.
   */
  #unheard(name: string): (line: LogLine) => boolean {
    const before = this.#heard.get(name);
    let again = 0;
    return ({ at }) => {
      if (at === '') return true;
      if (before !== undefined && (at < before.at || (at === before.at && ++again <= before.count))) return false;
      const heard = this.#heard.get(name);
      if (heard === undefined || at > heard.at) this.#heard.set(name, { at, count: 1 });
      else if (at === heard.at) this.#heard.set(name, { at, count: heard.count + 1 });
      return true;
    };
  }
}
