import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { standIn } from '../cli/testing/stand-in-services.ts';
import { startWebServer, type WebServer } from './web-server.ts';

const COPY = '0b8f0e4e-9d0c-4b0e-8c0e-3f7f5d2a1c11';

let server: WebServer;
let pieces: (Buffer | FaultError)[];
let stopped: string[];

beforeEach(async () => {
  stopped = [];
  const { hub } = standIn({
    'unwritten.next': async ({ id, stop }) => {
      if (stop) stopped.push(id);
      const piece = id === COPY && !stop ? pieces.shift() : undefined;
      if (piece === undefined) throw new FaultError({ code: 'not-found', what: 'copy', name: id });
      if (piece instanceof FaultError) throw piece;
      // It takes a while to be made.
      await new Promise(resolve => setImmediate(resolve));
      return { data: piece.toString('base64'), ended: pieces.length === 0 };
    },
  });
  server = await startWebServer({ serve: channel => hub.serve(channel), clock: new ManualClock() });
});
afterEach(() => server.close());

interface Taken {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly body: string;
  /** Whether all came that was announced. */
  readonly whole: boolean;
}

function take(path: string, { method = 'GET', leaveAfter = Number.POSITIVE_INFINITY } = {}): Promise<Taken> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, method }, response => {
      let body = '';
      response.on('error', () => undefined);
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString();
        if (body.length >= leaveAfter) asked.destroy();
      });
      response.on('close', () =>
        resolve({
          status: response.statusCode,
          type: response.headers['content-type'],
          body: body.length > 100 ? '' : body,
          whole: response.complete,
        }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('what a page had copied out', () => {
  it('is given to its browser, whole', async () => {
    pieces = [Buffer.from('PK of '), Buffer.from('a copy')];
    expect(await take(`/unwritten/${COPY}`)).toEqual({
      status: 200,
      type: 'application/zip',
      body: 'PK of a copy',
      whole: true,
    });
    expect(stopped).toEqual([]);
  });

  it('is cut short where it fails on the way, so that a browser knows', async () => {
    pieces = [Buffer.from('PK of '), new FaultError({ code: 'cancelled' })];
    expect(await take(`/unwritten/${COPY}`)).toMatchObject({ status: 200, whole: false });
  });

  it('is given up as soon as the browser leaves', async () => {
    pieces = Array.from({ length: 100 }, () => Buffer.alloc(1_048_576, 'x'));
    expect(await take(`/unwritten/${COPY}`, { leaveAfter: 1_000 })).toMatchObject({ whole: false });
    await expect.poll(() => stopped).toEqual([COPY]);
    expect(pieces.length).toBeGreaterThan(0);
  });

  it.each([
    ['another copy', `/unwritten/${COPY.replace('0', '1')}`, 'GET', 404],
    ['a name that is none', '/unwritten/x', 'GET', 404],
    ['a question for its headers', `/unwritten/${COPY}`, 'HEAD', 404],
  ])('is not given for %s', async (_, path, method, status) => {
    pieces = [Buffer.from('PK')];
    expect(await take(path, { method })).toMatchObject({ status });
    expect(pieces).toHaveLength(1);
  });
});
