import type { Duplex } from 'node:stream';
import { type Clock, systemClock } from '../../../shared/base/clock.ts';
import { type Fault, FaultError } from '../../../shared/contract/fault.ts';
import type { HostFacts } from '../../../shared/domain/host-facts.ts';
import type { KernelAnswer, KernelQuestion } from '../../../shared/domain/kernel-question.ts';
import type { SshConnection } from '../../../shared/domain/ssh-connection.ts';
import type {
  Host,
  ObjectEntry,
  ObjectNamespace,
  ObjectRefusal,
  ProbeAnswer,
  ProbeOptions,
  ProbeTarget,
  Ran,
  RunOptions,
} from '../host.ts';
import { HostLife } from '../host-life.ts';
import { askKernel } from '../kernel-calls.ts';
import { NT_STATUS, outcomeOf, refusalOf, statusName } from '../nt-status.ts';
import { probePath } from '../probe-path.ts';
import { withinLimit } from '../within-limit.ts';
import { ntPathOf } from './agent-protocol.ts';
import { dialFarEngine } from './dial-engine.ts';
import { EngineLinks } from './engine-links.ts';
import { FarAgent, type Told } from './far-agent.ts';
import { detectFarShell, type FarShell } from './far-shell.ts';
import type { SshTarget } from './parse-ssh-url.ts';
import { readFarFacts } from './read-facts.ts';
import { FarRunner } from './run-far.ts';
import type { Hop } from './shake-hands.ts';
import type { SshAccess } from './ssh-access.ts';
import { type LinkState, SshLink } from './ssh-link.ts';

/** A first word of cmd or PowerShell takes a second on a machine that is busy. */
const SHELL_MS = 30_000;
const DEFAULT_PROBE_MS = 3_000;
/** How much longer than the far side itself we wait for its answer to a probe. */
const PROBE_GRACE_MS = 1_000;
/** The object manager answers from memory: an agent that takes longer than this answers nothing any more. */
const OBJECT_MS = 30_000;

export interface RemoteHostOptions extends SshAccess {
  readonly target: SshTarget;
  /** Hosts on the way there, the nearest first. */
  readonly jumps?: readonly Hop[];
  /** How it is reached, as far as a person wants to know. */
  readonly connection?: SshConnection;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** How long a cut connection is tried again before the host counts as lost. Default 60 000. */
  readonly graceMs?: number;
  /** Default 10 000. */
  readonly keepaliveMs?: number;
}

/** A Windows host over one SSH connection. */
export interface RemoteHost extends Host {
  /** The connection's comings and goings, for a status line. Answers the undo. */
  onLink(listener: (state: LinkState) => void): () => void;
  /** Gives the host up for good, as the end of the grace time does. */
  giveUp(reason: string): void;
}

/**
 * Connects, finds out which shell answers and what Windows it is. Fails with `host-unreachable`, `host-key-unknown`,
 * `host-key-refused`, `access-denied`, `timed-out`, `cancelled`.
 */
export async function createRemoteHost(options: RemoteHostOptions, signal?: AbortSignal): Promise<RemoteHost> {
  const clock = options.clock ?? systemClock;
  const { target, jumps = [], graceMs = 60_000, keepaliveMs = 10_000 } = options;
  const link = await SshLink.open({ target, jumps, access: options, clock, graceMs, keepaliveMs }, signal);
  try {
    const patience = signal ?? new AbortController().signal;
    // A shell that never answers must not keep whoever waits, and those behind it.
    const asking = detectFarShell(link, patience);
    const what = `the shell of ${target.id}`;
    const shell = await withinLimit(asking, { clock, timeoutMs: SHELL_MS, signal: patience, what });
    const runner = new FarRunner(link, shell, clock);
    const facts = await readFarFacts(runner, target.id, patience);
    return new Remote(facts, link, { runner, shell }, clock, options.connection);
  } catch (caught) {
    link.close();
    throw caught;
  }
}

class Remote implements RemoteHost {
  readonly id: string;
  readonly facts: HostFacts;
  readonly objects: ObjectNamespace;
  readonly connection?: SshConnection;
  readonly #link: SshLink;
  readonly #runner: FarRunner;
  readonly #shell: FarShell;
  readonly #agent: FarAgent;
  readonly #engine: EngineLinks;
  readonly #clock: Clock;
  readonly #life = new HostLife();
  #disposed: Promise<void> | undefined;

  constructor(
    facts: HostFacts,
    link: SshLink,
    { runner, shell }: { readonly runner: FarRunner; readonly shell: FarShell },
    clock: Clock,
    connection?: SshConnection,
  ) {
    this.id = link.id;
    if (connection !== undefined) this.connection = connection;
    this.facts = facts;
    this.#link = link;
    this.#runner = runner;
    this.#shell = shell;
    this.#clock = clock;
    this.#agent = new FarAgent(link, clock);
    this.#engine = new EngineLinks(link);
    this.objects = {
      list: (path, signal) => this.#object(path, 'list', signal, entriesOf),
      readLink: (path, signal) => this.#object(path, 'link', signal, targetOf),
    };
    link.onState(state => {
      if (state.kind !== 'lost') return;
      this.#engine.close('the connection was closed');
      this.#life.lose(state.fault);
    });
  }

  run(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
    return this.#life.ask(options.signal, signal => this.#runner.run(argv, { ...options, signal }));
  }

  dialEngine(signal?: AbortSignal): Promise<Duplex> {
    return this.#life.ask(signal, asked => dialFarEngine(this.#engine, this.#shell, asked));
  }

  async probe(target: ProbeTarget, options: ProbeOptions = {}): Promise<ProbeAnswer> {
    const timeoutMs = options.timeoutMs ?? DEFAULT_PROBE_MS;
    const path = probePath(target);
    return this.#life.ask(options.signal, async signal => {
      const request = {
        verb: 'probe',
        ntPath: ntPathOf(target),
        path,
        timeoutMs,
        readBytes: options.readBytes ?? 0,
      } as const;
      // The agent's start is no part of the probe's time.
      await this.#agent.start(signal);
      const startedAt = this.#clock.now();
      const answer = this.#agent.ask(request, signal);
      const told = await withinLimit(answer, {
        clock: this.#clock,
        timeoutMs: timeoutMs + PROBE_GRACE_MS,
        signal,
        what: path,
      }).catch(mute);
      return { path, elapsedMs: this.#clock.now() - startedAt, ...answerOf(told) };
    });
  }

  askKernel(question: KernelQuestion, signal?: AbortSignal): Promise<KernelAnswer> {
    return this.#life.ask(signal, asked =>
      askKernel(question, async call => {
        const told = await this.#agent.askWithin(
          { verb: 'kernel', call },
          { timeoutMs: OBJECT_MS, what: question.about },
          asked,
        );
        if ('ntStatus' in told) {
          const { step, ntStatus, at, bytes } = told;
          return { step, status: ntStatus, bytes: Buffer.from(bytes, 'base64'), address: BigInt(at) };
        }
        const status = 'status' in told ? told.status : NT_STATUS.NOT_IMPLEMENTED;
        return { step: 'open', status, bytes: Buffer.alloc(0), address: 0n };
      }),
    );
  }

  onLost(listener: (fault: Fault) => void): () => void {
    return this.#life.onLost(listener);
  }

  onLink(listener: (state: LinkState) => void): () => void {
    return this.#link.onState(listener);
  }

  giveUp(reason: string): void {
    this.#link.close(reason);
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  async #dispose(): Promise<void> {
    this.#life.close({ code: 'host-unreachable', host: this.id, reason: 'the connection was closed' });
    this.#agent.dispose();
    await this.#runner.settled();
    this.#link.close();
  }

  #object<T>(
    path: string,
    verb: 'list' | 'link',
    signal: AbortSignal | undefined,
    read: (told: Told) => T | undefined,
  ): Promise<T | { readonly refused: ObjectRefusal }> {
    return this.#life.ask(signal, async asked => {
      // The kernel says so too, but a name that is none need not travel.
      if (!path.startsWith('\\')) return { refused: 'malformed-name' as const };
      const told = await this.#agent.askWithin({ verb, path }, { timeoutMs: OBJECT_MS, what: path }, asked);
      if ('status' in told) return { refused: refusalOf(told.status) };
      return read(told) ?? { refused: 'unsupported' as const };
    });
  }
}

const entriesOf = (told: Told): { readonly entries: readonly ObjectEntry[] } | undefined =>
  'entries' in told ? { entries: told.entries.map(([name, type]) => ({ name, type })) } : undefined;

const targetOf = (told: Told): { readonly target: string } | undefined =>
  'target' in told ? { target: told.target } : undefined;

/** A far side that does not answer in time says as much as one that says its time is up. */
function mute(caught: unknown): { readonly id: number; readonly timedOut: 1 } {
  if (caught instanceof FaultError && caught.fault.code === 'timed-out') return { id: 0, timedOut: 1 };
  throw caught;
}

type Outcome =
  | { readonly outcome: 'opened'; readonly winfsp: boolean; readonly directory: boolean; readonly content?: Uint8Array }
  | { readonly outcome: 'not-found' | 'denied' | 'failed'; readonly status: number; readonly statusName: string }
  | { readonly outcome: 'timed-out' };

function answerOf(told: Told): Outcome {
  if ('status' in told) {
    const { status } = told;
    return { outcome: outcomeOf(status), status, statusName: statusName(status) };
  }
  if (!('winfsp' in told)) return { outcome: 'timed-out' };
  const { winfsp, directory, content } = told;
  const read = content === undefined ? {} : { content: new Uint8Array(Buffer.from(content, 'base64')) };
  return { outcome: 'opened', winfsp, directory, ...read };
}
