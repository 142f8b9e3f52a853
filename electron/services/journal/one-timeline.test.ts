import { afterEach, describe, expect, it } from 'vitest';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import {
  openSimulatedServices,
  SERVERCORE,
  type SimulatedServices,
  scenarioNamed,
} from '../testing/simulated-services.ts';

const HOST: ScenarioInput = {
  winfsp: { fsd: 'stopped' },
  images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
};
const WAIT = { timeout: 20_000, interval: 20 };

let open: SimulatedServices;
afterEach(() => open.dispose());

const lines = async () => (await open.call('journal.read', { limit: 1_000 })).entries;
const has = (what: string): Promise<void> =>
  expect.poll(async () => (await lines()).some(line => line.what === what), { ...WAIT, message: what }).toBe(true);

describe('the one timeline', () => {
  it('holds engine events, silos, the driver, mounts, findings and deeds, and what was visible after any of them', async () => {
    open = await openSimulatedServices(HOST);
    open.services.start(() => undefined);
    await has('engine.connected');
    await open.call('filesystem.launch', { profile: 'memfs-network', name: 'net' });
    for (const what of [
      'launch.started',
      'container.started',
      'launch.done',
      'silo.arrived',
      'volume.appeared',
      'volume.leaked',
    ]) {
      await has(what);
    }
    await has('fsd.started');
    const { findings } = await open.call('inspection.take', { probe: true, canary: true });
    await has('finding.opened');
    await has('volume.tested');
    const leak = findings.find(({ code }) => code === 'unc-leak');
    const accept = leak?.fixes
      ?.find(({ kind }) => kind === 'relaunch-as-disk')
      ?.relaunches.flatMap(({ device }) => device ?? []);
    await open.call('finding.fix', { finding: leak?.id ?? '', fix: 'relaunch-as-disk', accept: accept ?? [] });
    for (const what of [
      'relaunch.started',
      'relaunch.done',
      'finding.closed',
      'finding.fixed-by-relaunch-as-disk',
      'volume.gone',
      'silo.departed',
    ]) {
      await has(what);
    }
    await open.call('filesystem.stop', { name: 'net' });
    await has('filesystem.stopped');

    const entries = await lines();
    const sources = new Set(entries.map(({ source }) => source));
    expect([...sources].sort()).toEqual(['engine', 'fsd', 'host', 'inspection', 'launch', 'silo', 'user']);
    const seenAfter = async (what: string, nth = 0) => {
      const { sequence = 0 } = entries.filter(line => line.what === what)[nth] ?? {};
      const { volumes } = await open.call('journal.moment', { sequence });
      return volumes.map(({ kind, verdict, tested }) => [kind, verdict, tested !== undefined].join(' '));
    };
    expect(await seenAfter('engine.connected')).toEqual([]);
    expect(await seenAfter('volume.leaked')).toEqual(['network leaked false']);
    expect(await seenAfter('volume.tested')).toEqual(['network leaked true']);
    await expect.poll(async () => (await open.call('journal.moment', {})).volumes, WAIT).toEqual([]);
  }, 40_000);

  it('of a host that cannot be asked everything, what was found ends with the volumes that it was about', async () => {
    open = await openSimulatedServices(await scenarioNamed('not-elevated'));
    open.services.start(() => undefined);
    await has('engine.connected');
    const leaks = async () =>
      (await lines()).filter(({ what, subject }) => what === 'finding.closed' && subject === 'unc-leak');
    await expect
      .poll(async () => (await open.call('inspection.take', {})).findings.map(({ code }) => code), WAIT)
      .toContain('unc-leak');
    const { gaps } = await open.call('inspection.take', {});
    expect(gaps).not.toEqual([]);
    expect(await leaks()).toEqual([]);
    for (const { container } of (await open.call('filesystem.list', {})).fileSystems) {
      await open.call('filesystem.stop', { name: container.name, force: true });
    }
    await expect
      .poll(async () => {
        await open.call('inspection.take', {});
        return (await leaks()).length;
      }, WAIT)
      .toBeGreaterThan(0);
    expect((await open.call('journal.moment', {})).findings.map(({ code }) => code)).not.toContain('unc-leak');
  }, 40_000);
});
