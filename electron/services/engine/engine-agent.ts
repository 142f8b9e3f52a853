import http from 'node:http';
import type { Duplex } from 'node:stream';
import { inspect } from 'node:util';

/**
 * An HTTP agent whose connections come from `dial`: any duplex will do, a pipe, a channel of an SSH connection, a pair
 * in memory. Whatever `dial` rejects with reaches the request's `error` event as it is.
 */
export class EngineAgent extends http.Agent {
  readonly #dial: () => Promise<Duplex>;

  constructor(dial: () => Promise<Duplex>, options: { readonly keepAlive: boolean }) {
    super({ keepAlive: options.keepAlive, maxFreeSockets: 8 });
    this.#dial = dial;
  }

  override createConnection(
    _options: http.ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    void this.#connect(callback);
  }

  /** Docker-modem formats its request options, agent and sockets included, for a debug line that nobody reads. */
  [inspect.custom](): string {
    return 'EngineAgent';
  }

  async #connect(told: ((error: Error | null, stream: Duplex) => void) | undefined): Promise<void> {
    try {
      const stream = withSocketManners(await this.#dial());
      told?.(null, stream);
    } catch (error) {
      // Node reads no second argument beside an error, though its type asks for one.
      const failed = told as ((error: Error) => void) | undefined;
      failed?.(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

/** What the stock agent asks of a net.Socket around keeping a connection; a plain duplex has none of it. */
const SOCKET_MANNERS = ['setKeepAlive', 'setTimeout', 'setNoDelay', 'ref', 'unref'] as const;

function withSocketManners(stream: Duplex): Duplex {
  for (const name of SOCKET_MANNERS) {
    if (!(name in stream)) Object.defineProperty(stream, name, { value: () => stream });
  }
  return stream;
}
