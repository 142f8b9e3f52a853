import type { ClientChannel } from 'ssh2';
import { abandon, type SshLink } from './ssh-link.ts';
import { unlessGone } from './unless-gone.ts';

/** Channels of the first connection that stay free for programs and the agent. */
const RESERVED = 5;
const MOST_LINKS = 8;

const leave = (late: ClientChannel | undefined): void => {
  if (late !== undefined) abandon(late);
};

/**
 * Connections to dial the engine over. sshd allows ten channels on one connection, and clients keep dials open while
 * they idle: the first connection takes some, further ones are opened when it has no more to spare.
 */
export class EngineLinks {
  readonly #first: SshLink;
  #more: SshLink[] = [];
  readonly #over = new AbortController();
  #opening: Promise<SshLink> | undefined;

  constructor(first: SshLink) {
    this.#first = first;
  }

  /** Starts a command on a connection with room for it; with none left, it waits its turn on the first. */
  async exec(command: string, signal: AbortSignal): Promise<ClientChannel> {
    for (;;) {
      const roomy = this.#roomy();
      if (roomy !== undefined) {
        const opened = await unlessGone(roomy.tryOpen(command, signal), signal, leave);
        if (opened !== undefined) return opened;
      } else if (this.#more.length >= MOST_LINKS) return this.#first.exec(command, signal);
      else {
        this.#opening ??= this.#open().finally(() => {
          this.#opening = undefined;
        });
        await unlessGone(this.#opening, signal, () => undefined);
      }
    }
  }

  #roomy(): SshLink | undefined {
    if (this.#first.hasRoom(RESERVED)) return this.#first;
    this.#more = this.#more.filter(link => link.state.kind !== 'lost');
    return this.#more.find(link => link.hasRoom(0));
  }

  /** Opened for whoever waits by then: one that goes away takes it from nobody else. */
  async #open(): Promise<SshLink> {
    const opened = await this.#first.another(this.#over.signal);
    if (this.#over.signal.aborted) opened.close();
    else this.#more.push(opened);
    return opened;
  }

  close(reason: string): void {
    this.#over.abort();
    for (const link of this.#more) link.close(reason);
    this.#more = [];
  }
}
