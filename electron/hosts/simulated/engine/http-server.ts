import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex, Readable, Writable } from 'node:stream';
import type { Answer } from './answer.ts';
import { ApiError, badRequest, messageOf, notFound } from './api-error.ts';
import { Call } from './call.ts';
import { incomingOf, readUpgradeBody } from './request-body.ts';
import type { Router } from './router.ts';

export const API_MINOR = 51;
export const MIN_API_MINOR = 24;

export interface HttpServerOptions {
  readonly router: Router;
  readonly engineVersion: string;
  readonly osType: 'windows' | 'linux';
}

/**
 * The HTTP side: versions, common headers, errors as JSON, streams, and hijacked connections.
 * Ground: moby daemon/server; the Server header decides how a docker CLI formats what it prints.
 */
export function createHttpServer(options: HttpServerOptions): Server {
  const common: Readonly<Record<string, string>> = {
    'Api-Version': `1.${API_MINOR}`,
    'Docker-Experimental': 'false',
    Ostype: options.osType,
    Server: `Docker/${options.engineVersion} (${options.osType})`,
  };

  const answerTo = async (
    request: IncomingMessage,
    body: Readable,
    signal: AbortSignal,
  ): Promise<{ answer: Answer; routed: boolean }> => {
    const url = new URL(request.url ?? '/', 'http://engine');
    const versioned = /^\/v(\d+)\.(\d+)(\/.*)$/.exec(url.pathname);
    const path = versioned?.[3] ?? url.pathname;
    const found = options.router.find(request.method ?? 'GET', path);
    if (found === undefined) return { answer: errorAnswer(notFound('page not found')), routed: false };
    const apiMinor = Number(versioned?.[2] ?? API_MINOR);
    try {
      if (versioned !== null) checkVersion(`${versioned[1]}.${versioned[2]}`, Number(versioned[1]), apiMinor);
      const parts = {
        method: request.method ?? 'GET',
        headers: request.headers,
        body,
        query: url.searchParams,
        parameters: found.parameters,
        apiMinor,
        signal,
      };
      return { answer: await found.handler(new Call(parts)), routed: true };
    } catch (caught) {
      return { answer: errorAnswer(caught, apiMinor < MIN_API_MINOR), routed: true };
    }
  };

  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 });
  server.on('request', (request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    void answerTo(request, request, gone.signal).then(({ answer, routed }) =>
      writeAnswer(request, response, answer, routed ? common : {}, gone.signal),
    );
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const gone = new AbortController();
    socket.once('close', () => gone.abort());
    socket.on('error', () => gone.abort());
    void readUpgradeBody(socket, head, request.headers).then(async ({ body, rest }) => {
      const { answer, routed } = await answerTo(request, body, gone.signal);
      await upgrade({ socket, rest }, answer, routed ? common : {}, gone.signal);
    });
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
  return server;
}

function checkVersion(asked: string, major: number, minor: number): void {
  if (major > 1 || minor > API_MINOR) {
    throw badRequest(`client version ${asked} is too new. Maximum supported API version is 1.${API_MINOR}`);
  }
  if (minor < MIN_API_MINOR) {
    throw badRequest(
      `client version ${asked} is too old. Minimum supported API version is 1.${MIN_API_MINOR}, please upgrade your client to a newer version`,
    );
  }
}

function errorAnswer(caught: unknown, plain = false): Answer {
  const status = caught instanceof ApiError ? caught.status : 500;
  const message = messageOf(caught);
  if (status === 304) return { kind: 'empty', status };
  return plain ? { kind: 'text', status, body: `${message}\n` } : { kind: 'json', status, body: { message } };
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
const TEXT_TYPE = { 'Content-Type': 'text/plain; charset=utf-8' };

/** Status, headers and body of the answers that are whole from the start. */
function wholeAnswer(answer: Extract<Answer, { kind: 'json' | 'text' | 'empty' }>): {
  headers: Record<string, string>;
  body: string;
} {
  switch (answer.kind) {
    case 'json':
      return { headers: { ...JSON_TYPE, ...answer.headers }, body: `${JSON.stringify(answer.body)}\n` };
    case 'text':
      return { headers: { ...TEXT_TYPE, ...answer.headers }, body: answer.body };
    case 'empty':
      return { headers: { ...answer.headers }, body: '' };
  }
}

async function writeAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  common: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  if (answer.kind === 'stream') {
    response.writeHead(200, { ...common, ...answer.headers, 'Content-Type': answer.contentType });
    response.flushHeaders();
    await answer.run({ write: bytes => write(response, bytes) }, signal).catch(() => response.destroy());
    response.end();
    return;
  }
  if (answer.kind === 'hijack') {
    response.shouldKeepAlive = false;
    response.useChunkedEncodingByDefault = false;
    response.writeHead(200, { ...common, 'Content-Type': answer.contentType });
    response.flushHeaders();
    await answer.run({ incoming: request, outgoing: response }, signal).catch(() => response.destroy());
    response.end();
    return;
  }
  const { headers, body } = wholeAnswer(answer);
  const length =
    answer.kind === 'empty' && (answer.status === 204 || answer.status === 304)
      ? {}
      : { 'Content-Length': Buffer.byteLength(body) };
  response.writeHead(answer.status, { ...common, ...headers, ...length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** The answer to a request that asked for an upgrade. Only hijacks get one; the rest is plain HTTP, then the end. */
async function upgrade(
  { socket, rest }: { readonly socket: Duplex; readonly rest: Buffer },
  answer: Answer,
  common: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  if (answer.kind === 'hijack') {
    const headers = {
      'Content-Type': answer.contentType,
      Connection: 'Upgrade',
      Upgrade: 'tcp',
      ...(answer.withCommonHeaders ? common : {}),
    };
    socket.write(headText('HTTP/1.1 101 UPGRADED', headers));
    await answer.run({ incoming: incomingOf(socket, rest), outgoing: socket }, signal).catch(() => undefined);
    endSocket(socket);
    return;
  }
  if (answer.kind === 'stream') {
    socket.write(headText('HTTP/1.1 200 OK', { ...common, 'Content-Type': answer.contentType, Connection: 'close' }));
    await answer.run({ write: bytes => write(socket, bytes) }, signal).catch(() => undefined);
    endSocket(socket);
    return;
  }
  const { headers, body } = wholeAnswer(answer);
  const length = { 'Content-Length': String(Buffer.byteLength(body)), Connection: 'close' };
  socket.end(
    headText(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`, { ...common, ...headers, ...length }) +
      body,
  );
}

function headText(first: string, headers: Readonly<Record<string, string>>): string {
  return `${[first, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;
}

/** Ends our half, and the rest once the client has had time to read: a client that never closes is not waited for. */
function endSocket(socket: Duplex): void {
  socket.end(() => socket.resume());
}

/** Resolves when there is room again, or when the other side has gone. */
export function write(target: Writable, bytes: Uint8Array | string): Promise<void> {
  if (target.destroyed || target.writableEnded || target.write(bytes)) return Promise.resolve();
  return new Promise(resolve => {
    const settle = (): void => {
      target.off('drain', settle);
      target.off('close', settle);
      resolve();
    };
    target.on('drain', settle);
    target.on('close', settle);
  });
}
