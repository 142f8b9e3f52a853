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
const ONCE = { opened: 1, refused: 0, silent: 0 };
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
    const chain = evidenceChain(
      network,
      { ...silo, runtimeId: GUID },
      {
        mup: { type: 'SymbolicLink', target: '\\Device\\Mup', evidence },
        device: { type: 'SymbolicLink', target: network.provider, evidence },
        listed: { inHome: true, onHost: false, evidence: { ...evidence, rank: 'inventory' } },
        opened: { holds: 'yes', tried: ONCE, evidence: { ...evidence, rank: 'probe' } },
        canary: { holds: 'yes', tried: ONCE, evidence: { ...evidence, rank: 'canary' } },
      },
    );
    expect(chain.map(step => [step.holds, step.evidence.rank])).toEqual([
      ['yes', 'namespace'],
      ['yes', 'namespace'],
      ['yes', 'inventory'],
      ['yes', 'probe'],
      ['yes', 'canary'],
    ]);
  });

  it.each<[string, Parameters<typeof evidenceChain>[2], string]>([
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
    ['not opened', { opened: { holds: 'no', tried: ONCE, evidence } }, 'opened-through-provider: no'],
    ['tried in vain', { opened: { holds: 'not-tested', tried: ONCE } }, 'opened-through-provider: not-tested'],
    ['not read back', { canary: { holds: 'no', tried: ONCE, evidence } }, 'canary-read-back: no'],
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
    const looked = {
      elsewhere: { found: false, others: 2, evidence },
      closed: { holds: 'yes', tried: ONCE, evidence },
    } as const;
    expect(told(disk, silo, looked).slice(2)).toEqual(['in-no-other-namespace: yes', 'closed-from-outside: yes']);
    const contradicted = {
      elsewhere: { found: true, others: 2, evidence },
      closed: { holds: 'no', tried: ONCE, evidence },
    } as const;
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

  const OTHER = '00000000-4f89-41d3-9a0c-0305e82c3301';
  const provider = (guid: string): string => `\\Device\\WinFsp.Mup+2.1{${guid}}`;
  it.each<[why: string, target: string, known: Partial<Namespace>, holds: string, from: string | undefined]>([
    ["HCS's RuntimeId", provider(GUID), { runtimeId: GUID }, 'yes', 'hcs-runtime-id'],
    ["HCS's RuntimeId, in capitals", provider(GUID.toUpperCase()), { runtimeId: GUID }, 'yes', 'hcs-runtime-id'],
    ['both', provider(GUID), { runtimeId: GUID, containerGuid: GUID }, 'yes', 'hcs-runtime-id'],
    ['its own devices, which is a circle', provider(GUID), { containerGuid: GUID }, 'consistent', 'own-devices'],
    [
      'its own devices, while HCS says another',
      provider(GUID),
      { containerGuid: GUID, runtimeId: OTHER },
      'consistent',
      'own-devices',
    ],
    ['nothing that agrees', provider(OTHER), { containerGuid: GUID }, 'no', 'own-devices'],
    [
      'nothing that agrees, HCS included',
      provider(OTHER),
      { containerGuid: GUID, runtimeId: GUID },
      'no',
      'own-devices',
    ],
    [
      "HCS's RuntimeId, which may be another sort of GUID",
      provider(OTHER),
      { runtimeId: GUID },
      'not-tested',
      undefined,
    ],
    ['nothing', provider(GUID), {}, 'not-tested', undefined],
    [
      "the host's, which has none",
      '\\Device\\WinFsp.Mup+2.1',
      { containerGuid: GUID, runtimeId: GUID },
      'no',
      undefined,
    ],
  ])('the GUID is compared with %s', (_, target, known, holds, guidFrom) => {
    const home: Namespace = { id: 'silo:4', kind: 'silo', label: 'a', ...known };
    const seen = { type: 'SymbolicLink', target, evidence: { ...evidence, detail: 'raw' } };
    const step = evidenceChain(network, home, { device: seen }).find(({ code }) => code === 'provider-carries-guid');
    expect([step?.holds, step?.guidFrom]).toEqual([holds, guidFrom]);
    expect(step?.evidence.ground).toBe(holds === 'consistent' || holds === 'not-tested' ? 'inferred' : 'observed');
    const isNamed = known.runtimeId !== undefined && guidFrom !== undefined;
    expect(step?.evidence.detail?.includes(`HCS RuntimeId ${known.runtimeId}`) ?? false).toBe(isNamed);
    // The raw answer comes first, then what it was compared with.
    if (guidFrom !== undefined) expect(step?.evidence.detail).toMatch(/^raw; \S/);
  });
});
