import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../../../shared/base/clock.ts';
import { disposable } from '../../../shared/base/disposables.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { Channel } from '../../../shared/wire/channel.ts';
import { type SocketLike, socketChannel } from '../../../shared/wire/socket-channel.ts';
import { type Door, judgeHost, judgeUpgrade, newToken, type Refusal } from './door.ts';

export interface WebServerOptions {
  /** Serves one client until its channel closes (`Hub.serve`). */
  readonly serve: (channel: Channel) => { dispose(): void };
  readonly clock: Clock;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Loopback only: there is no TLS here, and the wire can stop file systems. */
  readonly address?: '127.0.0.1' | '::1';
}

export interface WebServer {
  readonly port: number;
  /** `ws://127.0.0.1:PORT/#TOKEN`: what `--connect` takes. The token is good until the server ends. */
  readonly connectUrl: string;
  readonly clientCount: number;
  /** Turns every client away and frees the port. */
  close(): Promise<void>;
}

/** A caller's frame is a call's input; the largest is an inspection handed to `policy.judge`. */
const LARGEST_FRAME = 32 * 1024 * 1024;
/** A client that reads so much too slowly is cut off: news must not fill our memory. */
const LARGEST_BACKLOG = 64 * 1024 * 1024;
const HEARTBEAT_MS = 30_000;

const HEADERS = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'content-type': 'text/plain; charset=utf-8',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
} as const;

/** Serves the wire over WebSocket on a loopback port. Fails with `host-unreachable` when the port cannot be had. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const address = options.address ?? '127.0.0.1';
  const http = createServer();
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'the port is taken' : error.message;
      reject(
        new FaultError({ code: 'host-unreachable', host: `${address}:${options.port ?? 0}`, reason }, { cause: error }),
      );
    });
    http.listen(options.port ?? 0, address, resolve);
  });
  const { port } = http.address() as AddressInfo;
  const door: Door = { address, port, token: newToken() };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME, perMessageDeflate: false });

  http.on('request', (request, response) => answer(door, request, response));
  http.on('upgrade', (request, raw, head) => {
    raw.on('error', () => raw.destroy());
    const refusal = judgeUpgrade(door, request.url?.split('?')[0] ?? '/', request.headers);
    if (refusal !== undefined) refuse(raw, refusal);
    else sockets.handleUpgrade(request, raw, head, socket => admit(socket, options.serve));
  });

  const heartbeat = beat(sockets, options.clock);
  const shownAddress = address === '::1' ? '[::1]' : address;
  return {
    port,
    connectUrl: `ws://${shownAddress}:${port}/#${door.token}`,
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

function answer(door: Door, request: IncomingMessage, response: ServerResponse): void {
  const refusal = judgeHost(door, request.headers);
  const isRoot = request.url === '/' || request.url === '';
  const [status, text] = refusal
    ? [refusal.status, refusal.sentence]
    : !isRoot
      ? [404, 'Nothing is served here.']
      : request.method !== 'GET' && request.method !== 'HEAD'
        ? [405, 'Only GET is answered.']
        : [200, GREETING];
  response.writeHead(status, status === 405 ? { ...HEADERS, allow: 'GET, HEAD' } : HEADERS);
  response.end(request.method === 'HEAD' ? undefined : `${text}\n`);
}

const GREETING = `Siloscope is running. This build serves its wire only, without screens.

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
  const headers = { ...HEADERS, 'content-length': String(Buffer.byteLength(body)), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  raw.end(`HTTP/1.1 ${refusal.status} ${REASONS[refusal.status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

function admit(socket: WebSocket, serve: WebServerOptions['serve']): void {
  socket.on('message', (data, isBinary) => {
    if (isBinary) socket.close(1003, 'frames are text');
    else if (!isJson(Buffer.isBuffer(data) ? data.toString() : '')) socket.close(1007, 'frames are JSON');
  });
  const bounded: SocketLike = {
    get readyState() {
      return socket.readyState;
    },
    send: text => {
      if (socket.bufferedAmount > LARGEST_BACKLOG) socket.terminate();
      else socket.send(text);
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
