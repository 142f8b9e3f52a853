import type { Clock } from '../../../../shared/base/clock.ts';
import { type Disposable, disposable } from '../../../../shared/base/disposables.ts';
import { FaultError } from '../../../../shared/contract/fault.ts';
import type { ProbeAnswer, ProbeOptions, ProbeTarget } from '../../host.ts';
import { outcomeOf, statusName } from '../../nt-status.ts';
import { isProbeable, probePath } from '../../probe-path.ts';
import { withinLimit } from '../../within-limit.ts';
import type { HelperProcess } from '../helper-process.ts';
import { type ProbeQuestion, ProbeReply } from './probe-message.ts';

const DEFAULT_TIMEOUT_MS = 3_000;
/** What the helper's start may take; not counted as the probed file system's time. */
const START_LIMIT_MS = 15_000;
const MOST_HELPERS = 4;

export interface ProberOptions {
  readonly clock: Clock;
  readonly startHelper: () => HelperProcess;
}

/**
 * Probes paths in helper processes, at most four at a time. A helper that does not answer in time is killed with
 * whatever it waits for, and never waited for itself; the others are kept for the next probe.
 */
export class Prober implements Disposable {
  readonly #clock: Clock;
  readonly #startHelper: () => HelperProcess;
  readonly #idle: Helper[] = [];
  readonly #alive = new Set<Helper>();
  readonly #waiting = new Set<() => void>();
  readonly #end: Disposable;

  constructor({ clock, startHelper }: ProberOptions) {
    this.#clock = clock;
    this.#startHelper = startHelper;
    this.#end = disposable(() => {
      for (const one of this.#alive) one.kill();
      this.#alive.clear();
    });
  }

  async probe(target: ProbeTarget, options: ProbeOptions = {}): Promise<ProbeAnswer> {
    const { signal, timeoutMs = DEFAULT_TIMEOUT_MS, readBytes = 0 } = options;
    const path = probePath(target);
    if (signal?.aborted === true) throw new FaultError({ code: 'cancelled' }, { cause: signal.reason });
    if (!isProbeable(path)) {
      const issues = [{ path: 'target', message: 'The path is longer than Windows takes, or holds a NUL.' }];
      throw new FaultError({ code: 'invalid-input', issues });
    }
    const helper = await this.#take(signal);
    const startedAt = this.#clock.now();
    try {
      const reply = await withinLimit(helper.ask({ path, readBytes }), {
        clock: this.#clock,
        timeoutMs,
        signal,
        what: path,
      });
      this.#giveBack(helper);
      return answerOf(path, reply);
    } catch (caught) {
      this.#drop(helper);
      if (!(caught instanceof FaultError) || caught.fault.code !== 'timed-out') throw caught;
      return { path, elapsedMs: this.#clock.now() - startedAt, outcome: 'timed-out' };
    }
  }

  dispose(): void {
    this.#end.dispose();
  }

  async #take(signal: AbortSignal | undefined): Promise<Helper> {
    while (this.#idle.length === 0 && this.#alive.size >= MOST_HELPERS) {
      await this.#turn(signal);
      if (signal?.aborted === true) {
        this.#wakeNext();
        throw new FaultError({ code: 'cancelled' }, { cause: signal.reason });
      }
    }
    const kept = this.#idle.pop();
    if (kept !== undefined) return kept;
    const helper = new Helper(this.#startHelper());
    this.#alive.add(helper);
    try {
      await withinLimit(helper.ready, {
        clock: this.#clock,
        timeoutMs: START_LIMIT_MS,
        signal,
        what: 'start the prober',
      });
      return helper;
    } catch (caught) {
      this.#drop(helper);
      throw caught;
    }
  }

  /** Waits until a helper comes free, or the asker has gone. */
  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise(resolve => {
      const wake = (): void => {
        signal?.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  #wakeNext(): void {
    const [wake] = this.#waiting;
    wake?.();
  }

  #giveBack(helper: Helper): void {
    this.#idle.push(helper);
    this.#wakeNext();
  }

  #drop(helper: Helper): void {
    helper.kill();
    this.#alive.delete(helper);
    this.#wakeNext();
  }
}

type Answered = Exclude<ProbeReply, { kind: 'ready' }>;

function answerOf(path: string, reply: Answered): ProbeAnswer {
  const { elapsedMs } = reply;
  if (reply.kind === 'status') {
    const { status } = reply;
    return { path, elapsedMs, outcome: outcomeOf(status), status, statusName: statusName(status) };
  }
  const { winfsp, directory, content } = reply;
  return {
    path,
    elapsedMs,
    outcome: 'opened',
    winfsp,
    directory,
    ...(content === undefined ? {} : { content: new Uint8Array(Buffer.from(content, 'base64')) }),
  };
}

/** One helper process, asked one question at a time. */
class Helper {
  readonly ready: Promise<void>;
  readonly #process: HelperProcess;
  #answer: ((reply: Answered) => void) | undefined;
  #fail: (error: Error) => void = () => undefined;

  constructor(started: HelperProcess) {
    this.#process = started;
    this.ready = new Promise((resolve, reject) => {
      this.#fail = reject;
      started.onMessage(message => {
        const reply = ProbeReply.parse(message);
        if (reply.kind === 'ready') resolve();
        else this.#answer?.(reply);
      });
    });
    started.onEnd((stderr, exitCode) =>
      this.#fail(new FaultError({ code: 'command-failed', argv: ['prober-process'], exitCode, stdout: '', stderr })),
    );
  }

  ask(question: ProbeQuestion): Promise<Answered> {
    return new Promise((resolve, reject) => {
      this.#answer = resolve;
      this.#fail = reject;
      this.#process.send(question, reject);
    });
  }

  kill(): void {
    this.#process.kill();
  }
}
