import { afterEach, describe, expect, it } from 'vitest';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';

const CORE_2022 = 'mcr.microsoft.com/windows/servercore:ltsc2022';
const NANO = 'mcr.microsoft.com/windows/nanoserver:ltsc2025';
const image = (reference: string, base: 'servercore' | 'nanoserver', osVersion: string, sizeBytes: number) => ({
  reference,
  base,
  osVersion,
  sizeBytes,
});
const SCENE: ScenarioInput = {
  images: [
    image(SERVERCORE, 'servercore', '10.0.26100.4652', 5_000),
    image(CORE_2022, 'servercore', '10.0.20348.4294', 4_000),
    image(NANO, 'nanoserver', '10.0.26100.4652', 300),
  ],
  containers: [
    { name: 'runs', image: SERVERCORE },
    { name: 'stands', image: NANO, state: 'exited' },
  ],
};

let open: SimulatedServices | undefined;
afterEach(async () => {
  await open?.dispose();
  open = undefined;
});

describe('a prune of images', () => {
  it('is planned before it is done: what goes, what stays and why, and the bytes', async () => {
    open = await openSimulatedServices(SCENE);
    const plan = await open.call('image.prune.plan', {});
    const short = ({ references, because }: { references: string[]; because: string }) => [references[0], because];
    expect(plan.remove.map(short)).toEqual([[CORE_2022, 'unused']]);
    expect(new Set(plan.keep.map(kept => [...short(kept), ...kept.containers]))).toEqual(
      new Set([
        [NANO, 'used-by-containers', 'stands'],
        [SERVERCORE, 'used-by-containers', 'runs'],
      ]),
    );
    expect(plan.bytes).toBe(4_000);
  });

  it('of those without a name keeps those that have one', async () => {
    open = await openSimulatedServices(SCENE);
    const plan = await open.call('image.prune.plan', { scope: 'dangling' });
    expect(plan.remove).toEqual([]);
    expect(plan.keep.find(({ references }) => references[0] === CORE_2022)?.because).toBe('has-a-name');
  });

  it('removes what was planned, and keeps what came into use meanwhile', async () => {
    open = await openSimulatedServices(SCENE);
    const { call } = open;
    const { remove, keep } = await call('image.prune.plan', {});
    const told: string[] = [];
    const images = [...remove, ...keep].map(({ id }) => id);
    const done = await call('image.prune', { images }, { onProgress: ({ outcome }) => told.push(outcome) });
    expect(done.bytes).toBe(4_000);
    expect(Object.fromEntries(done.images.map(({ references, outcome }) => [references[0], outcome]))).toEqual({
      [CORE_2022]: 'removed',
      [NANO]: 'kept',
      [SERVERCORE]: 'kept',
    });
    expect(done.images.filter(({ outcome }) => outcome === 'kept').every(({ reason }) => reason !== undefined)).toBe(
      true,
    );
    expect(told.sort()).toEqual(['kept', 'kept', 'removed']);
    const local = (await call('image.list', {})).images.filter(row => row.local).map(({ reference }) => reference);
    expect(local.sort()).toEqual([NANO, SERVERCORE]);
  });

  it('leaves out what is gone already', async () => {
    open = await openSimulatedServices(SCENE);
    expect(await open.call('image.prune', { images: ['sha256:0000'] })).toEqual({ images: [], bytes: 0 });
  });
});

describe('an image', () => {
  it('is removed by its name', async () => {
    open = await openSimulatedServices(SCENE);
    const removed = await open.call('image.remove', { reference: CORE_2022 });
    expect(removed.untagged[0]).toBe(CORE_2022);
    expect(removed.deleted[0]).toMatch(/^sha256:/);
    expect(await open.fault('image.remove', { reference: CORE_2022 })).toMatchObject({ code: 'not-found' });
  });

  it('in use is refused, with its user', async () => {
    open = await openSimulatedServices(SCENE);
    expect(await open.fault('image.remove', { reference: SERVERCORE })).toMatchObject({
      code: 'engine-refused',
      statusCode: 409,
      raw: expect.stringContaining('container'),
    });
  });
});
