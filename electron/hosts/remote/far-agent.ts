import type { Clock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { withinLimit } from '../within-limit.ts';
import { AgentAnswer, type AgentRequest, encodeRequest } from './agent-protocol.ts';
import { AGENT_BOOTSTRAP, AGENT_LINE } from './agent-script.ts';
import { encodedCommand, LOCKED_DOWN } from './encoded-command.ts';
import { abandon, type CommandChannel } from './ssh-link.ts';
import { unlessGone } from './unless-gone.ts';

export type Told = Exclude<AgentAnswer, { ready: 1 }>;

/** The first start compiles C#, which takes a slow machine some seconds. */
const START_MS = 60_000;
const LONGEST_ANSWER = 64 * 1_048_576;
/** So many threads may an agent leave behind in file systems that hang, before another takes its place. */
const MOST_HANGING = 16;

/** Where commands are started: the connection. */
export interface CommandLink {
  exec(command: string, signal: AbortSignal): Promise<CommandChannel>;
}

/**
 * A PowerShell on the far side that answers line by line. It is started when first asked, and again after its end. One
 * that has too many threads in file systems that hang is asked nothing more, and ends with its last answer: its threads
 * end with it. Never more than two are there at once.
 */
export class FarAgent {
  readonly #link: CommandLink;
  readonly #clock: Clock;
  #running: Promise<RunningAgent> | undefined;
  #leaving: RunningAgent | undefined;

  constructor(link: CommandLink, clock: Clock) {
    this.#link = link;
    this.#clock = clock;
  }

  /**
   * Asks, starting the agent if need be. Fails with `not-found` (program powershell.exe), `access-denied` where
   * PowerShell is locked down, `host-unreachable`, `cancelled`.
   */
  async ask(request: AgentRequest, signal: AbortSignal): Promise<Told> {
    const agent = await this.#started(signal);
    const told = await agent.ask(request, signal);
    if ('timedOut' in told && (told.hanging ?? 0) >= MOST_HANGING) await this.#replace(agent);
    return told;
  }

  /** As `ask`; an agent that gives no answer in time (`timed-out`) is given up, and the next ask starts another. */
  async askWithin(
    request: AgentRequest,
    limit: { readonly timeoutMs: number; readonly what: string },
    signal: AbortSignal,
  ): Promise<Told> {
    const agent = await this.#started(signal);
    return withinLimit(agent.ask(request, signal), { clock: this.#clock, ...limit, onStruck: () => agent.end() });
  }

  /** Resolves when it is there to be asked. Fails as `ask` does. */
  async start(signal: AbortSignal): Promise<void> {
    await this.#started(signal);
  }

  dispose(): void {
    this.#running?.then(
      agent => agent.end(),
      () => undefined,
    );
    this.#running = undefined;
    this.#leaving?.end();
  }

  /** The next ask starts another one; what this one was asked already, it still answers. */
  async #replace(worn: RunningAgent): Promise<void> {
    const running = this.#running;
    if (running === undefined || (await running.catch(() => undefined)) !== worn || this.#running !== running) return;
    this.#running = undefined;
    this.#leaving?.end();
    this.#leaving = worn;
    worn.endWhenIdle();
  }

  #started(signal: AbortSignal): Promise<RunningAgent> {
    return unlessGone(this.#start(), signal, () => undefined);
  }

  #start(): Promise<RunningAgent> {
    if (this.#running !== undefined) return this.#running;
    const starting = this.#launch();
    this.#running = starting;
    const forget = (): void => {
      if (this.#running === starting) this.#running = undefined;
    };
    starting.then(agent => void agent.ended.then(forget), forget);
    return starting;
  }

  /** The limit is the start's own, not each asker's: one that hangs is given up, and not waited for again. */
  #launch(): Promise<RunningAgent> {
    const giveUp = new AbortController();
    return withinLimit(this.#launched(giveUp.signal), {
      clock: this.#clock,
      timeoutMs: START_MS,
      what: 'start of PowerShell on the far side',
      onStruck: () => giveUp.abort(),
    });
  }

  async #launched(signal: AbortSignal): Promise<RunningAgent> {
    const channel = await this.#link.exec(encodedCommand(AGENT_BOOTSTRAP), signal);
    const agent = new RunningAgent(channel);
    signal.addEventListener('abort', () => agent.end(), { once: true });
    channel.write(AGENT_LINE);
    await agent.ready;
    return agent;
  }
}

interface Waiting {
  readonly resolve: (told: Told) => void;
  readonly reject: (error: FaultError) => void;
}

class RunningAgent {
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
  readonly #channel: CommandChannel;
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;
  /** Pieces of a line that has not ended yet: joined once, at its end. */
  #rest: string[] = [];
  #restLength = 0;
  #said = '';
  #over: FaultError | undefined;
  #leavesWhenIdle = false;
  #isReady: () => void = () => undefined;
  #isOver: () => void = () => undefined;
  #failed: (error: FaultError) => void = () => undefined;

  constructor(channel: CommandChannel) {
    this.#channel = channel;
    this.ready = new Promise((resolve, reject) => {
      this.#isReady = resolve;
      this.#failed = reject;
    });
    // Whoever waits hears of it; a failure before anybody does is no unhandled one.
    this.ready.catch(() => undefined);
    channel.setEncoding('utf8');
    channel.on('data', (text: string) => this.#read(text));
    channel.stderr.on('data', (bytes: Buffer) => {
      this.#said = `${this.#said}${bytes.toString('utf8')}`.slice(-4_000);
    });
    this.ended = new Promise(resolve => {
      this.#isOver = resolve;
      channel.once('close', () => this.#end());
    });
  }

  ask(request: AgentRequest, signal: AbortSignal): Promise<Told> {
    return new Promise((resolve, reject) => {
      if (this.#over !== undefined) return reject(this.#over);
      if (signal.aborted) return reject(new FaultError({ code: 'cancelled' }, { cause: signal.reason }));
      const id = this.#next++;
      const leave = (): void => {
        this.#waiting.delete(id);
        reject(new FaultError({ code: 'cancelled' }, { cause: signal.reason }));
        this.#endIfIdle();
      };
      const settled = (): void => signal.removeEventListener('abort', leave);
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.set(id, {
        resolve: told => {
          settled();
          resolve(told);
        },
        reject: error => {
          settled();
          reject(error);
        },
      });
      this.#channel.write(`${encodeRequest(id, request)}\n`);
    });
  }

  /** At once: a channel that is dead may never tell that it is closed. */
  end(): void {
    abandon(this.#channel);
    this.#end();
  }

  /** As soon as nobody waits for an answer any more. */
  endWhenIdle(): void {
    this.#leavesWhenIdle = true;
    this.#endIfIdle();
  }

  #endIfIdle(): void {
    if (this.#leavesWhenIdle && this.#waiting.size === 0 && this.#over === undefined) this.end();
  }

  #read(text: string): void {
    const [first = '', ...others] = text.split('\n');
    this.#rest.push(first);
    this.#restLength += first.length;
    for (const piece of others) {
      const line = this.#rest.join('');
      this.#rest = [piece];
      this.#restLength = piece.length;
      this.#take(line.trim());
    }
    if (this.#restLength > LONGEST_ANSWER) this.end();
  }

  #take(line: string): void {
    // What a profile says may end without a line's end: the agent's first word stands on that line then.
    const [own = line] = /\{"ready":1\}$/.exec(line) ?? [];
    const answer = AgentAnswer.safeParse(parsed(own));
    if (!answer.success) {
      // PowerShell may say things of its own before the agent does.
      this.#said = `${this.#said}${line}\n`.slice(-4_000);
      return;
    }
    if ('ready' in answer.data) {
      this.#isReady();
      return;
    }
    const waiting = this.#waiting.get(answer.data.id);
    this.#waiting.delete(answer.data.id);
    waiting?.resolve(answer.data);
    this.#endIfIdle();
  }

  #end(): void {
    this.#over ??= this.#faultAtEnd();
    this.#failed(this.#over);
    this.#isOver();
    for (const waiting of this.#waiting.values()) waiting.reject(this.#over);
    this.#waiting.clear();
  }

  #faultAtEnd(): FaultError {
    const raw = this.#said.trim();
    if (raw.includes(LOCKED_DOWN)) {
      return new FaultError({ code: 'access-denied', what: 'P/Invoke from PowerShell (it is locked down)', raw });
    }
    return new FaultError({
      code: 'command-failed',
      argv: ['powershell.exe'],
      exitCode: 1,
      stdout: '',
      stderr: raw === '' ? 'the agent on the far side ended' : raw,
    });
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
