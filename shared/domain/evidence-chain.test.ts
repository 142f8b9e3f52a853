import { describe, expect, it } from 'vitest';
import { CHAINS, evidenceChain, stepName, stepNamed } from './evidence-chain.ts';
import type { Namespace } from './namespace.ts';
import type { Volume } from './volume.ts';

const GUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const host: Namespace = { id: 'host', kind: 'host', label: 'host' };
const silo: Namespace = { id: 'silo:4', kind: 'silo', label: 'a', containerGuid: GUID };
const network: Volume = {
  device: '\\Device\\Volume{1}',
  kind: 'network',
  home: 'silo:4',
  uncPrefix: '\\memfs\\share',
  provider: `\\Device\\WinFsp.Mup+2.1{${GUID}}`,
  mountPoints: [],
};
const disk: Volume = { device: '\\Device\\Volume{2}', kind: 'disk', home: 'silo:4', mountPoints: [] };
const evidence = { rank: 'namespace', ground: 'observed' } as const;
const told = (volume: Volume, home: Namespace, seen: Parameters<typeof evidenceChain>[2]) =>
  evidenceChain(volume, home, seen).map(({ code, holds }) => `${code}: ${holds}`);

describe('the chain of evidence', () => {
  it('of a network volume in a silo is five steps, none of them claimed before it is tested', () => {
    expect(told(network, silo, {})).toEqual(
      [
        'mup-is-shared',
        'provider-carries-guid',
        'listed-in-silo-only',
        'opened-through-provider',
        'canary-read-back',
      ].map(code => `${code}: not-tested`),
    );
  });

  it('does not say whose GUID it is where that of the container is not known', () => {
    const { containerGuid: _, ...unknown } = silo;
    const chain = evidenceChain(network, unknown, {
      device: { type: 'SymbolicLink', target: network.provider, evidence },
    });
    expect(chain.find(({ code }) => code === 'provider-carries-guid')?.holds).toBe('not-tested');
  });

  it('holds where all was seen', () => {
    const chain = evidenceChain(network, silo, {
      mup: { type: 'SymbolicLink', target: '\\Device\\Mup', evidence },
      device: { type: 'SymbolicLink', target: network.provider, evidence },
      listed: { inHome: true, onHost: false, evidence: { ...evidence, rank: 'inventory' } },
      opened: { succeeded: true, evidence: { ...evidence, rank: 'probe' } },
      canary: { readBack: true, evidence: { ...evidence, rank: 'canary' } },
    });
    expect(chain.map(step => [step.holds, step.evidence.rank])).toEqual([
      ['yes', 'namespace'],
      ['yes', 'namespace'],
      ['yes', 'inventory'],
      ['yes', 'probe'],
      ['yes', 'canary'],
    ]);
  });

  it.each([
    ['a MUP of its own', { mup: { type: 'Device', evidence } }, 'mup-is-shared: no'],
    ['a link elsewhere', { mup: { type: 'SymbolicLink', target: '\\Device\\Mup2', evidence } }, 'mup-is-shared: no'],
    ['a link that could not be read', { mup: { type: 'SymbolicLink', evidence } }, 'mup-is-shared: not-tested'],
    [
      "another silo's provider",
      {
        device: {
          type: 'SymbolicLink',
          target: '\\Device\\WinFsp.Mup{00000000-4f89-41d3-9a0c-0305e82c3301}',
          evidence,
        },
      },
      'provider-carries-guid: no',
    ],
    [
      "the host's provider",
      { device: { type: 'SymbolicLink', target: '\\Device\\WinFsp.Mup+2.1', evidence } },
      'provider-carries-guid: no',
    ],
    ['listed on both sides', { listed: { inHome: true, onHost: true, evidence } }, 'listed-in-silo-only: no'],
    ['not opened', { opened: { succeeded: false, evidence } }, 'opened-through-provider: no'],
    ['not read back', { canary: { readBack: false, evidence } }, 'canary-read-back: no'],
  ])('%s', (_, seen, step) => {
    expect(told(network, silo, seen)).toContain(step);
  });

  it('of a disk volume shows that its device is its own', () => {
    expect(
      told(disk, silo, { device: { type: 'Device', evidence }, listed: { inHome: true, onHost: false, evidence } }),
    ).toEqual([
      'device-is-private: yes',
      'listed-in-silo-only: yes',
      'in-no-other-namespace: not-tested',
      'closed-from-outside: not-tested',
    ]);
    const looked = { elsewhere: { found: false, evidence }, closed: { holds: true, evidence } };
    expect(told(disk, silo, looked).slice(2)).toEqual(['in-no-other-namespace: yes', 'closed-from-outside: yes']);
    const contradicted = { elsewhere: { found: true, evidence }, closed: { holds: false, evidence } };
    expect(told(disk, silo, contradicted).slice(2)).toEqual(['in-no-other-namespace: no', 'closed-from-outside: no']);
    expect(told(disk, silo, { device: { type: 'SymbolicLink', target: '\\x', evidence } })).toEqual([
      'device-is-private: no',
      'listed-in-silo-only: not-tested',
      'in-no-other-namespace: not-tested',
      'closed-from-outside: not-tested',
    ]);
    expect(told({ ...disk, home: 'host' }, host, {})).toEqual([
      'device-is-private: not-tested',
      'in-no-other-namespace: not-tested',
      'closed-from-outside: not-tested',
    ]);
  });

  it.each(['disk', 'network'] as const)('of a %s volume has steps with short names', kind => {
    const names = CHAINS[kind].map(code => stepName(kind, code));
    expect(names).toEqual(CHAINS[kind].map((_, index) => `E${index + 1}`));
    expect(names.map(name => stepNamed(kind, name.toLowerCase()))).toEqual(CHAINS[kind]);
    expect([stepNamed(kind, 'E9'), stepNamed(kind, CHAINS[kind][0] ?? '')]).toEqual([undefined, CHAINS[kind][0]]);
  });

  it('of a network volume on the host needs no link between the two', () => {
    expect(told({ ...network, home: 'host' }, host, {})).toEqual([
      'opened-through-provider: not-tested',
      'canary-read-back: not-tested',
    ]);
  });
});
