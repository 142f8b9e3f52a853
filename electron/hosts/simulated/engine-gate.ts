import type { Duplex } from 'node:stream';
import { FaultError } from '../../../shared/contract/fault.ts';
import { linkedPair } from '../linked-pair.ts';
import type { Scenario } from './scenario/schema.ts';

/** The engine's pipe as a Docker client names it. */
const ENGINE_PIPE = 'npipe:////./pipe/docker_engine';

const PIPE_PATH = '\\\\.\\pipe\\docker_engine';
const NO_PIPE = `open ${PIPE_PATH}: The system cannot find the file specified.`;
const REFUSED = `open ${PIPE_PATH}: Access is denied.`;

/**
 * The door of the engine: who may come in, and whether anybody is at home. All connections from outside pass it, so
 * that a restart can cut them.
 */
export class EngineGate {
  readonly #mode: Scenario['engine']['mode'];
  readonly #serve: (connection: Duplex) => void;
  readonly #isServed: () => boolean;
  readonly #open = new Set<Duplex>();
  #down = false;

  /** `isServed`: the engine's service runs. */
  constructor(
    mode: Scenario['engine']['mode'],
    serve: (connection: Duplex) => void,
    isServed: () => boolean = () => mode !== 'stopped',
  ) {
    this.#mode = mode;
    this.#serve = serve;
    this.#isServed = isServed;
  }

  /** Opens the pipe as the signed-in user does. Faults `engine-unreachable` and `access-denied` with Windows' own words. */
  dial(): Duplex {
    if (this.#down || !this.#isServed()) {
      throw new FaultError({ code: 'engine-unreachable', endpoint: ENGINE_PIPE, cause: 'no-pipe', raw: NO_PIPE });
    }
    if (this.#mode === 'denied') throw new FaultError({ code: 'access-denied', what: ENGINE_PIPE, raw: REFUSED });
    const [near, far] = linkedPair();
    this.admit(far);
    // A cut connection is told by its end; an error nobody listens for would end the process.
    near.on('error', () => undefined);
    return near;
  }

  /** Lets a connection in that came over a socket; drops it while the engine is down. */
  admit(connection: Duplex): void {
    connection.on('error', () => connection.destroy());
    if (this.#down || !this.#isServed()) {
      connection.destroy();
      return;
    }
    this.#open.add(connection);
    connection.once('close', () => this.#open.delete(connection));
    this.#serve(connection);
  }

  /** Cuts every connection and lets nobody in until `up`. */
  down(): void {
    this.#down = true;
    for (const connection of this.#open) connection.destroy();
    this.#open.clear();
  }

  up(): void {
    this.#down = false;
  }
}
