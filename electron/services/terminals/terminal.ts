import type { Duplex } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { z } from 'zod';
import { type Clock, sleep } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { either } from '../either.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { execInContainer } from '../engine/exec.ts';
import { readAnswer } from '../engine/read-answer.ts';
import { chooseShell } from './choose-shell.ts';

export interface TerminalRequest {
  readonly container: string;
  /** Absent: the image's shell. */
  readonly command?: readonly string[] | undefined;
  readonly rows: number;
  readonly columns: number;
}

const FIRST_LOOK_MS = 400;
const LONGEST_LOOK_MS = 3_000;
const DRAIN_MS = 150;
/** How long a program that was asked to end is waited for. */
const GRACE_MS = 1_000;

const Record = z.object({
  Running: z.boolean().catch(false),
  ExitCode: z.number().nullish(),
  Pid: z.int().catch(0),
});

/**
 * A program of its own in a container, with a console: never the file system's own process.
 *
 *   made ──open──▶ starting ──hijacked──▶ live ──record says ended──▶ over
 *                     └──────close, or its client gone: asked to end, then killed──────▶ over
 *
 * What is typed and every change of size before it is live waits until then. The end is what the exec's record says: a
 * stream over a named pipe may stay open for ever (docker-modem#83).
 */
export class Terminal {
  readonly #around: { readonly connection: EngineConnection; readonly clock: Clock };
  readonly #request: TerminalRequest;
  readonly #closing = new AbortController();
  #size: { readonly rows: number; readonly columns: number };
  #early: string[] = [];
  #live: { readonly id: string; readonly stream: Duplex; readonly closed: Promise<void> } | undefined;
  #busy = false;

  constructor(around: { readonly connection: EngineConnection; readonly clock: Clock }, request: TerminalRequest) {
    this.#around = around;
    this.#request = request;
    this.#size = request;
  }

  /** Runs until the program ends; answers its exit code. Aborted: ends the program and fails with `cancelled`. */
  async open(tell: (data: string) => void, signal: AbortSignal): Promise<number> {
    const { container } = this.#request;
    const over = AbortSignal.any([signal, this.#closing.signal]);
    const argv = this.#request.command ?? (await chooseShell(this.#around, container, over));
    const exec = await this.#around.connection.order(
      'create exec',
      (docker, abortSignal) =>
        docker.getContainer(encodeURIComponent(container)).exec({
          Cmd: [...argv],
          AttachStdin: true,
          AttachStdout: true,
          AttachStderr: true,
          Tty: true,
          // The engine swallows these keys to detach, Ctrl-P first by default: nobody types a NUL.
          DetachKeys: 'ctrl-@,ctrl-_,ctrl-@',
          ConsoleSize: [this.#size.rows, this.#size.columns],
          abortSignal,
        }),
      { signal: over },
    );
    const stream = await this.#start(exec.id, over);
    const live = { id: exec.id, stream, closed: this.#pass(stream, tell) };
    this.#live = live;
    try {
      await this.#applySize();
      for (const data of this.#early.splice(0)) stream.write(data);
      return await this.#untilEnd(over);
    } catch (error) {
      if (!over.aborted) throw error;
      const exitCode = await this.#endProgram(this.#request.command === undefined);
      if (!signal.aborted && exitCode !== undefined) return exitCode;
      throw new FaultError({ code: 'cancelled' }, { cause: error });
    } finally {
      stream.destroy();
    }
  }

  /** Types. Resolves when there is room for more. */
  async write(data: string): Promise<void> {
    if (this.#live === undefined) {
      this.#early.push(data);
      return;
    }
    const { stream, closed } = this.#live;
    this.#busy = true;
    if (stream.destroyed || stream.write(data)) return;
    await Promise.race([new Promise(resolve => void stream.once('drain', resolve)), closed]);
  }

  async resize(rows: number, columns: number): Promise<void> {
    this.#size = { rows, columns };
    await this.#applySize();
  }

  /** Ends the program; `open` then settles. */
  close(): void {
    this.#closing.abort();
  }

  async #start(id: string, signal: AbortSignal): Promise<Duplex> {
    const { rows, columns } = this.#size;
    const options = { hijack: true, stdin: true, Tty: true, ConsoleSize: [rows, columns] };
    return this.#around.connection.order(
      'start exec',
      (docker, abortSignal) => docker.getExec(id).start({ ...options, abortSignal }),
      { signal },
    );
  }

  /** Hands output on as text; settles when the stream is over. */
  #pass(stream: Duplex, tell: (data: string) => void): Promise<void> {
    const decoder = new StringDecoder('utf8');
    stream.on('data', (chunk: Buffer) => {
      this.#busy = true;
      const text = decoder.write(chunk);
      if (text !== '') tell(text);
    });
    return new Promise(resolve => {
      const over = (): void => {
        const rest = decoder.end();
        if (rest !== '') tell(rest);
        resolve();
      };
      stream.once('end', over);
      stream.once('close', over);
      // A broken stream is an end like any other: the exec's record decides what became of it.
      stream.on('error', over);
    });
  }

  /** The engine refuses a size for a program that has just ended: nothing is lost by that. */
  async #applySize(): Promise<void> {
    const live = this.#live;
    if (live === undefined) return;
    const { rows, columns } = this.#size;
    await this.#around.connection
      .order(
        'resize exec',
        (docker, abortSignal) => docker.getExec(live.id).resize({ h: rows, w: columns, abortSignal }),
        { timeoutMs: 5_000 },
      )
      .catch((error: unknown) => {
        if (!(error instanceof FaultError) || error.fault.code === 'bug') throw error;
      });
  }

  async #untilEnd(signal: AbortSignal): Promise<number> {
    const { clock } = this.#around;
    let isOver = false;
    const closed = this.#live?.closed.then(() => {
      isOver = true;
    });
    let settle = 2;
    for (let wait = FIRST_LOOK_MS; ; wait = this.#busy ? FIRST_LOOK_MS : Math.min(wait * 2, LONGEST_LOOK_MS)) {
      this.#busy = false;
      if (!isOver) await either(clock, closed ?? Promise.resolve(), wait, signal);
      const exitCode = (await this.#record(signal)).ExitCode;
      if (exitCode === undefined || exitCode === null) {
        // The stream is over and the record not yet: the engine writes it a moment later.
        if (isOver) {
          await sleep(clock, settle, signal);
          settle = Math.min(settle * 2, 500);
        }
        continue;
      }
      if (!isOver) await either(clock, closed ?? Promise.resolve(), DRAIN_MS, signal);
      return exitCode >>> 0;
    }
  }

  async #record(signal?: AbortSignal): Promise<z.infer<typeof Record>> {
    const id = this.#live?.id ?? '';
    const answer: unknown = await this.#around.connection.ask(
      'inspect exec',
      (docker, abortSignal) => docker.getExec(id).inspect({ abortSignal }),
      { signal, timeoutMs: 5_000 },
    );
    const record = readAnswer(Record, answer, 'inspect exec');
    return record.Running ? { ...record, ExitCode: undefined } : record;
  }

  /**
   * The engine leaves a program running whose client has gone, and has no order to end it: it is asked by its own
   * console, and what does not hear is killed. Answers the exit code, if there is one.
   */
  async #endProgram(isShell: boolean): Promise<number | undefined> {
    const { clock, connection } = this.#around;
    const live = this.#live;
    if (live === undefined) return undefined;
    try {
      if (!live.stream.destroyed) live.stream.write(isShell ? '\u0003exit\r' : '\u0003');
      await either(clock, live.closed, GRACE_MS);
      const record = await this.#record();
      if (!record.Running) return record.ExitCode === null ? undefined : record.ExitCode;
      if (record.Pid === 0) return undefined;
      await execInContainer(connection, clock, {
        container: this.#request.container,
        argv: ['taskkill.exe', '/f', '/t', '/pid', String(record.Pid)],
        timeoutMs: 5_000,
      });
      return (await this.#record()).ExitCode ?? undefined;
    } catch (error) {
      // The container, the engine or the connection is gone, and the program with it.
      if (error instanceof FaultError && error.fault.code !== 'bug') return undefined;
      throw error;
    }
  }
}
