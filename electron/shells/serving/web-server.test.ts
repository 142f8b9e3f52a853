import { request } from 'node:http';
import { connect as dial } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { ManualClock } from '../../../shared/base/clock.ts';
import { query } from '../../../shared/contract/operation.ts';
import { connect } from '../../../shared/wire/connect.ts';
import { Hub } from '../../../shared/wire/hub.ts';
import { socketChannel } from '../../../shared/wire/socket-channel.ts';
import type { StaticPage } from './static-page.ts';
import { startWebServer, type WebServer } from './web-server.ts';

const CONTRACT = { 'echo.ask': query(z.object({ text: z.string() }), z.object({ text: z.string() })) } as const;

let server: WebServer;
let hub: Hub<typeof CONTRACT>;
let clock: ManualClock;
let token: string;
let turnedAway: string[];

beforeEach(async () => {
  hub = new Hub(CONTRACT, { 'echo.ask': ({ text }) => ({ text }) });
  clock = new ManualClock();
  turnedAway = [];
  const onTurnedAway = (sentence: string): void => void turnedAway.push(sentence);
  server = await startWebServer({ serve: channel => hub.serve(channel), clock, onTurnedAway });
  token = new URL(server.connectUrl).hash.slice(1);
});
afterEach(async () => {
  await server.close();
  hub.dispose();
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

function get(path: string, headers: Record<string, string> = {}, method = 'GET', port = server.port): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers, method }, response => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

type Knock = { readonly opened: WebSocket } | { readonly refused: number | undefined };

function knock(headers: Record<string, string>, path = '/', protocols: string[] = []): Promise<Knock> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, protocols, { headers });
    socket.on('open', () => resolve({ opened: socket }));
    socket.on('unexpected-response', (asked, response) => {
      response.resume();
      asked.destroy();
      resolve({ refused: response.statusCode });
    });
    socket.on('error', reject);
  });
}

const bearer = () => ({ authorization: `Bearer ${token}` });

async function enter(): Promise<WebSocket> {
  const knocked = await knock(bearer());
  if ('refused' in knocked) throw new Error(`refused with ${knocked.refused}`);
  return knocked.opened;
}

const closing = (socket: WebSocket) =>
  new Promise<number>(resolve => {
    socket.on('close', code => resolve(code));
  });

describe('the web server, asked for a page', () => {
  it('says that it has none, and how to connect', async () => {
    const { status, headers, body } = await get('/');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'content-type': 'text/plain; charset=utf-8',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(body).toContain("siloscope --connect 'ws://127.0.0.1:PORT/#TOKEN' inspect");
    expect(body).not.toContain(token);
  });

  it.each([
    ['another path', '/secret', {}, 'GET', 404],
    ['a path that climbs', '/../../etc/passwd', {}, 'GET', 404],
    ['another method', '/', {}, 'POST', 405],
    ['a name that was re-pointed at the loopback address', '/', { host: 'evil.example:80' }, 'GET', 421],
    ['the right address with another port', '/', { host: '127.0.0.1:1' }, 'GET', 421],
  ])('refuses %s', async (_, path, headers, method, status) => {
    expect((await get(path, headers, method)).status).toBe(status);
  });
});

describe('the web server, with a built page', () => {
  const INDEX = '<!doctype html><title>Siloscope</title>';
  const SCRIPT = 'export {};';
  const page: StaticPage = new Map([
    ['/', { body: Buffer.from(INDEX), type: 'text/html; charset=utf-8', immutable: false }],
    [
      '/assets/index-CqZiO1vs.js',
      { body: Buffer.from(SCRIPT), type: 'text/javascript; charset=utf-8', immutable: true },
    ],
  ]);
  let served: WebServer;

  beforeEach(async () => {
    served = await startWebServer({ serve: channel => hub.serve(channel), clock, page });
  });
  afterEach(() => served.close());

  it('names the address that a person opens, and keeps the token out of what it answers', async () => {
    expect(served.pageUrl).toBe(served.connectUrl.replace('ws:', 'http:'));
    const { body } = await get('/', {}, 'GET', served.port);
    expect(body).toBe(INDEX);
  });

  it('sends the page anew each time, under a policy without unsafe-inline and unsafe-eval', async () => {
    const { status, headers } = await get('/', {}, 'GET', served.port);
    expect({ status, headers }).toMatchObject({
      status: 200,
      headers: {
        'cache-control': 'no-store',
        'content-type': 'text/html; charset=utf-8',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      },
    });
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${served.port}`);
    expect(policy.join(' ')).not.toMatch(/unsafe|\*|http:|data:|blob:/);
  });

  it('lets what is named by its hash be kept for good', async () => {
    const { headers, body } = await get('/assets/index-CqZiO1vs.js', {}, 'GET', served.port);
    expect({ body, headers }).toMatchObject({
      body: SCRIPT,
      headers: {
        'cache-control': 'public, max-age=31536000, immutable',
        'content-length': String(SCRIPT.length),
        'content-type': 'text/javascript; charset=utf-8',
      },
    });
  });

  it('answers HEAD with the same headers and no body', async () => {
    const { status, headers, body } = await get('/', {}, 'HEAD', served.port);
    expect({ status, body, length: headers['content-length'] }).toEqual({
      status: 200,
      body: '',
      length: String(INDEX.length),
    });
  });

  it.each([
    ['a path that is not there', '/assets/none.js', {}, 'GET', 404],
    ['a path that climbs', '/assets/../../../package.json', {}, 'GET', 404],
    ['a path that climbs in disguise', '/assets/%2e%2e/%2e%2e/package.json', {}, 'GET', 404],
    ['a path that climbs with backslashes', '/assets/..\\..\\package.json', {}, 'GET', 404],
    ['an absolute path', '//etc/passwd', {}, 'GET', 404],
    ['a file that ends in a zero byte', '/index.html%00.js', {}, 'GET', 404],
    ['a folder', '/assets/', {}, 'GET', 404],
    ['a proxy request', 'http://evil.example/', {}, 'GET', 404],
    ['another method', '/', {}, 'DELETE', 405],
    ['a re-pointed name', '/', { host: 'evil.example' }, 'GET', 421],
    ['a re-pointed name, for an asset', '/assets/index-CqZiO1vs.js', { host: 'evil.example' }, 'GET', 421],
  ])('refuses %s', async (_, path, headers, method, status) => {
    const answer = await get(path, headers, method, served.port);
    expect({ status: answer.status, policy: answer.headers['content-security-policy'] }).toEqual({
      status,
      policy: "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    });
  });
});

describe('the web server, asked for the wire by a page', () => {
  const own = () => ({ origin: `http://127.0.0.1:${server.port}` });

  it('takes the token as a second subprotocol, and does not repeat it', async () => {
    const knocked = await knock(own(), '/', ['siloscope', `token.${token}`]);
    if ('refused' in knocked) throw new Error(`refused with ${knocked.refused}`);
    expect(knocked.opened.protocol).toBe('siloscope');
    knocked.opened.terminate();
  });

  it.each([
    ['a wrong token', () => own(), () => ['siloscope', `token.${'A'.repeat(43)}`], 401],
    ['a token alone', () => own(), () => [`token.${token}`], 401],
    ['two tokens, one of them right', () => own(), () => ['siloscope', 'token.x', `token.${token}`], 401],
    [
      'a wrong header beside the right subprotocol',
      () => ({ authorization: 'Bearer x' }),
      () => ['siloscope', `token.${token}`],
      401,
    ],
    ['a foreign origin', () => ({ origin: 'https://evil.example' }), () => ['siloscope', `token.${token}`], 403],
    [
      'a foreign origin that looks alike',
      () => ({ origin: `http://127.0.0.1:${server.port}.evil.example` }),
      () => ['siloscope', `token.${token}`],
      403,
    ],
    [
      'a re-pointed name with its own origin',
      () => ({ host: 'evil.example', origin: 'http://evil.example' }),
      () => ['siloscope', `token.${token}`],
      421,
    ],
  ])('refuses %s', async (_, headers, protocols, status) => {
    expect(await knock(headers(), '/', protocols())).toEqual({ refused: status });
    expect(turnedAway).toHaveLength(1);
    expect(turnedAway.join()).not.toContain(token);
  });
});

describe('the web server, asked for the wire', () => {
  it('serves a program that has the token', async () => {
    const client = connect(CONTRACT, socketChannel(await enter()));
    expect(await client.call('echo.ask', { text: '\\memfs\\share' })).toEqual({ text: '\\memfs\\share' });
    client.dispose();
  });

  it('lets the token in again, since each command connects anew', async () => {
    for (let command = 0; command < 3; command++) (await enter()).terminate();
  });

  it('lets a page of its own origin in', async () => {
    const knocked = await knock({ ...bearer(), origin: `http://127.0.0.1:${server.port}` });
    expect(knocked).toHaveProperty('opened');
    if ('opened' in knocked) knocked.opened.terminate();
  });

  it.each([
    ['no token', () => ({}), '/', 401],
    ['a wrong token', () => ({ authorization: `Bearer ${'A'.repeat(43)}` }), '/', 401],
    ['half of the token', () => ({ authorization: `Bearer ${token.slice(0, 20)}` }), '/', 401],
    ['the token in the query instead', () => ({}), '/?token=TOKEN', 401],
    ['a foreign origin that knows the token', () => ({ ...bearer(), origin: 'https://evil.example' }), '/', 403],
    ['the origin null of a sandboxed page', () => ({ ...bearer(), origin: 'null' }), '/', 403],
    ['an origin on another port', () => ({ ...bearer(), origin: 'http://127.0.0.1:1' }), '/', 403],
    ['a re-pointed name', () => ({ ...bearer(), host: `evil.example:${server.port}` }), '/', 421],
    ['another path', () => bearer(), '/other', 404],
  ])('refuses %s', async (_, headers, path, status) => {
    expect(await knock(headers(), path.replace('TOKEN', token))).toEqual({ refused: status });
    expect(server.clientCount).toBe(0);
  });

  it.each([
    ['text that is no JSON', 'not json', false, 1007],
    ['a binary frame', '\u0000\u0001', true, 1003],
    ['a frame over the limit', 'x'.repeat(33 * 1024 * 1024), false, 1009],
  ])('hangs up on %s, and serves the others on', async (_, frame, binary, code) => {
    const good = connect(CONTRACT, socketChannel(await enter()));
    const bad = await enter();
    bad.on('error', () => undefined);
    const closed = closing(bad);
    bad.send(frame, { binary });
    expect(await closed).toBe(code);
    expect(turnedAway).toHaveLength(1);
    expect(await good.call('echo.ask', { text: 'still here' })).toEqual({ text: 'still here' });
    good.dispose();
  });

  it('survives a handshake that is no HTTP', async () => {
    await new Promise<void>(resolve => {
      const raw = dial(server.port, '127.0.0.1', () => raw.end('\u0016\u0003\u0001 nonsense\r\n\r\n'));
      raw.on('data', () => undefined);
      raw.on('close', () => resolve());
    });
    (await enter()).terminate();
  });

  it('lets go of a client that no longer answers', async () => {
    const silent = await enter();
    silent.pause();
    const beats = (async () => {
      while (server.clientCount > 0) {
        clock.advance(30_000);
        await new Promise(resolve => void setImmediate(resolve));
      }
    })();
    await beats;
    expect(server.clientCount).toBe(0);
    silent.terminate();
  });

  it('turns its clients away when it ends', async () => {
    const socket = await enter();
    const closed = closing(socket);
    await server.close();
    expect([1001, 1006]).toContain(await closed);
  });

  it('is reached by the loopback address alone', async () => {
    const outer = Object.values(networkInterfaces())
      .flatMap(addresses => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const address of ['127.0.0.1', ...outer.map(one => one.address)]) {
      const socket = dial({ host: address, port: server.port });
      const came = await new Promise<string>(resolve => {
        socket.on('connect', () => resolve('in'));
        socket.on('error', () => resolve('refused'));
      });
      socket.destroy();
      expect([address, came]).toEqual([address, address === '127.0.0.1' ? 'in' : 'refused']);
    }
  });

  it('refuses a port that is taken', async () => {
    const second = startWebServer({ serve: channel => hub.serve(channel), clock, port: server.port });
    await expect(second).rejects.toMatchObject({
      fault: { code: 'cannot-listen', address: `127.0.0.1:${server.port}`, because: 'taken' },
    });
  });
});
