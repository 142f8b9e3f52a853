import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { sleep } from '../../../../shared/base/clock.ts';
import { DisposableStore } from '../../../../shared/base/disposables.ts';
import type { Container } from './container.ts';
import { createDaemon, type Daemon } from './daemon.ts';
import { createEngineState, type EngineOptions, type EngineState } from './engine-state.ts';
import { createHttpServer } from './http-server.ts';
import { normalise } from './image-reference.ts';
import { describeImage } from './image-store.ts';
import { listenEngine } from './listen-engine.ts';
import { Router } from './router.ts';
import { linuxRoutes, windowsRoutes } from './routes.ts';
import { startContainer } from './start-container.ts';

export type { EngineOptions } from './engine-state.ts';

/** A simulated Docker daemon on a simulated machine. */
export interface Engine {
  /** Serves one connection. While the engine is down, the connection is dropped. */
  connect(socket: Duplex): void;
  /** `tcp://127.0.0.1:0`, `unix:///path`, `npipe:////./pipe/x`. Answers the endpoint with the port that was given. */
  listen(endpoint: string): Promise<{ readonly endpoint: string; dispose(): Promise<void> }>;
  readonly daemon: Daemon;
  /** Drops all connections and containers, as a Windows daemon does; after `downMs` restart policies apply. */
  restart(downMs: number): Promise<void>;
  /**
   * The daemon's process is killed: containers go on without it until it is back after `downMs`. Then they are ended, as
   * Windows cannot attach to them again, and restart policies apply. Ground: moby libcontainerd/local/local_windows.go.
   */
  crash(downMs: number): Promise<void>;
  dispose(): Promise<void>;
}

export function createEngine(options: EngineOptions): Engine {
  const state = createEngineState(options);
  for (const scenario of options.images) {
    const reference = normalise(scenario.reference);
    if (reference !== undefined) state.images.add(describeImage(scenario), reference);
  }
  const linux = options.engine.mode === 'linux';
  const server: Server = createHttpServer({
    router: new Router(linux ? linuxRoutes(state) : windowsRoutes(state)),
    engineVersion: options.engine.version,
    osType: linux ? 'linux' : 'windows',
  });
  const connections = new Set<Duplex>();
  const held = new DisposableStore();
  const lifetime = new AbortController();
  let up = true;
  const connect = (socket: Duplex): void => {
    if (!up) {
      socket.destroy();
      return;
    }
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    server.emit('connection', socket);
  };
  const dropAll = (): void => {
    up = false;
    for (const socket of connections) socket.destroy();
    connections.clear();
  };
  const comeBack = async (downMs: number, whatRan: () => Promise<readonly Container[]>): Promise<void> => {
    // An engine that is disposed while it is down stays down.
    await sleep(state.machine.clock, downMs, lifetime.signal).catch(() => undefined);
    if (lifetime.signal.aborted) return;
    const running = await whatRan();
    up = true;
    for (const container of running) {
      const { Name: policy } = container.hostConfig.RestartPolicy;
      if (policy !== 'always' && policy !== 'unless-stopped') continue;
      // A container that cannot start again keeps its error, as after any failed start.
      await startContainer(state, container).catch(() => undefined);
    }
  };
  return {
    connect,
    async listen(endpoint) {
      const listening = held.add(await listenEngine(endpoint, connect));
      return {
        endpoint: listening.endpoint,
        dispose: () => {
          listening.dispose();
          return Promise.resolve();
        },
      };
    },
    daemon: createDaemon(state),
    async restart(downMs) {
      dropAll();
      const running = await endAll(state);
      await comeBack(downMs, () => Promise.resolve(running));
    },
    async crash(downMs) {
      dropAll();
      await comeBack(downMs, () => endAll(state));
    },
    async dispose() {
      lifetime.abort();
      held.dispose();
      dropAll();
      await endAll(state);
    },
  };
}

/** Ends everything that runs: Windows cannot attach to it again. Answers what ran. */
async function endAll(state: EngineState): Promise<readonly Container[]> {
  const ended = [...state.containers.all()].filter(
    container => container.run !== undefined || container.restartTimer !== undefined,
  );
  await Promise.all(
    ended.map(async container => {
      container.stoppedByHand = true;
      container.restartTimer?.dispose();
      container.restartTimer = undefined;
      const run = container.run;
      if (run === undefined) {
        container.state.status = 'exited';
        return;
      }
      await run.system.terminate().catch(() => undefined);
      await run.exited;
    }),
  );
  return ended;
}
