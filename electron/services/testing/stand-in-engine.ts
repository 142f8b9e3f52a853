import http from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import type { Host } from '../../hosts/host.ts';

/** An engine of a few routes over pairs of streams, for what a well-behaved engine would not do. */
export interface StandInEngine {
  readonly host: Host;
  /** Requests so far, `GET /info`. */
  readonly requests: string[];
  readonly dials: () => number;
  /** Drops every connection, as an engine that restarts does. */
  drop(): void;
  dispose(): void;
}

export type Route = (request: http.IncomingMessage, response: http.ServerResponse, body: string) => void;

export function createStandInEngine(route: Route): StandInEngine {
  const requests: string[] = [];
  const far = new Set<Duplex>();
  let dials = 0;
  const server = http.createServer((request, response) => {
    requests.push(`${request.method} ${request.url?.replace(/^\/v[\d.]+/, '')}`);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => route(request, response, Buffer.concat(chunks).toString()));
  });
  const dialEngine = (): Promise<Duplex> => {
    dials++;
    const [near, other] = duplexPair();
    far.add(other);
    other.on('error', () => undefined);
    // The two sides of a pair know nothing of each other's end; those of a pipe do.
    other.once('close', () => near.destroy());
    near.once('close', () => other.destroy());
    server.emit('connection', other);
    return Promise.resolve(near);
  };
  const refuse = (): never => {
    throw new Error('this host has an engine and nothing else');
  };
  return {
    requests,
    dials: () => dials,
    host: {
      id: 'stand-in',
      facts: {
        machineName: 'STANDIN',
        build: 26100,
        revision: 1,
        displayVersion: '24H2',
        edition: 'Windows 11 Pro',
        productType: 'client',
        architecture: 'x64',
      },
      run: refuse,
      dialEngine,
      objects: { list: refuse, readLink: refuse },
      probe: refuse,
      onLost: () => () => undefined,
      dispose: () => Promise.resolve(),
    },
    drop() {
      for (const stream of far) stream.destroy();
      far.clear();
    },
    dispose() {
      for (const stream of far) stream.destroy();
      server.close();
    },
  };
}

export function json(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** One frame of the engine's multiplexed stream. */
export function frame(source: 1 | 2, text: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = source;
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}
