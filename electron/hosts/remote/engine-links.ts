import type { SshLink } from './ssh-link.ts';

/** Channels of the first connection that stay free for programs and the agent. */
const RESERVED = 5;
const MOST_LINKS = 8;

/**
 * Connections to dial the engine over. sshd allows ten channels on one connection, and clients keep dials open while
 * they idle: the first connection takes some, further ones are opened when it has no more to spare.
 */
export class EngineLinks {
  readonly #first: SshLink;
  #more: SshLink[] = [];
  #opening: Promise<SshLink> | undefined;

  constructor(first: SshLink) {
    this.#first = first;
  }

  /** A connection with room for a dial; with none left, the one whose turn it is to wait. */
  async take(signal: AbortSignal): Promise<SshLink> {
    if (this.#first.hasRoom(RESERVED)) return this.#first;
    this.#more = this.#more.filter(link => link.state.kind !== 'lost');
    const free = this.#more.find(link => link.hasRoom(0));
    if (free !== undefined) return free;
    if (this.#more.length >= MOST_LINKS) return this.#first;
    this.#opening ??= this.#first.another(signal).finally(() => {
      this.#opening = undefined;
    });
    const opened = await this.#opening;
    if (this.#first.state.kind === 'lost') opened.close();
    else if (!this.#more.includes(opened)) this.#more.push(opened);
    return opened;
  }

  close(reason: string): void {
    for (const link of this.#more) link.close(reason);
    this.#more = [];
  }
}
