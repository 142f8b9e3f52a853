import { afterEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../shared/base/clock.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import type { ProgressOf } from '../../../shared/contract/operation.ts';
import { LaunchInput } from '../../../shared/domain/launch.ts';
import type { LogLine } from '../../../shared/domain/log-line.ts';
import { Scenario } from '../../hosts/simulated/scenario/schema.ts';
import { createSimulatedHost } from '../../hosts/simulated/simulated-host.ts';
import { createServices } from '../services.ts';
import { SERVERCORE } from '../testing/simulated-services.ts';

const AHEAD_MS = 65_000;
const ahead: Clock = { now: () => systemClock.now() + AHEAD_MS, after: (ms, act) => systemClock.after(ms, act) };
const MEMFS = '"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m Z:';

const SCENARIO = Scenario.parse({
  winfsp: { fsd: 'running' },
  images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
  containers: [{ name: 'one', image: SERVERCORE, fileSystems: [{ commandLine: MEMFS }] }],
});

let end: (() => Promise<void>) | undefined;
afterEach(() => end?.());

/** All lines until a container that is launched meanwhile has said that it runs. */
async function followed(clocks: { readonly host: Clock; readonly own: Clock }): Promise<readonly LogLine[]> {
  const host = await createSimulatedHost({ scenario: SCENARIO, clock: clocks.host });
  const services = createServices(host, { clock: clocks.own, simulated: { scenario: 'clocks' } });
  end = async () => {
    await services.dispose();
    await host.dispose();
  };
  services.start(() => undefined);
  const abort = new AbortController();
  const told: LogLine[] = [];
  let launching: unknown;
  const progress = ({ lines }: ProgressOf<Contract, 'log.follow'>): void => {
    told.push(...lines);
    const context = { signal: new AbortController().signal, progress: () => undefined };
    const input = LaunchInput.parse({ profile: 'memfs-disk', name: 'two', mountPoint: 'X:' });
    launching ??= services.handlers['filesystem.launch'](input, context);
    // Asked for from a time on that is still to come on its own clock, it would be heard much later.
    if (told.some(({ subject, text }) => subject === 'two' && /service memfs/.test(text))) abort.abort();
  };
  const following = services.handlers['log.follow']({ follow: true, tail: 1_000 }, { signal: abort.signal, progress });
  await expect(following).rejects.toMatchObject({ fault: { code: 'cancelled' } });
  await launching;
  return told;
}
const saidBy = (told: readonly LogLine[], name: string): readonly string[] =>
  told.filter(({ origin, subject }) => origin === 'filesystem' && subject === name).map(({ text }) => text);

describe('the lines of containers', () => {
  it('are put on this clock where that of their host is behind, and that is said', async () => {
    const began = ahead.now();
    const told = await followed({ host: systemClock, own: ahead });
    expect(told.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^The clock of the host is 1 min 5 s behind this one/),
    );
    const said = told.filter(({ origin }) => origin === 'filesystem');
    expect(new Set(said.map(({ subject }) => subject))).toEqual(new Set(['one', 'two']));
    for (const { at } of said) expect(Date.parse(at)).toBeGreaterThan(began - 20_000);
  });

  it('are all told, and each once, where many bear one time', async () => {
    const coarse: Clock = {
      now: () => Math.floor(systemClock.now() / 10_000) * 10_000,
      after: (ms, act) => systemClock.after(ms, act),
    };
    const told = await followed({ host: coarse, own: coarse });
    const LINES = [expect.stringMatching(/^memfs -t/), 'The service memfs has been started.'];
    expect(saidBy(told, 'one')).toEqual(LINES);
    expect(saidBy(told, 'two')).toEqual(LINES);
  });
});
