import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../../../shared/base/clock.ts';
import { disposable } from '../../../shared/base/disposables.ts';
import { cannotListen } from '../../../shared/contract/cannot-listen.ts';
import { contract } from '../../../shared/contract/contract.ts';
import type { Channel } from '../../../shared/wire/channel.ts';
import { connect } from '../../../shared/wire/connect.ts';
import { memoryChannelPair } from '../../../shared/wire/memory-channel.ts';
import { type SocketLike, socketChannel } from '../../../shared/wire/socket-channel.ts';
import { type Door, judgeHost, judgeUpgrade, newToken, type Refusal, SUBPROTOCOL } from './door.ts';
import { COMMON_HEADERS, pagePolicy, TEXT_POLICY } from './page-headers.ts';
import type { StaticPage } from './static-page.ts';
import { ARCHIVE_HEADERS, archiveOf, openArchive } from './taken-archive.ts';

export interface WebServerOptions {
  /** Serves one client until its channel closes (`Hub.serve`). */
  readonly serve: (channel: Channel) => { dispose(): void };
  readonly clock: Clock;
  /** Without one, a browser is told that there is none. */
  readonly page?: StaticPage;
  /** Told of everybody who is not let in and of every client that is cut off, one sentence each. */
  readonly onTurnedAway?: (sentence: string) => void;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Loopback only: there is no TLS here, and the wire can stop file systems. */
  readonly address?: '127.0.0.1' | '::1';
}

export interface WebServer {
  readonly port: number;
  /** `ws://127.0.0.1:PORT/#TOKEN`: what `--connect` takes. The token is good until the server ends. */
  readonly connectUrl: string;
  /** `http://127.0.0.1:PORT/#TOKEN`: what a person opens. Only with a page. */
  readonly pageUrl?: string;
  readonly clientCount: number;
  /** Turns every client away and frees the port. */
  close(): Promise<void>;
}

/** A caller's frame is a call's input; the largest is an inspection handed to `policy.judge`. */
const LARGEST_FRAME = 32 * 1024 * 1024;
/** A client that reads so much too slowly is cut off: news must not fill our memory. */
const LARGEST_BACKLOG = 64 * 1024 * 1024;
const HEARTBEAT_MS = 30_000;

const TEXT_HEADERS = {
  ...COMMON_HEADERS,
  'content-security-policy': TEXT_POLICY,
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'no-store',
} as const;

/** Serves the page, and the wire over WebSocket, on a loopback port. Fails with `cannot-listen` when the port cannot be had. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const address = options.address ?? '127.0.0.1';
  const http = createServer();
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      reject(cannotListen(`${address}:${options.port ?? 0}`, error));
    });
    http.listen(options.port ?? 0, address, resolve);
  });
  const { port } = http.address() as AddressInfo;
  const door: Door = { address, port, token: newToken() };
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_FRAME,
    perMessageDeflate: false,
    handleProtocols: offered => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  const turnedAway = options.onTurnedAway ?? (() => undefined);

  http.on('request', (request, response) => {
    const refusal = judgeHost(door, request.headers);
    if (refusal !== undefined) turnedAway(refusal.sentence);
    const archive = request.method === 'GET' ? archiveOf(pathOf(request)) : undefined;
    if (refusal === undefined && archive !== undefined) void giveArchive(options.serve, archive, request, response);
    else answer(refusal, options.page, request, response);
  });
  http.on('upgrade', (request, raw, head) => {
    raw.on('error', () => raw.destroy());
    const refusal = judgeUpgrade(door, pathOf(request), request.headers);
    if (refusal === undefined) {
      sockets.handleUpgrade(request, raw, head, socket => admit(socket, options.serve, turnedAway));
    } else {
      turnedAway(refusal.sentence);
      refuse(raw, refusal);
    }
  });

  const heartbeat = beat(sockets, options.clock);
  const shownAddress = address === '::1' ? '[::1]' : address;
  return {
    port,
    connectUrl: `ws://${shownAddress}:${port}/#${door.token}`,
    ...(options.page === undefined ? {} : { pageUrl: `http://${shownAddress}:${port}/#${door.token}` }),
    get clientCount() {
      return sockets.clients.size;
    },
    close: async () => {
      heartbeat.dispose();
      for (const socket of sockets.clients) socket.close(1001, 'the server ends');
      const gone = new Promise<void>(resolve => void http.close(() => resolve()));
      for (const socket of sockets.clients) socket.terminate();
      http.closeAllConnections();
      await gone;
    },
  };
}

/** Never decoded, never resolved: a path is compared as it came. */
function pathOf(request: IncomingMessage): string {
  return request.url?.split('?')[0] || '/';
}

function answer(
  refusal: Refusal | undefined,
  page: StaticPage | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const say = (status: number, text: string, more: Readonly<Record<string, string>> = {}): void => {
    const body = `${text}\n`;
    response.writeHead(status, { ...TEXT_HEADERS, ...more, 'content-length': Buffer.byteLength(body) });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  const path = pathOf(request);
  const file = page?.get(path);
  if (refusal !== undefined) say(refusal.status, refusal.sentence);
  else if (file === undefined && !(page === undefined && path === '/')) say(404, 'Nothing is served here.');
  else if (request.method !== 'GET' && request.method !== 'HEAD') {
    say(405, 'Only GET is answered.', { allow: 'GET, HEAD' });
  } else if (file === undefined) say(200, GREETING);
  else {
    response.writeHead(200, {
      ...COMMON_HEADERS,
      'content-security-policy': pagePolicy(request.headers.host ?? ''),
      'content-type': file.type,
      'content-length': file.body.length,
      'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }
}

/**
 * Gives a browser what its page has asked to be copied out, as it is made: who knows its id, which that page made at
 * random, may have it, once. One that is broken off is cut short, which browsers tell from a whole one.
 */
async function giveArchive(
  serve: WebServerOptions['serve'],
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [near, far] = memoryChannelPair();
  const served = serve(far);
  const client = connect(contract, near, 'the page');
  const archive = await openArchive(client, id);
  try {
    if (archive === undefined) return answer(undefined, undefined, request, response);
    response.writeHead(200, { ...COMMON_HEADERS, 'content-security-policy': TEXT_POLICY, ...ARCHIVE_HEADERS });
    await pipeline(Readable.from(archive.pieces), response);
  } catch {
    response.destroy();
    await archive?.leave();
  } finally {
    client.dispose();
    served.dispose();
  }
}

const GREETING = `Siloscope is running. Its page is not built here ("npm run build" does), so it serves its wire only.

Connect with the command line, giving the whole address that "siloscope serve" printed:

  siloscope --connect 'ws://127.0.0.1:PORT/#TOKEN' inspect`;

const REASONS: Record<Refusal['status'], string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  421: 'Misdirected Request',
};

function refuse(raw: Duplex, refusal: Refusal): void {
  const body = `${refusal.sentence}\n`;
  const headers = { ...TEXT_HEADERS, 'content-length': String(Buffer.byteLength(body)), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  raw.end(`HTTP/1.1 ${refusal.status} ${REASONS[refusal.status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

function admit(socket: WebSocket, serve: WebServerOptions['serve'], turnedAway: (sentence: string) => void): void {
  const hangUp = (code: number, reason: string): void => {
    turnedAway(`A client was cut off: ${reason}.`);
    socket.close(code, reason);
  };
  socket.on('message', (data, isBinary) => {
    if (isBinary) hangUp(1003, 'frames are text');
    else if (!isJson(Buffer.isBuffer(data) ? data.toString() : '')) hangUp(1007, 'frames are JSON');
  });
  // The library itself closes on these: too large, not UTF-8, against RFC 6455.
  socket.on('error', error => turnedAway(`A client was cut off: ${error.message}.`));
  const bounded: SocketLike = {
    get readyState() {
      return socket.readyState;
    },
    send: text => {
      if (socket.bufferedAmount <= LARGEST_BACKLOG) return socket.send(text);
      turnedAway('A client was cut off: it reads too slowly.');
      socket.terminate();
    },
    close: () => socket.close(),
    addEventListener: (type, listener) => socket.addEventListener(type as 'message', listener),
  };
  serve(socketChannel(bounded));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Finds clients that went away without a word (a closed laptop) and lets go of them. */
function beat(sockets: WebSocketServer, clock: Clock): { dispose(): void } {
  const answered = new WeakSet<WebSocket>();
  const asked = new WeakSet<WebSocket>();
  let next = clock.after(HEARTBEAT_MS, round);
  function round(): void {
    for (const socket of sockets.clients) {
      if (asked.has(socket) && !answered.has(socket)) {
        socket.terminate();
        continue;
      }
      if (!asked.has(socket)) socket.on('pong', () => answered.add(socket));
      asked.add(socket);
      answered.delete(socket);
      socket.ping();
    }
    next = clock.after(HEARTBEAT_MS, round);
  }
  return disposable(() => next.dispose());
}
