import { describe, expect, it } from 'vitest';
import type { InspectedVolume, Visibility } from '../domain/inspection.ts';
import { NO_LEAKS } from '../domain/judge-policy.ts';
import type { Namespace } from '../domain/namespace.ts';
import { judgeVisibility, proofOf, verdictOf } from '../domain/visibility.ts';
import type { Volume } from '../domain/volume.ts';
import { policyViolations } from './word-violation.ts';
import { wordVolume } from './word-volume.ts';

const namespaces: Namespace[] = [
  { id: 'host', kind: 'host', label: 'host' },
  { id: 'silo:4', kind: 'silo', label: 'a' },
  { id: 'silo:8', kind: 'silo', label: 'b' },
];
const network: Volume = {
  device: '\\Device\\Volume{1}',
  kind: 'network',
  home: 'silo:4',
  uncPrefix: '\\memfs\\share',
  mountPoints: ['Y:'],
};
const disk: Volume = { device: '\\Device\\Volume{2}', kind: 'disk', home: 'silo:4', mountPoints: ['Z:'] };

function inspected(
  volume: Volume,
  change: (cell: Visibility) => Visibility = cell => cell,
  others: readonly Volume[] = [],
): InspectedVolume {
  const world = { volumes: [volume, ...others], namespaces };
  const visibility = namespaces.map(namespace => change(judgeVisibility(volume, namespace, world)));
  return {
    ...volume,
    verdict: verdictOf(volume.home, visibility),
    proof: proofOf(volume.home, visibility),
    visibility,
    chain: [],
    findings: [],
  };
}

describe('a volume, explained', () => {
  it('that is expected to leak', () => {
    expect(wordVolume(inspected(network), { namespaces })).toEqual([
      '\\\\memfs\\share (Y: inside) was mounted by container a, and the host and container b can be expected to open it too as \\\\memfs\\share.',
      "It is mounted as a network file system. Windows keeps one switchboard for names that begin with two backslashes (the Multiple UNC Provider, MUP), and containers under process isolation share the host's. A name that is registered in one of them is there for all.",
      'What is said of other containers is expected, not proven: vendors document the way from a container to the host only.',
      'How that is known, at best: expected, not proven: by a documented rule. `siloscope inspect --probe --canary` looks.',
      'To keep it inside, mount it as a disk instead: without a UNC prefix its device exists in its own namespace only.',
    ]);
  });

  it('that is proven to leak', () => {
    const proven = inspected(network, cell => ({ ...cell, evidence: { rank: 'canary', ground: 'observed' } }));
    expect(wordVolume(proven, { namespaces })).toHaveLength(4);
    expect(wordVolume(proven, { namespaces })[0]).toMatch(/and the host and container b can open it too as/);
    expect(wordVolume(proven, { namespaces })[2]).toBe('How that is known, at best: proven by a canary.');
  });

  it('that is proven from one place and expected from another', () => {
    const half = inspected(network, cell =>
      cell.namespace === 'host' ? { ...cell, evidence: { rank: 'probe', ground: 'observed' } } : cell,
    );
    expect(wordVolume(half, { namespaces })[0]).toBe(
      '\\\\memfs\\share (Y: inside) was mounted by container a, and the host can open it too (container b can be expected to) as \\\\memfs\\share.',
    );
  });

  it('whose name somebody else may hold', () => {
    const rival: Volume = { ...network, device: '\\Device\\Volume{3}', home: 'silo:8', uncPrefix: '\\memfs\\other' };
    expect(wordVolume(inspected(network, undefined, [rival]), { namespaces }).join('\n')).toMatch(
      /Somebody else uses a name with the same first part.*All of this is expected, not proven/s,
    );
  });

  it('that is private', () => {
    expect(wordVolume(inspected(disk), { namespaces })[0]).toBe(
      'Z: was mounted by container a, and no other namespace that was asked can open it.',
    );
  });

  it('that nobody could be asked about', () => {
    const silent = inspected(disk, cell =>
      cell.namespace === 'host' ? { ...cell, visible: 'unknown', because: 'no-answer' } : cell,
    );
    expect(wordVolume(silent, { namespaces })[0]).toBe(
      'Z: was mounted by container a. Whether the host can open it is not known.',
    );
  });
});

describe('a violation', () => {
  it('is told with how sure it is and the reason of the rule', () => {
    expect(policyViolations(NO_LEAKS, { namespaces, volumes: [inspected(network), inspected(disk)] })).toEqual([
      {
        rule: 0,
        device: '\\Device\\Volume{1}',
        uncPrefix: '\\memfs\\share',
        seenFrom: 'host',
        visible: 'yes',
        rank: 'rule',
        summary:
          '\\\\memfs\\share of container a is visible from the host (expected, not proven: by a documented rule). No volume may be seen outside its own namespace.',
      },
      {
        rule: 0,
        device: '\\Device\\Volume{1}',
        uncPrefix: '\\memfs\\share',
        seenFrom: 'silo:8',
        visible: 'yes',
        rank: 'rule',
        summary:
          '\\\\memfs\\share of container a is visible from container b (expected, not proven: inferred, no vendor documents it). No volume may be seen outside its own namespace.',
      },
    ]);
  });
});
