import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { createStandInEngine, frame, json, type StandInEngine } from '../testing/stand-in-engine.ts';
import { createEngineConnection, type EngineConnection } from './engine-connection.ts';
import { execInContainer } from './exec.ts';

let engine: StandInEngine;
let connection: EngineConnection;
afterEach(() => {
  connection.dispose();
  engine.dispose();
});

/** An engine with one exec: `speak` gets its hijacked stream, `record` is what inspecting it says. */
function serve(speak: (stream: Duplex) => void, record: () => object): void {
  engine = createStandInEngine((request, response) => {
    const { url = '' } = request;
    if (url.endsWith('/containers/cc/exec')) return json(response, 201, { Id: 'ee' });
    if (url.endsWith('/exec/ee/json')) return json(response, 200, record());
    if (!url.endsWith('/exec/ee/start')) return json(response, 404, { message: 'page not found' });
    const { socket } = request;
    response.detachSocket(socket);
    socket.write(
      'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n',
    );
    speak(socket);
  });
  connection = createEngineConnection(engine.host, systemClock, 'the pipe');
}

const run = (timeoutMs = 5_000) =>
  execInContainer(connection, systemClock, { container: 'cc', argv: ['x.exe'], timeoutMs });

describe('a program run in a container', () => {
  it('ends with its stream: both outputs apart, the exit code as Windows has it', async () => {
    serve(
      stream => {
        stream.write(frame(1, 'out'));
        stream.write(frame(2, 'err'));
        stream.end(frame(1, 'put'));
      },
      () => ({ Running: false, ExitCode: -1_073_741_510 }),
    );
    expect(await run()).toEqual({ exitCode: 3_221_225_786, stdout: 'output', stderr: 'err' });
  });

  it('ends although its stream stays open, as named pipes do', async () => {
    serve(
      stream => stream.write(frame(1, 'done')),
      () => ({ Running: false, ExitCode: 0 }),
    );
    expect(await run()).toEqual({ exitCode: 0, stdout: 'done', stderr: '' });
  });

  it('is not over before its record says so', async () => {
    let looks = 0;
    serve(
      stream => stream.end(frame(1, 'x')),
      () => (++looks < 4 ? { Running: true, ExitCode: null } : { Running: false, ExitCode: 7 }),
    );
    expect((await run()).exitCode).toBe(7);
    expect(looks).toBe(4);
  });

  it('is given up at its limit', async () => {
    serve(
      () => undefined,
      () => ({ Running: true, ExitCode: null }),
    );
    await expect(run(150)).rejects.toMatchObject({ fault: { code: 'timed-out', what: 'exec x.exe', afterMs: 150 } });
  });

  it('keeps what it prints in bounds', async () => {
    serve(
      stream => stream.end(Buffer.concat(Array.from({ length: 80 }, () => frame(1, 'x'.repeat(100_000))))),
      () => ({ Running: false, ExitCode: 0 }),
    );
    expect((await run()).stdout.length).toBeLessThanOrEqual(4_194_304);
  });
});
