import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { contract } from '../../../shared/contract/contract.ts';
import type { Namespace } from '../../../shared/domain/namespace.ts';
import type { SightsChanged } from '../../../shared/domain/sights-changed.ts';
import { startContainer } from '../engine/container-orders.ts';
import { createEngineConnection, type EngineConnection } from '../engine/engine-connection.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';
import { LiveSights, sightsChanged } from './live-sights.ts';
import type { Seen, SeenVolume } from './seen.ts';

const host: Namespace = { id: 'host', kind: 'host', label: 'host' };
const silo = (id: number, label: string, more: Partial<Namespace> = {}): Namespace => ({
  id: `silo:${id}`,
  kind: 'silo',
  label,
  siloId: id,
  ...more,
});
const volume = (home: number, more: Partial<SeenVolume> = {}): SeenVolume => ({
  device: `\\Device\\Volume{${home}}`,
  kind: 'network',
  home: `silo:${home}`,
  uncPrefix: `\\class${home}\\share`,
  mountPoints: ['Y:'],
  verdict: 'leaked',
  ...more,
});
const seen = (namespaces: Namespace[], volumes: SeenVolume[]): Seen => ({ namespaces, volumes, gaps: [] });
const named = ({ namespaces, volumes }: SightsChanged) => ({
  came: [...namespaces.changed.map(({ id }) => id), ...volumes.changed.map(({ device }) => device)],
  gone: [...namespaces.gone, ...volumes.gone],
});

describe('what is otherwise in a later look', () => {
  const before = seen([host, silo(4, 'a'), silo(8, 'b')], [volume(4), volume(8)]);
  it.each<[what: string, now: Seen, expected: ReturnType<typeof named>]>([
    ['nothing', before, { came: [], gone: [] }],
    [
      'a verdict alone',
      seen([...before.namespaces], [volume(4, { verdict: 'private' }), volume(8)]),
      { came: [], gone: [] },
    ],
    [
      'who agreed on a silo',
      seen([host, silo(4, 'a', { agreed: ['hcsdiag'] }), silo(8, 'b')], [volume(4), volume(8)]),
      { came: [], gone: [] },
    ],
    [
      'a MUP that was seen',
      seen([host, silo(4, 'a', { mup: 'own' }), silo(8, 'b')], [volume(4), volume(8)]),
      { came: ['silo:4'], gone: [] },
    ],
    [
      'a silo that went',
      seen([host, silo(4, 'a')], [volume(4)]),
      { came: [], gone: ['silo:8', '\\Device\\Volume{8}'] },
    ],
    [
      'another mount point',
      seen([host, silo(4, 'a'), silo(8, 'b')], [volume(4, { mountPoints: ['X:'] }), volume(8)]),
      { came: ['\\Device\\Volume{4}'], gone: [] },
    ],
  ])('is %s', (_, now, expected) => {
    expect(named(sightsChanged(before, now))).toEqual(expected);
  });

  it('is judged among all that is known, though only a part was looked at', () => {
    const live = new LiveSights();
    live.whole(seen([host], []));
    live.part(seen([], []), seen([silo(4, 'a')], [volume(4), volume(12, { home: 'silo:4', kind: 'disk' })]));
    expect([live.verdict('\\Device\\Volume{4}'), live.verdict('\\Device\\Volume{12}')]).toEqual(['leaked', 'private']);
    live.part(seen([silo(4, 'a')], [volume(4)]), seen([silo(4, 'a', { mup: 'own' })], [volume(4)]));
    expect(live.verdict('\\Device\\Volume{4}')).toBe('private');
    live.part(seen([silo(4, 'a')], [volume(4)]), seen([], []));
    expect(live.verdict('\\Device\\Volume{4}')).toBeUndefined();
  });
});

describe('services that watch', () => {
  let open: SimulatedServices;
  let connection: EngineConnection;
  afterEach(async () => {
    connection.dispose();
    await open.dispose();
  });

  it('tell with each change what became of namespaces and volumes', async () => {
    const memfs = (name: string) => ({
      name,
      image: SERVERCORE,
      fileSystems: [{ commandLine: `"{winfsp}\\bin\\memfs-x64.exe" -i -m Y: -u \\${name}\\share` }],
    });
    open = await openSimulatedServices({
      winfsp: { fsd: 'running' },
      images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
      containers: [memfs('first'), { ...memfs('late'), state: 'created' }],
    });
    connection = createEngineConnection(open.host, systemClock, 'the pipe');
    const sights: SightsChanged[] = [];
    let isLooked = false;
    open.services.start((name, payload) => {
      if (name === 'journal.appended' && JSON.stringify(payload).includes('volume.leaked')) isLooked = true;
      if (name !== 'snapshot.changed') return;
      const { sights: told } = contract['snapshot.changed'].payload.parse(payload);
      if (told !== undefined) sights.push(told);
    });
    const wait = { timeout: 8_000, interval: 5 };
    await expect.poll(() => isLooked, wait).toBe(true);
    await startContainer(connection, 'late');
    const came = () => sights.flatMap(({ volumes }) => volumes.changed);
    await expect.poll(() => came().some(({ uncPrefix }) => uncPrefix === '\\late\\share'), wait).toBe(true);
    const late = came().find(({ uncPrefix }) => uncPrefix === '\\late\\share');
    expect(late?.atHome?.rank).toBe('namespace');
    expect(late?.chain?.map(({ holds }) => holds).slice(0, 2)).toEqual(['yes', 'yes']);
    expect(sights.flatMap(({ namespaces }) => namespaces.changed.map(({ label }) => label))).toContain('late');
    await connection.order('kill', docker => docker.getContainer('late').kill());
    await expect.poll(() => sights.flatMap(({ volumes }) => volumes.gone), wait).toContain(late?.device);
  }, 30_000);
});
