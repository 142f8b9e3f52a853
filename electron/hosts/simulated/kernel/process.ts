import type { Process, SiloId } from '../machine.ts';
import { STATUS } from './status.ts';

export type ControlEvent = 'ctrl-c' | 'ctrl-break' | 'shutdown';

const TICK = 156_250;
const TICKS_PER_MS = 10_000;

export interface ProcessIdentity {
  readonly processId: number;
  readonly silo: SiloId;
  readonly imageName: string;
  readonly commandLine: string;
  readonly startedAt: number;
}

/** One process of the simulated kernel. With no program behind it, it just is there (lsass.exe, svchost.exe). */
export class SimulatedProcess implements Process {
  readonly processId: number;
  readonly silo: SiloId;
  readonly imageName: string;
  readonly commandLine: string;
  readonly startedAt: number;
  readonly #now: () => number;
  readonly #onEnd: (process: SimulatedProcess) => void;
  readonly #handlers = new Set<(event: ControlEvent) => void>();
  readonly #children = new Set<SimulatedProcess>();
  #exitCode: number | undefined;
  #endedAt: number | undefined;
  #ended: Promise<number> | undefined;
  #settle: ((exitCode: number) => void) | undefined;
  #abort: AbortController | undefined;
  #terminal: { rows: number; columns: number } | undefined;

  constructor(identity: ProcessIdentity, now: () => number, onEnd: (process: SimulatedProcess) => void) {
    this.processId = identity.processId;
    this.silo = identity.silo;
    this.imageName = identity.imageName;
    this.commandLine = identity.commandLine;
    this.startedAt = identity.startedAt;
    this.#now = now;
    this.#onEnd = onEnd;
  }

  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  /** Made on demand: most processes of a thousand silos are never waited for. */
  get ended(): Promise<number> {
    this.#ended ??=
      this.#exitCode === undefined
        ? new Promise(resolve => {
            this.#settle = resolve;
          })
        : Promise.resolve(this.#exitCode);
    return this.#ended;
  }

  /** Aborts when the process has ended. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#exitCode !== undefined) this.#abort.abort();
    return this.#abort.signal;
  }

  get terminal(): { readonly rows: number; readonly columns: number } | undefined {
    return this.#terminal;
  }

  attachTerminal(size: { readonly rows: number; readonly columns: number }): void {
    this.#terminal = { rows: size.rows, columns: size.columns };
  }

  resize(rows: number, columns: number): void {
    if (this.#terminal !== undefined) Object.assign(this.#terminal, { rows, columns });
  }

  onControl(handler: (event: ControlEvent) => void): () => void {
    const own = (event: ControlEvent): void => handler(event);
    this.#handlers.add(own);
    return () => {
      this.#handlers.delete(own);
    };
  }

  /** A process that shares this one's console: Ctrl+C and Ctrl+Break reach it too. */
  adopt(child: SimulatedProcess): void {
    this.#children.add(child);
    void child.ended.then(() => this.#children.delete(child));
  }

  control(event: ControlEvent): void {
    if (this.#exitCode !== undefined) return;
    if (event !== 'shutdown') for (const child of this.#children) child.control(event);
    if (this.#handlers.size === 0) this.terminate(STATUS.CONTROL_C_EXIT);
    // The last one added is asked first, as with SetConsoleCtrlHandler.
    else for (const handler of [...this.#handlers].reverse()) handler(event);
  }

  /** The one end of a process, whether it returned, threw or was terminated. */
  terminate(exitCode: number): void {
    if (this.#exitCode !== undefined) return;
    this.#exitCode = exitCode >>> 0;
    this.#endedAt = this.#now();
    this.#handlers.clear();
    this.#onEnd(this);
    this.#abort?.abort();
    this.#settle?.(this.#exitCode);
  }

  /** Plausible and the same for the same age: a start-up cost, then a few clock ticks a minute. */
  counters(): { readonly kernelTime: number; readonly userTime: number; readonly privateWorkingSet: number } {
    const age = Math.max(0, (this.#endedAt ?? this.#now()) - this.startedAt);
    const weight = (hash(this.imageName) % 7) + 2;
    const ticks = (share: number): number => {
      const spent = (weight * 10 + age / (1_000 * share)) * TICKS_PER_MS;
      return Math.floor(spent / TICK) * TICK;
    };
    const pages = 220 + weight * 130 + (this.processId % 97) + Math.floor(weight * 12 * Math.log2(1 + age / 60_000));
    return { kernelTime: ticks(8), userTime: ticks(5), privateWorkingSet: pages * 4_096 };
  }
}

function hash(text: string): number {
  let value = 7;
  for (let index = 0; index < text.length; index += 1) value = (value * 31 + text.charCodeAt(index)) >>> 0;
  return value;
}
