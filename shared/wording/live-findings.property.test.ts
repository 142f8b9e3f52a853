import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFindings } from '../domain/findings.ts';
import { fixesOf } from '../domain/fixes.ts';
import type { Finding, InspectedVolume, Inspection } from '../domain/inspection.ts';
import { LiveInspection } from '../domain/live-inspection.ts';
import type { Namespace, NamespaceId } from '../domain/namespace.ts';
import { anyChange, someNamespaces, someVolumes } from '../domain/testing/any-change.ts';
import { proofOf, verdictOf, visibilityOf } from '../domain/visibility.ts';
import type { Volume } from '../domain/volume.ts';
import { findLive } from './live-findings.ts';
import { wordFindings } from './word-finding.ts';

const IDS = ['host', 'silo:4', 'silo:8', 'silo:12', 'silo:16'] as const;
const namespace = fc
  .record({
    id: fc.constantFrom(...IDS),
    mup: fc.constantFrom(undefined, 'shared' as const, 'own' as const, 'elsewhere' as const),
    managed: fc.boolean(),
    isOfProfile: fc.boolean(),
  })
  .map(({ id, mup, managed, isOfProfile }): Namespace => {
    if (id === 'host') return { id, kind: 'host', label: 'host' };
    const labels = isOfProfile ? { 'dev.siloscope.profile': 'memfs-network' } : {};
    const container = { id: id.padEnd(64, '0'), name: `c${id.slice(5)}`, image: 'i', labels, managed };
    return {
      id,
      kind: 'silo',
      label: container.name,
      container: { ...container, isolation: 'process' },
      ...(mup === undefined ? {} : { mup }),
    };
  });
const COMMANDS = [
  'memfs-x64.exe -i -m Y: -u \\memfs\\a',
  'memfs-x64.exe -i -m Y:',
  'juicefs.exe mount redis://x Y:',
  'rclone.exe mount r: Y: --network-mode --read-only',
];
const volume = fc
  .record({
    device: fc.integer({ min: 0, max: 6 }).map(index => `\\Device\\Volume{${index}}`),
    home: fc.constantFrom(...IDS),
    uncPrefix: fc.option(fc.constantFrom('\\memfs\\a', '\\MEMFS\\b', '\\data\\x'), { nil: undefined }),
    commandLine: fc.option(fc.constantFrom(...COMMANDS), { nil: undefined }),
  })
  .map(
    ({ device, home, uncPrefix, commandLine }): Volume => ({
      device,
      home,
      mountPoints: ['Y:'],
      ...(commandLine === undefined ? {} : { fileSystem: { program: commandLine.split(' ')[0] ?? '', commandLine } }),
      ...(uncPrefix === undefined
        ? { kind: 'disk' }
        : { kind: 'network', uncPrefix, provider: `\\Device\\WinFsp.Mup{${home}}` }),
    }),
  );
const MOST = 4;
const change = anyChange({ ids: IDS, namespace, volume, most: MOST });

const FACTS: Inspection['host']['facts'] = {
  machineName: 'W',
  build: 26_100,
  revision: 1,
  displayVersion: '24H2',
  edition: 'Windows',
  productType: 'client',
  architecture: 'x64',
};

/** As a whole look would tell it, by the rule. */
function whole(volumes: readonly Volume[], namespaces: readonly Namespace[]): Inspection {
  const rows = visibilityOf({ volumes, namespaces });
  const judged = volumes.map((one, at): InspectedVolume => {
    const visibility = rows[at] ?? [];
    const [verdict, proof] = [verdictOf(one.home, visibility), proofOf(one.home, visibility)];
    return { ...one, visibility, verdict, proof, chain: [], findings: [] };
  });
  const parts = { namespaces: [...namespaces], volumes: judged };
  const facts = findFindings(parts);
  const findings = wordFindings(facts, namespaces, fact => fixesOf(fact, parts));
  return {
    takenAt: '2026-11-22T00:00:00Z',
    host: { id: 'simulated', facts: FACTS },
    ...parts,
    volumes: judged.map(one => ({
      ...one,
      findings: [...new Set(findings.flatMap(({ code, volumes: of }) => (of.includes(one.device) ? [code] : [])))],
    })),
    findings,
    gaps: [],
  };
}

/** What a finding says, in any order; the words of who sees a leak are made when it is shown. */
const told = ({ findings, volumes }: Inspection): unknown => ({
  findings: findings
    .map(({ summary, volumes: of, namespaces, fixes, command: _command, ...finding }) => ({
      ...finding,
      volumes: [...of].sort(),
      namespaces: [...namespaces].sort(),
      ...(finding.code === 'unc-leak' ? {} : { summary }),
      fixes: fixes?.map(({ kind }) => kind),
    }))
    .map(one => JSON.stringify(one))
    .sort(),
  codes: Object.fromEntries(volumes.map(({ device, findings: codes }) => [device, [...codes].sort()])),
});

describe('findings that are kept up to date', () => {
  it('are after any changes what a whole look would find', () => {
    fc.assert(
      fc.property(
        someNamespaces(namespace, MOST),
        someVolumes(volume, MOST),
        fc.array(change, { maxLength: 6 }),
        (rooms, first, changes) => {
          const namespaces = new Map<NamespaceId, Namespace>([
            ['host', { id: 'host', kind: 'host', label: 'host' }],
            ...rooms.filter(({ id }) => id !== 'host').map(one => [one.id, one] as const),
          ]);
          const volumes = new Map(first.map(one => [one.device, one]));
          const live = new LiveInspection(whole([...volumes.values()], [...namespaces.values()]), findLive);
          for (const one of changes) {
            for (const device of one.volumes.gone) volumes.delete(device);
            for (const id of one.namespaces.gone) namespaces.delete(id);
            for (const came of one.namespaces.changed) namespaces.set(came.id, came);
            for (const came of one.volumes.changed) volumes.set(came.device, came);
            const now = live.apply(one);
            // In the order in which they are shown, since collisions speak of the last one.
            const expected = whole(
              now.volumes.flatMap(({ device }) => volumes.get(device) ?? []),
              now.namespaces,
            );
            expect(told(now)).toEqual(told(expected));
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  const host: Namespace = { id: 'host', kind: 'host', label: 'host' };
  const silo: Namespace = { id: 'silo:4', kind: 'silo', label: 'a' };
  const leak: Volume = {
    device: 'v1',
    kind: 'network',
    home: 'silo:4',
    uncPrefix: '\\memfs\\a',
    mountPoints: ['Y:'],
  };
  const told1 = (code: Finding['code'], more: Partial<Finding>): Finding => ({
    code,
    severity: 'warning',
    volumes: [],
    namespaces: [],
    summary: code,
    fix: '',
    ...more,
  });

  it('that only a look can tell go with what they are about', () => {
    const before = whole([leak], [host, silo]);
    const looked = [
      told1('fsd-stopped', {}),
      told1('ghost-mount-point', { namespaces: ['silo:4'] }),
      told1('shadows-server', { volumes: ['v1'] }),
      told1('ghost-mount-point', { namespaces: ['host'], id: 'g' }),
    ];
    const live = new LiveInspection({ ...before, findings: [...before.findings, ...looked] }, findLive);
    const none = { changed: [], gone: [] };
    const { findings } = live.apply({
      namespaces: { changed: [], gone: ['silo:4'] },
      volumes: { ...none, gone: ['v1'] },
    });
    expect(findings.map(({ code, id }) => `${code} ${id ?? ''}`.trim()).sort()).toEqual([
      'fsd-stopped',
      'ghost-mount-point g',
    ]);
  });

  it('keep that they are accepted where the volume comes back under another device', () => {
    const before = whole([leak], [host, silo]);
    const accepted = { reason: 'known', until: '2027-01-01' };
    const marked = before.findings.map(one => (one.code === 'unc-leak' ? { ...one, accepted } : one));
    const live = new LiveInspection({ ...before, findings: marked }, findLive);
    const { findings } = live.apply({
      namespaces: { changed: [], gone: [] },
      volumes: { changed: [{ ...leak, device: 'v2' }], gone: ['v1'] },
    });
    expect(findings.filter(({ code }) => code === 'unc-leak')).toMatchObject([{ volumes: ['v2'], accepted }]);
  });
});
