import Docker from 'dockerode';
import type { Clock } from '../../../shared/base/clock.ts';
import type { Host } from '../../hosts/host.ts';
import { within } from '../within.ts';
import { EngineAgent } from './engine-agent.ts';
import { engineFault } from './engine-errors.ts';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Hard limit of the call. Default 30 000. */
  readonly timeoutMs?: number;
}

/** Dockerode over the host's own dial, with a limit and a translation of errors around every call. */
export interface EngineConnection {
  /** Asks: idempotent, over kept connections, tried again once when a kept one turns out to be dead. */
  ask<T>(
    operation: string,
    act: (docker: Docker, signal: AbortSignal) => Promise<T>,
    options?: CallOptions,
  ): Promise<T>;
  /** Orders: each over a connection of its own, never repeated. */
  order<T>(
    operation: string,
    act: (docker: Docker, signal: AbortSignal) => Promise<T>,
    options?: CallOptions,
  ): Promise<T>;
  dispose(): void;
}

export function createEngineConnection(
  host: Pick<Host, 'dialEngine'>,
  clock: Clock,
  endpoint: string,
): EngineConnection {
  const kept = new EngineAgent(() => host.dialEngine(), { keepAlive: true });
  const single = new EngineAgent(() => host.dialEngine(), { keepAlive: false });
  const asking = createDocker(kept);
  const ordering = createDocker(single);

  const call = async <T>(
    operation: string,
    act: (signal: AbortSignal) => Promise<T>,
    options: CallOptions | undefined,
  ): Promise<T> => {
    try {
      return await within(clock, { what: operation, ms: options?.timeoutMs ?? 30_000, signal: options?.signal }, act);
    } catch (error) {
      throw engineFault(error, operation, endpoint);
    }
  };

  return {
    ask: (operation, act, options) =>
      call(
        operation,
        async signal => {
          try {
            return await act(asking, signal);
          } catch (error) {
            if (!isDeadConnection(error) || signal.aborted) throw error;
            return await act(ordering, signal);
          }
        },
        options,
      ),
    order: (operation, act, options) => call(operation, signal => act(ordering, signal), options),
    dispose() {
      kept.destroy();
      single.destroy();
    },
  };
}

/** A connection that was kept and closed by the engine meanwhile: nothing was answered, so asking again is safe. */
function isDeadConnection(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

/**
 * Dockerode reads DOCKER_HOST and its companions while it is built, and may even fail on them, whatever options it is
 * given. It must talk to this host and no other: the variables are put aside for that moment.
 */
function createDocker(agent: EngineAgent): Docker {
  const held = process.env['DOCKER_HOST'];
  delete process.env['DOCKER_HOST'];
  try {
    const options = { protocol: 'http', host: 'engine', port: 80, agent } as const;
    return new Docker(options);
  } finally {
    if (held !== undefined) process.env['DOCKER_HOST'] = held;
  }
}
