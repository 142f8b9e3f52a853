import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { faultOf } from '../../../shared/contract/fault.ts';
import { createStandInEngine, json, type Route, type StandInEngine } from '../testing/stand-in-engine.ts';
import { createEngineConnection, type EngineConnection } from './engine-connection.ts';
import { askEngine } from './engine-state.ts';
import { pullImage } from './pull-image.ts';

let engine: StandInEngine;
let connection: EngineConnection;
const serve = (route: Route): void => {
  engine = createStandInEngine(route);
  connection = createEngineConnection(engine.host, systemClock, 'the pipe');
};
afterEach(() => {
  connection.dispose();
  engine.dispose();
});

const fault = async (act: Promise<unknown>) =>
  faultOf(
    await act.then(
      () => undefined,
      (error: unknown) => error,
    ),
  );

describe('the connection to an engine', () => {
  it('talks to the host it was given, whatever DOCKER_HOST says', async () => {
    const before = process.env['DOCKER_HOST'];
    process.env['DOCKER_HOST'] = 'tcp://elsewhere:1';
    try {
      serve((_, response) => json(response, 200, { OSType: 'windows', ServerVersion: '28', ApiVersion: '1.51' }));
      expect((await askEngine(connection)).state).toEqual({
        reachable: true,
        osType: 'windows',
        version: '28',
        apiVersion: '1.51',
      });
      expect(process.env['DOCKER_HOST']).toBe('tcp://elsewhere:1');
    } finally {
      if (before === undefined) delete process.env['DOCKER_HOST'];
      else process.env['DOCKER_HOST'] = before;
    }
  });

  it('keeps connections for questions and asks again when a kept one is dead', async () => {
    serve((_, response) => json(response, 200, { OSType: 'windows' }));
    const ask = () => connection.ask('ask', docker => docker.info());
    await ask();
    await ask();
    expect(engine.dials()).toBe(1);
    engine.drop();
    await ask();
    expect(engine.dials()).toBeGreaterThan(1);
  });

  it('gives up on an answer that never comes, and on one that is cut short', async () => {
    serve((request, response) => {
      if (request.url?.includes('/version')) return;
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 100 });
      response.write('{');
      setImmediate(() => engine.drop());
    });
    const limits = { timeoutMs: 100 };
    expect(await fault(connection.ask('silent', docker => docker.version(), limits))).toEqual({
      code: 'timed-out',
      what: 'silent',
      afterMs: 100,
    });
    expect((await fault(connection.ask('torn', docker => docker.info(), limits))).code).toMatch(
      /^(timed-out|engine-unreachable)$/,
    );
  });

  it.each([
    [404, 'No such container: nope', { code: 'not-found', what: 'container', name: 'nope' }],
    [404, 'No such image: x:latest', { code: 'not-found', what: 'image', name: 'x:latest' }],
    [
      409,
      `Conflict. The container name "/c2" is already in use by container "${'ab'.repeat(32)}". You have to remove (or rename) that container to be able to reuse that name.`,
      { code: 'name-in-use', name: 'c2', by: 'abababababab' },
    ],
    [500, 'hcs::CreateComputeSystem x: There is not enough space on the disk.', { code: 'disk-full' }],
    [
      500,
      'hcs::CreateComputeSystem x: The container operating system does not match the host operating system.',
      { code: 'engine-refused', statusCode: 500, operation: 'ask', decoded: { cause: expect.any(String) } },
    ],
    [500, 'something new', { code: 'engine-refused', statusCode: 500, raw: 'something new' }],
  ])('translates %i %s', async (status, message, expected) => {
    serve((_, response) => json(response, status, { message }));
    expect(await fault(connection.ask('ask', docker => docker.getContainer('x').inspect()))).toMatchObject(expected);
  });

  it('is cancelled at once', async () => {
    serve(() => undefined);
    const abort = new AbortController();
    const asked = fault(connection.ask('ask', docker => docker.info(), { signal: abort.signal }));
    abort.abort();
    expect(await asked).toEqual({ code: 'cancelled' });
  });
});

describe('a pull', () => {
  const lines = (...objects: object[]) => objects.map(one => `${JSON.stringify(one)}\r\n`).join('');
  const layer = { status: 'Downloading', id: 'aabbccddeeff', progressDetail: { current: 1, total: 2 } };

  it.each<[string, number, string, object]>([
    [
      'refused before it begins',
      404,
      '{"message":"manifest unknown"}',
      { code: 'pull-failed', image: 'x', raw: 'manifest unknown' },
    ],
    [
      'broken at a layer',
      200,
      lines(layer, { errorDetail: { message: 'unexpected EOF' }, error: 'unexpected EOF' }),
      { code: 'pull-failed', layer: 'aabbccddeeff', raw: 'unexpected EOF' },
    ],
    ['that ends early', 200, lines(layer), { code: 'pull-failed', layer: 'aabbccddeeff' }],
    [
      'onto a full disk',
      200,
      lines(layer, { error: 'write C:\\x: There is not enough space on the disk.' }),
      { code: 'disk-full' },
    ],
    ['of noise', 200, 'not json\n', { code: 'pull-failed' }],
  ])('%s', async (_, status, body, expected) => {
    serve((__, response) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(body);
    });
    expect(await fault(pullImage(connection, 'x', () => undefined))).toMatchObject(expected);
  });
});
