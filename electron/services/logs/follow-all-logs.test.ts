import { afterEach, describe, expect, it } from 'vitest';
import type { LogLine } from '../../../shared/domain/log-line.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';

const MEMFS = '"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m Z:';
let open: SimulatedServices | undefined;
afterEach(async () => {
  await open?.dispose();
  open = undefined;
});

const on = async (...names: readonly string[]): Promise<SimulatedServices> => {
  open = await openSimulatedServices({
    winfsp: { fsd: 'running' },
    images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
    containers: names.map(name => ({ name, image: SERVERCORE, fileSystems: [{ commandLine: MEMFS }] })),
  });
  open.services.start(() => undefined);
  await open.call('inspection.take', {});
  return open;
};

describe('all logs', () => {
  it('are told on one clock, each line with who says it', async () => {
    const { call } = await on('one', 'two');
    const told: LogLine[] = [];
    const answer = await call('log.follow', {}, { onProgress: ({ lines }) => told.push(...lines) });
    expect(answer.lines).toBe(told.length);
    expect(told.map(({ at }) => Date.parse(at))).toEqual(told.map(({ at }) => Date.parse(at)).sort((a, b) => a - b));
    const said = told.filter(({ origin }) => origin === 'filesystem');
    const started = said.filter(({ text }) => text === 'The service memfs has been started.');
    expect(new Set(started.map(({ subject }) => subject))).toEqual(new Set(['one', 'two']));
    expect(started).toHaveLength(2);
    expect(new Set(told.map(({ origin }) => origin)).size).toBeGreaterThan(1);
  });

  it('are bounded to the last lines, and filtered before they travel', async () => {
    const { call } = await on('one');
    const last: LogLine[] = [];
    await call('log.follow', { tail: 2 }, { onProgress: ({ lines }) => last.push(...lines) });
    expect(last).toHaveLength(2);
    const only: LogLine[] = [];
    const filter = { origins: ['filesystem' as const], text: 'service STARTED' };
    await call('log.follow', { filter }, { onProgress: ({ lines }) => only.push(...lines) });
    expect(only.map(({ origin }) => origin)).toEqual(['filesystem']);
  });

  it('are followed: a container that starts now is heard, and none twice', async () => {
    const { call } = await on('one');
    const abort = new AbortController();
    const told: LogLine[] = [];
    let launching: Promise<unknown> | undefined;
    const following = call(
      'log.follow',
      { follow: true },
      {
        signal: abort.signal,
        onProgress: ({ lines }) => {
          told.push(...lines);
          launching ??= call('filesystem.launch', { profile: 'memfs-disk', name: 'three', mountPoint: 'X:' });
          const isHeard = told.some(({ text, subject }) => /service memfs/.test(text) && subject === 'three');
          if (isHeard && told.some(({ what }) => what === 'launch.done')) abort.abort();
        },
      },
    );
    await expect(following).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    await launching;
    const said = told
      .filter(({ text }) => text === 'The service memfs has been started.')
      .map(({ subject }) => subject);
    expect({ said: new Set(said), count: said.length }).toEqual({ said: new Set(['one', 'three']), count: 2 });
    const sequences = told.flatMap(({ sequence }) => sequence ?? []);
    expect(sequences).toEqual([...new Set(sequences)]);
  });
});
