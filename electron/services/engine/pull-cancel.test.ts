import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock, systemClock } from '../../../shared/base/clock.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';
import { createStandInEngine } from '../testing/stand-in-engine.ts';
import { createEngineConnection } from './engine-connection.ts';
import { pullImage } from './pull-image.ts';

let open: SimulatedServices | undefined;
afterEach(async () => {
  await open?.dispose();
  open = undefined;
});

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise(resolve => void setImmediate(resolve));
};

describe('a pull that is cancelled', () => {
  it('drops its connection, which is how the engine hears of it', async () => {
    let tell = (): void => undefined;
    const gone = new Promise<void>(resolve => {
      tell = resolve;
    });
    const engine = createStandInEngine((request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('{"status":"Pulling fs layer","progressDetail":{},"id":"de67c003b2e9"}\r\n');
      request.socket.once('close', tell);
    });
    const connection = createEngineConnection(engine.host, systemClock, 'the pipe');
    const abort = new AbortController();
    const pulling = pullImage(
      connection,
      SERVERCORE,
      ({ layers }) => {
        if (layers.length > 0) abort.abort();
      },
      abort.signal,
    );
    await expect(pulling).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    await gone;
    expect(engine.dials()).toBe(1);
    connection.dispose();
    engine.dispose();
  });

  it('leaves no image and no half of one, however long one waits', async () => {
    const clock = new ManualClock();
    const slow = { downloadBytesPerSecond: 100_000_000 };
    open = await openSimulatedServices(
      {
        engine: slow,
        registry: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652', sizeBytes: 4e9 }],
      },
      { clock },
    );
    const abort = new AbortController();
    const fractions: number[] = [];
    const pulling = open.call(
      'image.pull',
      { reference: SERVERCORE },
      {
        signal: abort.signal,
        onProgress: ({ fraction }) => fractions.push(fraction),
      },
    );
    pulling.catch(() => undefined);
    while ((fractions.at(-1) ?? 0) < 0.2) {
      await turns(10);
      clock.advance(100);
    }
    abort.abort();
    await expect(pulling).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    for (let second = 0; second < 120; second++) {
      await turns(5);
      clock.advance(1_000);
    }
    const row = (await open.call('image.list', {})).images.find(({ reference }) => reference === SERVERCORE);
    expect(row?.local).toBe(false);
  });
});
