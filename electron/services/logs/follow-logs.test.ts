import { afterEach, describe, expect, it } from 'vitest';
import type { LogPiece } from '../../../shared/domain/log-piece.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';

let open: SimulatedServices | undefined;
afterEach(async () => {
  await open?.dispose();
  open = undefined;
});

const on = async (command: string): Promise<SimulatedServices> => {
  open = await openSimulatedServices({
    images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
    containers: [{ name: 'talker', image: SERVERCORE, command }],
  });
  return open;
};

const CHATTY = 'cmd.exe /d /c "echo one& echo two 1>&2& echo three& ping -t localhost"';

describe('the log of a file system', () => {
  it('is told from its tail, streams apart, with the time of each line', async () => {
    const { call } = await on('cmd.exe /d /c "echo one& echo two 1>&2& echo three"');
    const told: LogPiece[] = [];
    const answer = await call('filesystem.logs', { name: 'talker', tail: 2 }, { onProgress: line => told.push(line) });
    expect(told.map(({ stream, text }) => [stream, text.trim()])).toEqual([
      ['stderr', 'two'],
      ['stdout', 'three'],
    ]);
    expect(told.every(({ at }) => Number.isFinite(Date.parse(at ?? '')))).toBe(true);
    expect(answer).toEqual({ ended: true });
  });

  it('is followed until the container ends', async () => {
    const { call } = await on(CHATTY);
    const told: string[] = [];
    let stopping: Promise<unknown> | undefined;
    const answer = await call(
      'filesystem.logs',
      { name: 'talker', follow: true },
      {
        onProgress: ({ text }) => {
          told.push(text.trim());
          stopping ??= call('filesystem.stop', { name: 'talker', force: true, keep: true, graceMs: 200 });
        },
      },
    );
    await stopping;
    expect(told.slice(0, 3).sort()).toEqual(['one', 'three', 'two']);
    expect(answer).toEqual({ ended: true });
  });

  it('ends when its reader goes, and lets go of the engine', async () => {
    const { call, host } = await on(CHATTY);
    const abort = new AbortController();
    const told: string[] = [];
    const following = call(
      'filesystem.logs',
      { name: 'talker', follow: true },
      {
        signal: abort.signal,
        onProgress: ({ text }) => {
          told.push(text);
          abort.abort();
        },
      },
    );
    await expect(following).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    const count = told.length;
    await host.run(['ping.exe', '-n', '2', 'localhost']);
    expect(told.length).toBe(count);
  });

  it('begins at the time that was asked for', async () => {
    const { call } = await on('cmd.exe /d /c "echo one"');
    const told: LogPiece[] = [];
    await call(
      'filesystem.logs',
      { name: 'talker', since: '2099-01-01T00:00:00Z' },
      { onProgress: line => told.push(line) },
    );
    expect(told).toEqual([]);
  });

  it('of a container that is not there is refused', async () => {
    const host = await on('cmd.exe /d /c "echo one"');
    expect(await host.fault('filesystem.logs', { name: 'nobody' })).toMatchObject({
      code: 'not-found',
      name: 'nobody',
    });
  });
});
