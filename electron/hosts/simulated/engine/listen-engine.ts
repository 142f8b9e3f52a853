import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Disposable, disposable } from '../../../../shared/base/disposables.ts';
import { cannotListen } from '../../../../shared/contract/cannot-listen.ts';
import { FaultError } from '../../../../shared/contract/fault.ts';

export interface Listening extends Disposable {
  /** As `DOCKER_HOST` takes it; with the port that was chosen when port 0 was asked for. */
  readonly endpoint: string;
}

type Address = { readonly host: string; readonly port: number } | { readonly path: string };

/**
 * Serves an engine to the outside: `tcp://127.0.0.1:2375`, `unix:///tmp/docker.sock`, `npipe:////./pipe/name` (on Windows).
 * @throws FaultError `invalid-input` for anything else, `cannot-listen` when the endpoint cannot be had.
 */
export async function listenEngine(endpoint: string, accept: (connection: Duplex) => void): Promise<Listening> {
  const address = addressOf(endpoint);
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, socket => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    accept(socket);
  });
  await listening(server, address, endpoint);
  const end = disposable(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return { endpoint: endpointOf(server, endpoint), dispose: () => end.dispose() };
}

function addressOf(endpoint: string): Address {
  const tcp = /^tcp:\/\/(\[[\da-f:]+\]|[\w.-]+):(\d{1,5})$/i.exec(endpoint);
  if (tcp?.[1] !== undefined && Number(tcp[2]) <= 65_535) {
    return { host: tcp[1].replace(/^\[|\]$/g, ''), port: Number(tcp[2]) };
  }
  if (endpoint.startsWith('unix:///')) return { path: endpoint.slice('unix://'.length) };
  const pipe = /^npipe:\/\/(\/\/\.\/pipe\/.+)$/.exec(endpoint)?.[1];
  if (pipe !== undefined && process.platform === 'win32') return { path: pipe.replaceAll('/', '\\') };
  const message = `expected tcp://HOST:PORT, unix:///PATH or, on Windows, npipe:////./pipe/NAME, found ${endpoint}`;
  throw new FaultError({ code: 'invalid-input', issues: [{ path: 'listen', message }] });
}

function listening(server: Server, address: Address, endpoint: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(cannotListen(endpoint, error));
    });
    server.listen(address, resolve);
  });
}

function endpointOf(server: Server, endpoint: string): string {
  const address = server.address();
  return typeof address === 'object' && address !== null ? endpoint.replace(/:\d+$/, `:${address.port}`) : endpoint;
}
