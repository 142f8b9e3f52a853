import { describe, expect, it } from 'vitest';
import type { InspectedVolume, Visibility } from '../domain/inspection.ts';
import { NO_LEAKS } from '../domain/judge-policy.ts';
import { mergeEvidence } from '../domain/merge-evidence.ts';
import type { Namespace } from '../domain/namespace.ts';
import { cellByRule } from '../domain/testing/cells-by-rule.ts';
import { proofOf, verdictOf } from '../domain/visibility.ts';
import type { Volume } from '../domain/volume.ts';
import { policyJudgement } from './word-violation.ts';
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
  const visibility = namespaces.map(namespace => change(cellByRule(volume, namespace, world)));
  return {
    ...volume,
    verdict: verdictOf(volume.home, visibility),
    proof: proofOf(volume.home, visibility),
    visibility,
    chain: [],
    findings: [],
  };
}

/** The same, after each namespace had looked by one name. */
const looked =
  (rank: 'probe' | 'canary', kind: 'provider' | 'unc', from: readonly string[]) =>
  (cell: Visibility): Visibility =>
    from.includes(cell.namespace)
      ? mergeEvidence(cell, [
          { visible: 'yes', way: { kind, path: NAMES[kind] }, evidence: { rank, ground: 'observed' } },
        ])
      : cell;
const NAMES = { provider: 'by-provider', unc: '\\\\memfs\\share' };

describe('a volume, explained', () => {
  it('that is expected to leak', () => {
    expect(wordVolume(inspected(network), { namespaces })).toEqual([
      '\\\\memfs\\share (Y: inside) was mounted by container a; the host and container b can be expected to open it (not tested).',
      'By its plain name \\\\memfs\\share: expected, not tested; `siloscope inspect --canary --plain-unc` tests it.',
      "It is mounted as a network file system. Windows keeps one switchboard for names that begin with two backslashes (the Multiple UNC Provider, MUP), and containers under process isolation share the host's: a name registered in one of them is there for the host (WinFsp documents it), and most likely for the other containers (inferred).",
      'How well that is founded: expected, not tested. `siloscope inspect --probe --canary` looks.',
      'To keep it inside, mount it as a disk instead: by the rule its device then exists in its own namespace only.',
    ]);
  });

  it("that is proven to leak by its provider's name, which proves nothing of its UNC name", () => {
    const proven = inspected(network, looked('canary', 'provider', ['host', 'silo:8']));
    expect(wordVolume(proven, { namespaces }).filter((_, index) => index !== 2)).toEqual([
      "\\\\memfs\\share (Y: inside) was mounted by container a; the host and container b can open it (proven by a canary, by its provider's name).",
      'By its plain name \\\\memfs\\share: expected, not tested; `siloscope inspect --canary --plain-unc` tests it.',
      'How well that is founded: proven by canary.',
      'To keep it inside, mount it as a disk instead: by the rule its device then exists in its own namespace only.',
    ]);
  });

  it('that is proven to leak by its UNC name', () => {
    const proven = inspected(network, looked('canary', 'unc', ['host']));
    expect(wordVolume(proven, { namespaces }).filter((_, index) => index !== 1)).toEqual([
      '\\\\memfs\\share (Y: inside) was mounted by container a; the host can open it (proven by a canary, by its UNC name); container b can be expected to open it (not tested).',
      'How well that is founded: proven by canary.',
      'To keep it inside, mount it as a disk instead: by the rule its device then exists in its own namespace only.',
    ]);
  });

  it('whose UNC name was tried in vain', () => {
    const refuted = inspected(network, cell =>
      cell.namespace === 'host'
        ? mergeEvidence(cell, [
            {
              visible: 'no',
              way: { kind: 'unc', path: NAMES.unc },
              evidence: { rank: 'canary', ground: 'observed' },
            },
            {
              visible: 'yes',
              way: { kind: 'provider', path: NAMES.provider },
              evidence: { rank: 'canary', ground: 'observed' },
            },
          ])
        : cell,
    );
    expect(wordVolume(refuted, { namespaces })[1]).toBe(
      'Its plain name \\\\memfs\\share was tried and does not lead to it: somebody else answers for that name, or nobody.',
    );
  });

  it('whose name somebody else may hold', () => {
    const rival: Volume = { ...network, device: '\\Device\\Volume{3}', home: 'silo:8', uncPrefix: '\\memfs\\other' };
    expect(wordVolume(inspected(network, undefined, [rival]), { namespaces })[1]).toBe(
      'Whether its plain name \\\\memfs\\share leads to it is not known: somebody else has a name with the same first part; `siloscope inspect --canary --plain-unc` tests it.',
    );
  });

  it.each<[string, (cell: Visibility) => Visibility, string, string]>([
    [
      'by a rule',
      cell => cell,
      'and no other namespace is expected to open it.',
      'expected, not tested. `siloscope inspect --probe` looks.',
    ],
    [
      'after probes',
      cell => ({ ...cell, evidence: { rank: 'probe', ground: 'observed' } }),
      'and no other namespace can open it, as far as tested.',
      'as far as tested.',
    ],
    [
      'after a probe from the host only',
      cell => (cell.namespace === 'host' ? { ...cell, evidence: { rank: 'probe', ground: 'observed' } } : cell),
      'and no other namespace is expected to open it.',
      'as far as tested; 1 of 2 not tested. `siloscope inspect --probe` looks.',
    ],
  ])('that is private %s', (_, change, first, founded) => {
    const lines = wordVolume(inspected(disk, change), { namespaces });
    expect([lines[0], lines[2]]).toEqual([
      `Z: (inside) was mounted by container a, ${first}`,
      `How well that is founded: ${founded}`,
    ]);
  });

  it('that nobody could be asked about', () => {
    const silent = inspected(disk, cell =>
      cell.namespace === 'host' ? { ...cell, visible: 'unknown', because: 'no-answer' } : cell,
    );
    expect(wordVolume(silent, { namespaces })[0]).toBe(
      'Z: (inside) was mounted by container a. Whether the host can open it is not known.',
    );
  });
});

describe('a violation', () => {
  it('is told with how sure it is and the reason of the rule', () => {
    const judged = {
      takenAt: '2026-01-01T00:00:00.000Z',
      namespaces,
      volumes: [inspected(network), inspected(disk)],
      findings: [],
    };
    expect(policyJudgement(NO_LEAKS, judged).violations).toEqual([
      {
        kind: 'sight',
        code: 'unc-leak',
        rule: 0,
        device: '\\Device\\Volume{1}',
        uncPrefix: '\\memfs\\share',
        seenFrom: 'host',
        others: [],
        visible: 'yes',
        rank: 'rule',
        summary:
          '\\\\memfs\\share of container a is expected to be visible from the host (not tested: by a documented rule). No volume may be seen outside its own namespace.',
      },
      {
        kind: 'sight',
        code: 'unc-leak',
        rule: 0,
        device: '\\Device\\Volume{1}',
        uncPrefix: '\\memfs\\share',
        seenFrom: 'silo:8',
        others: [],
        visible: 'yes',
        rank: 'rule',
        summary:
          '\\\\memfs\\share of container a is expected to be visible from container b (not tested: inferred, no vendor documents it). No volume may be seen outside its own namespace.',
      },
    ]);
  });
});
