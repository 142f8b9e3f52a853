import type { Duplex, Readable } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import { type Clock, sleep } from '../../../shared/base/clock.ts';
import { Emitter } from '../../../shared/base/emitter.ts';
import { type Fault, FaultError } from '../../../shared/contract/fault.ts';
import type { SshTarget } from './parse-ssh-url.ts';
import { connectOver, type Hop } from './shake-hands.ts';
import type { SshAccess } from './ssh-access.ts';
import { unlessGone } from './unless-gone.ts';

/**
 *   up ──cut──▶ cut ──connected──▶ up
 *                └──grace over, or refused──▶ lost ◀──give up── any
 */
export type LinkState =
  | { readonly kind: 'up' }
  | { readonly kind: 'cut'; readonly reason: string }
  | { readonly kind: 'lost'; readonly fault: Fault };

export interface SshLinkOptions {
  readonly target: SshTarget;
  readonly access: SshAccess;
  /** Hosts on the way there, the nearest first. */
  readonly jumps?: readonly Hop[];
  readonly clock: Clock;
  /** How long a cut connection is tried again before the host counts as lost. */
  readonly graceMs: number;
  /** Three unanswered ones, and the connection counts as cut. */
  readonly keepaliveMs: number;
}

/** What sshd allows on one connection unless its MaxSessions says otherwise. */
const MAX_SESSIONS = 10;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/** What is used of a channel on which one command runs. */
export interface CommandChannel extends Pick<Duplex, 'on' | 'once' | 'write' | 'setEncoding' | 'resume'> {
  readonly stderr: Pick<Readable, 'on' | 'resume'>;
  close(): void;
}

/** One SSH connection that comes back by itself, and its channels. */
export class SshLink {
  readonly #options: SshLinkOptions;
  readonly #told = new Emitter<LinkState>();
  readonly #over = new AbortController();
  #state: LinkState = { kind: 'cut', reason: 'not connected yet' };
  #client: Client | undefined;
  /** Open channels; when the server refuses one more, their number is its limit (MaxSessions of sshd, 10 by default). */
  #open = 0;
  /** Channels that are asked for, and will be opened as soon as the connection is up. */
  #wanted = 0;
  #limit = Number.POSITIVE_INFINITY;
  #waiting: (() => void)[] = [];

  private constructor(options: SshLinkOptions) {
    this.#options = options;
  }

  /** Connects. Fails with `host-unreachable`, `host-key-unknown`, `host-key-refused`, `access-denied` or `cancelled`. */
  static async open(options: SshLinkOptions, signal?: AbortSignal): Promise<SshLink> {
    const link = new SshLink(options);
    const giveUp = (): void => link.#over.abort();
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      if (signal?.aborted === true) throw new FaultError({ code: 'cancelled' });
      await link.#connect();
      return link;
    } catch (caught) {
      link.close();
      throw signal?.aborted === true ? new FaultError({ code: 'cancelled' }, { cause: caught }) : caught;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** What the host is called. */
  get id(): string {
    return this.#options.target.id;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Whether more than `reserve` further channels can be expected to open. */
  hasRoom(reserve: number): boolean {
    return Math.min(this.#limit, MAX_SESSIONS) - this.#open - this.#wanted > reserve;
  }

  /** A further connection to the same host, with the same keys. */
  another(signal: AbortSignal): Promise<SshLink> {
    return SshLink.open(this.#options, signal);
  }

  onState(listener: (state: LinkState) => void): () => void {
    return this.#told.on(listener);
  }

  /** Starts one command as `open` does. A channel that comes too late for its asker is closed. */
  exec(command: string, signal: AbortSignal): Promise<ClientChannel> {
    return unlessGone(this.open(command, signal), signal, abandon);
  }

  /**
   * Starts one command on a channel of its own, once the connection is up and the server has a channel to spare. The
   * signal is heard until the server has been asked: from then on the command may run, and the channel is answered.
   */
  async open(command: string, signal: AbortSignal): Promise<ClientChannel> {
    for (;;) {
      const channel = await this.tryOpen(command, signal);
      if (channel !== undefined) return channel;
      await this.#turn(signal);
    }
  }

  /** As `open`, but undefined where the server has no channel to spare just now. */
  async tryOpen(command: string, signal: AbortSignal): Promise<ClientChannel | undefined> {
    this.#wanted++;
    try {
      await this.#ready(signal);
    } finally {
      this.#wanted--;
    }
    return this.#open < this.#limit ? this.#tryExec(command) : undefined;
  }

  /** Ends everything; whoever waits is told `host-unreachable`. */
  close(reason = 'the connection was closed'): void {
    this.#end({ code: 'host-unreachable', host: this.#options.target.id, reason });
  }

  #set(state: LinkState): void {
    this.#state = state;
    this.#told.emit(state);
  }

  #end(fault: Fault): void {
    if (this.#state.kind === 'lost') return;
    const client = this.#client;
    this.#client = undefined;
    this.#set({ kind: 'lost', fault });
    this.#over.abort();
    this.#release();
    client?.destroy();
    this.#told.clear();
  }

  /** Resolves when the link is up; rejects when it is lost or the asker has gone. */
  #ready(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (): boolean => {
        if (signal.aborted) reject(new FaultError({ code: 'cancelled' }, { cause: signal.reason }));
        else if (this.#state.kind === 'lost') reject(new FaultError(this.#state.fault));
        else if (this.#state.kind === 'up') resolve();
        else return false;
        return true;
      };
      if (settle()) return;
      const look = (): void => {
        if (!settle()) return;
        undo();
        signal.removeEventListener('abort', look);
      };
      const undo = this.#told.on(look);
      signal.addEventListener('abort', look, { once: true });
    });
  }

  /** Waits for a channel to close, while there are none to spare. */
  #turn(signal: AbortSignal): Promise<void> {
    if (this.#open < this.#limit) return Promise.resolve();
    return new Promise(resolve => {
      const go = (): void => {
        signal.removeEventListener('abort', go);
        this.#waiting = this.#waiting.filter(other => other !== go);
        resolve();
      };
      this.#waiting.push(go);
      signal.addEventListener('abort', go, { once: true });
    });
  }

  #release(): void {
    for (const go of this.#waiting) go();
  }

  /** Undefined when the server has no channel to spare. */
  #tryExec(command: string): Promise<ClientChannel | undefined> {
    const client = this.#client;
    if (client === undefined) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      let counted = true;
      this.#open++;
      const closed = (): void => {
        undo();
        if (counted) this.#open--;
        counted = false;
        this.#waiting[0]?.();
      };
      // ssh2 forgets the question when the connection goes while it is asked.
      const undo = this.#told.on(state => {
        if (state.kind === 'up') return;
        closed();
        reject(this.#cutFault());
      });
      try {
        client.exec(command, (error, channel) => {
          if (error === undefined) {
            undo();
            // At once: a busy machine reads the answer, its end and its exit code in one piece.
            channel.once('exit', (code: number | null) => void EXITS.set(channel, code ?? 1));
            channel.once('close', closed);
            channel.on('error', () => undefined);
            resolve(channel);
            return;
          }
          const others = this.#open - 1;
          closed();
          if (this.#client !== client) reject(this.#cutFault());
          else if (others > 0 && /open failed/i.test(error.message)) {
            this.#limit = others;
            resolve(undefined);
          } else reject(this.#refusedFault(error));
        });
      } catch (error) {
        closed();
        reject(this.#refusedFault(error instanceof Error ? error : new Error(String(error))));
      }
    });
  }

  #cutFault(): FaultError {
    if (this.#state.kind === 'lost') return new FaultError(this.#state.fault);
    const reason = this.#state.kind === 'cut' ? this.#state.reason : 'the connection was cut';
    return new FaultError({
      code: 'host-unreachable',
      host: this.#options.target.id,
      reason: `${reason}; trying to connect again`,
    });
  }

  #refusedFault(error: Error): FaultError {
    return new FaultError(
      {
        code: 'host-unreachable',
        host: this.#options.target.id,
        reason: `its SSH server refused a command: ${error.message}`,
      },
      { cause: error },
    );
  }

  #dropped(client: Client | undefined, reason: string): void {
    if (client === undefined || this.#client !== client || this.#state.kind !== 'up') return;
    this.#client = undefined;
    this.#open = 0;
    this.#limit = Number.POSITIVE_INFINITY;
    this.#set({ kind: 'cut', reason });
    this.#release();
    client.destroy();
    void this.#reconnect(reason);
  }

  async #reconnect(reason: string): Promise<void> {
    const { clock, graceMs, target } = this.#options;
    const until = clock.now() + graceMs;
    let last = reason;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        await sleep(clock, Math.max(0, Math.min(pause, until - clock.now())), this.#over.signal);
        await this.#connect();
        return;
      } catch (caught) {
        if (this.#over.signal.aborted) return;
        const fault = caught instanceof FaultError ? caught.fault : undefined;
        if (fault !== undefined && isFinal(fault)) return this.#end(fault);
        if (fault?.code === 'host-unreachable') last = fault.reason;
        if (clock.now() >= until) {
          return this.#end({ code: 'host-unreachable', host: target.id, reason: `${reason}; then ${last}` });
        }
      }
    }
  }

  async #connect(): Promise<void> {
    const { target, access, keepaliveMs, jumps = [] } = this.#options;
    const { signal } = this.#over;
    const client = await connectOver(jumps, { target, access }, { keepaliveMs, signal });
    let reason = 'the SSH connection was cut';
    client.on('error', error => {
      reason = `the SSH connection broke: ${error.message}`;
    });
    client.on('close', () => this.#dropped(client, reason));
    // Small questions, one after another: none waits for the next to fill a packet.
    client.setNoDelay(true);
    this.#client = client;
    this.#set({ kind: 'up' });
  }
}

const EXITS = new WeakMap<ClientChannel, number>();

/** The exit code that SSH carried for a channel's command; 1 for one that a signal ended; undefined as long as there is none. */
export const exitOf = (channel: ClientChannel): number | undefined => EXITS.get(channel);

/** Ends a channel nobody waits for any more, and what runs at its far end as far as the server lets us. */
export function abandon(channel: CommandChannel): void {
  channel.on('error', () => undefined);
  channel.resume();
  channel.stderr.resume();
  channel.close();
}

/** Trying again would not help: we are not let in, or the host is not the one we know. */
function isFinal(fault: Fault): boolean {
  return ['access-denied', 'host-key-unknown', 'host-key-refused'].includes(fault.code);
}
