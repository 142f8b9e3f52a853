import type { Announce, ContractShape, Handlers } from '../contract/operation.ts';
import type { Channel } from './channel.ts';
import { type Served, serve } from './serve.ts';

/** Serves many clients with one set of handlers, and tells all of them the news. */
export class Hub<C extends ContractShape> {
  readonly #contract: C;
  readonly #handlers: Handlers<C>;
  readonly #served = new Set<Served<C>>();
  #ended = false;

  constructor(contract: C, handlers: Handlers<C>) {
    this.#contract = contract;
    this.#handlers = handlers;
  }

  get clientCount(): number {
    return this.#served.size;
  }

  /** Serves one more channel until it closes. Dispose to turn that client away. */
  serve(channel: Channel): { dispose(): void } {
    if (this.#ended) {
      channel.close();
      return { dispose: () => undefined };
    }
    const served = serve(this.#contract, channel, this.#handlers);
    this.#served.add(served);
    channel.onClosed(() => this.#served.delete(served));
    return served;
  }

  readonly announce: Announce<C> = (name, payload) => {
    for (const served of this.#served) served.announce(name, payload);
  };

  /** Turns every client away; later ones are refused. */
  dispose(): void {
    this.#ended = true;
    for (const served of this.#served) served.dispose();
    this.#served.clear();
  }
}
