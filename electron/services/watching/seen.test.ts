import { describe, expect, it } from 'vitest';
import type { Namespace } from '../../../shared/domain/namespace.ts';
import { partOf, type Seen, withPart } from './seen.ts';

const silo = (id: number, container: string): Namespace => ({
  id: `silo:${id}`,
  kind: 'silo',
  label: container,
  siloId: id,
  container: { id: container, name: container, image: 'i', isolation: 'process', labels: {}, managed: false },
});
const volume = (home: number, device: string) => ({
  device,
  kind: 'disk' as const,
  home: `silo:${home}`,
  mountPoints: ['Z:'],
  verdict: 'private' as const,
});
const HOST: Namespace = { id: 'host', kind: 'host', label: 'host' };
const gap = (home: number) => ({
  namespace: `silo:${home}`,
  what: 'volume list',
  reason: 'no answer',
  hides: 'volumes' as const,
});

const KNOWN: Seen = {
  namespaces: [HOST, silo(4, 'a'), silo(8, 'b')],
  volumes: [volume(4, 'A1'), volume(8, 'B1')],
  gaps: [],
};
const short = (seen: Seen) => ({
  namespaces: seen.namespaces.map(({ id }) => id),
  volumes: seen.volumes.map(({ device }) => device),
  gaps: seen.gaps.map(({ namespace }) => namespace),
});

describe('what is known, and a later look at one container', () => {
  it.each<[string, Seen, ReturnType<typeof short>]>([
    [
      'that has another volume now',
      { namespaces: [silo(4, 'a')], volumes: [volume(4, 'A2')], gaps: [] },
      { namespaces: ['host', 'silo:8', 'silo:4'], volumes: ['B1', 'A2'], gaps: [] },
    ],
    [
      'that is gone',
      { namespaces: [], volumes: [], gaps: [] },
      { namespaces: ['host', 'silo:8'], volumes: ['B1'], gaps: [] },
    ],
    [
      'that was started again, in another silo',
      { namespaces: [silo(16, 'a')], volumes: [volume(16, 'A3')], gaps: [] },
      { namespaces: ['host', 'silo:8', 'silo:16'], volumes: ['B1', 'A3'], gaps: [] },
    ],
    [
      'that did not answer',
      { namespaces: [silo(4, 'a')], volumes: [], gaps: [gap(4)] },
      { namespaces: ['host', 'silo:8', 'silo:4'], volumes: ['A1', 'B1'], gaps: ['silo:4'] },
    ],
    [
      'with others besides, which are left out',
      { namespaces: [silo(4, 'a'), silo(8, 'b')], volumes: [volume(4, 'A1'), volume(8, 'B2')], gaps: [] },
      { namespaces: ['host', 'silo:8', 'silo:4'], volumes: ['B1', 'A1'], gaps: [] },
    ],
  ])('%s', (_, later, expected) => {
    expect(short(withPart(KNOWN, later, new Set(['a'])))).toEqual(expected);
  });

  it('is all there is of it', () => {
    expect(short(partOf(KNOWN, new Set(['b'])))).toEqual({ namespaces: ['silo:8'], volumes: ['B1'], gaps: [] });
  });
});
