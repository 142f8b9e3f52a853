import { describe, expect, it } from 'vitest';
import type { EvidenceStep, OpenedBy, Tried } from '../../../shared/domain/evidence.ts';
import type { Observation } from '../../../shared/domain/merge-evidence.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { chainObservations } from './chain-observations.ts';
import type { Inventory } from './inventory.ts';
import { PassiveObservations } from './passive-observations.ts';

const AT = '2026-11-22T00:00:00.000Z';
const inventory: Inventory = {
  views: [],
  volumes: [],
  ghosts: [],
  devices: new Map(),
  mups: new Map(),
  hypervCommands: new Map(),
  gaps: [],
};
const disk: Volume = { device: '\\Device\\Volume{d}', kind: 'disk', home: 'silo:4', mountPoints: ['Z:'] };
const network: Volume = { ...disk, kind: 'network', uncPrefix: '\\memfs\\share', mountPoints: ['Y:'] };
const OWN = { kind: 'provider', path: 'its own name' } as const;
const UNC = { kind: 'unc', path: '\\\\memfs\\share' } as const;

interface Heard {
  readonly from: string;
  readonly visible: Observation['visible'];
  readonly by: OpenedBy;
  readonly winfsp?: boolean;
  readonly way?: Observation['way'];
  readonly rank?: 'probe' | 'canary';
}

function observed(volume: Volume, heard: readonly Heard[]) {
  const looked = new Map<string, Observation[]>();
  for (const { from, rank = 'probe', ...one } of heard) {
    const way = 'way' in one ? one.way : volume.kind === 'disk' ? undefined : OWN;
    const observation: Observation = { ...one, way, evidence: { rank, ground: 'observed', detail: from } };
    looked.set(from, [...(looked.get(from) ?? []), observation]);
  }
  const sources = { inventory, passive: new PassiveObservations(inventory, AT), at: AT };
  return chainObservations(sources, { volume, listed: false }, looked);
}

type Expected = readonly [holds: EvidenceStep['holds'], tried: Partial<Tried>] | undefined;

const no = (from: string): Heard => ({ from, visible: 'no', by: from === 'host' ? 'probe' : 'dir' });
const yes = (from: string): Heard => ({ from, visible: 'yes', by: from === 'host' ? 'probe' : 'dir' });
const silent = (from: string): Heard => ({ from, visible: 'unknown', by: from === 'host' ? 'probe' : 'dir' });
const recognised = { ...yes('host'), winfsp: true };

describe('what opens from outside come to', () => {
  it.each<[what: string, heard: readonly Heard[], expected: Expected]>([
    ['nobody tried', [], undefined],
    ['home alone tried', [yes('silo:4')], undefined],
    ['the host was refused', [no('host')], ['yes', { from: 'host', by: 'probe', refused: 1, silent: 0 }]],
    ['a container was refused', [no('silo:8')], ['yes', { from: 'silo:8', by: 'dir', refused: 1 }]],
    ['all were refused', [no('silo:8'), no('host')], ['yes', { from: 'host', refused: 2, silent: 0 }]],
    [
      'one was refused, one silent',
      [no('host'), silent('silo:8')],
      ['consistent', { from: 'host', refused: 1, silent: 1 }],
    ],
    ['all were silent', [silent('host'), silent('silo:8')], ['not-tested', { opened: 0, refused: 0, silent: 2 }]],
    ['one opened it, one was refused', [no('host'), yes('silo:8')], ['no', { from: 'silo:8', opened: 1, refused: 1 }]],
  ])('of a disk volume: %s', (_, heard, expected) => {
    const { closed, opened, canary } = observed(disk, heard);
    expect([closed?.holds, opened, canary]).toEqual([expected?.[0], undefined, undefined]);
    if (expected !== undefined) expect(closed?.tried).toMatchObject(expected[1]);
    if (expected !== undefined && expected[0] === 'not-tested') expect(closed?.evidence).toBeUndefined();
    else if (expected !== undefined) expect(closed?.evidence?.detail).toBe(expected[1].from);
  });

  it.each<[what: string, heard: readonly Heard[], expected: Expected]>([
    ['nobody tried', [], undefined],
    ['a probe recognised WinFsp', [recognised], ['yes', { from: 'host', by: 'probe', winfsp: true, opened: 1 }]],
    ["a container's dir listed it", [yes('silo:8')], ['yes', { from: 'silo:8', by: 'dir', opened: 1 }]],
    ['both did: the probe is told', [yes('silo:8'), recognised], ['yes', { from: 'host', winfsp: true, opened: 2 }]],
    [
      'the host was refused, a container not',
      [no('host'), yes('silo:8')],
      ['yes', { from: 'silo:8', opened: 1, refused: 1 }],
    ],
    ['all were refused', [no('host'), no('silo:8')], ['no', { from: 'host', refused: 2 }]],
    ['one was refused, one silent', [no('silo:8'), silent('host')], ['no', { from: 'silo:8', refused: 1, silent: 1 }]],
    ['all were silent', [silent('host')], ['not-tested', { silent: 1 }]],
    ['only the plain UNC name was tried', [{ ...yes('host'), way: UNC }], undefined],
    [
      'the plain UNC name leads elsewhere',
      [{ ...no('host'), way: UNC }, yes('host')],
      ['yes', { opened: 1, refused: 0 }],
    ],
  ])('of a network volume: %s', (_, heard, expected) => {
    const { opened, closed, canary } = observed(network, heard);
    expect([opened?.holds, closed, canary]).toEqual([expected?.[0], undefined, undefined]);
    if (expected !== undefined) expect(opened?.tried).toMatchObject(expected[1]);
    if (opened?.tried.by === 'dir') expect(opened.tried.winfsp).toBeUndefined();
  });

  const token = { rank: 'canary' } as const;
  it.each<[what: string, heard: readonly Heard[], expected: Expected]>([
    ['no token', [recognised], undefined],
    ['read back by the host', [{ ...recognised, ...token }], ['yes', { from: 'host', by: 'probe', opened: 1 }]],
    ['read back by type', [{ ...yes('silo:8'), ...token, by: 'type' }], ['yes', { from: 'silo:8', by: 'type' }]],
    ['read back by the plain UNC name', [{ ...yes('host'), ...token, way: UNC }], ['yes', { opened: 1 }]],
    ['not found by its own name', [{ ...no('host'), ...token }], ['no', { from: 'host', refused: 1 }]],
    ['not found by the plain UNC name alone', [{ ...no('host'), ...token, way: UNC }], undefined],
    ['no answer', [{ ...silent('host'), ...token }], ['not-tested', { silent: 1 }]],
  ])('of a token: %s', (_, heard, expected) => {
    const { canary } = observed(network, heard);
    expect(canary?.holds).toBe(expected?.[0]);
    if (expected !== undefined) expect(canary?.tried).toMatchObject(expected[1]);
  });
});
