import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSiloSources, type SiloTestimony } from './silo-sources.ts';

const ID = 'a'.repeat(64);
const GUID = '11111111-2222-4333-8444-555555555555';
const OTHER = '99999999-2222-4333-8444-555555555555';
const whole: SiloTestimony = {
  siloId: 1_720,
  container: ID,
  hcs: { siloId: 1_720, runtimeId: GUID },
  directory: [1_720, 2_000],
  guids: [GUID],
  hasJob: true,
  entryProcess: 4_816,
  processes: [4_816, 4_820],
  volumeSilos: [1_720],
};
const words = (heard: SiloTestimony): string[] =>
  compareSiloSources(heard).map(({ source, said, verdict }) => `${source} ${verdict}: ${said}`);

describe('which silo a container lives in', () => {
  it('is borne out by every source where all say the same', () => {
    expect(words(whole)).toEqual([
      'hcsdiag agrees: ObRoot \\Silos\\1720',
      'silo-directory agrees: \\Silos\\1720',
      `provider-guid agrees: {${GUID}}, the RuntimeId of HCS`,
      'volume-device agrees: \\Silos\\1720',
      'docker-inspect agrees: State.Pid 4816',
      'docker-top agrees: PID 4816, 4820',
      'job-name agrees: \\Container_aaaaaaaaaaaa...',
    ]);
  });

  it.each<[string, Partial<SiloTestimony>, string]>([
    ['a silo that \\Silos does not list', { directory: [2_000] }, 'silo-directory differs: no \\Silos\\1720'],
    ['HCS naming one that \\Silos does not list', { directory: [2_000] }, 'hcsdiag differs: ObRoot \\Silos\\1720'],
    ['HCS that does not know the container', { hcs: 'unheard-of' }, 'hcsdiag differs: no such compute system'],
    ['HCS that names no silo', { hcs: {} }, 'hcsdiag differs: no ObRoot'],
    [
      'a volume of it in another silo',
      { volumeSilos: [1_720, 2_000] },
      'volume-device differs: \\Silos\\1720, \\Silos\\2000',
    ],
    ['two GUIDs in one silo', { guids: [GUID, OTHER] }, `provider-guid differs: {${GUID}}, {${OTHER}}`],
    ['one GUID in two silos', { guidElsewhere: [2_000] }, `provider-guid differs: {${GUID}}, as in \\Silos\\2000`],
    ['an entry process that top does not list', { processes: [4_820] }, 'docker-top differs: PID 4820'],
    [
      'a process of two containers',
      { sharedProcesses: [4_820] },
      'docker-top differs: PID 4816, 4820; of another container too: 4820',
    ],
    ['no job of its name where others have one', { hasJob: false }, 'job-name differs: no \\Container_aaaaaaaaaaaa...'],
  ])('is disputed by %s', (_, change, expected) => {
    expect(words({ ...whole, ...change })).toContain(expected);
  });

  it.each<[string, SiloTestimony, string[]]>([
    ['nobody', {}, []],
    ['HCS by itself', { siloId: 8, hcs: { siloId: 8 } }, ['hcsdiag alone: ObRoot \\Silos\\8']],
    [
      'a GUID that is not the RuntimeId, which need not be the same',
      { siloId: 8, hcs: { runtimeId: OTHER, siloId: 8 }, guids: [GUID] },
      ['hcsdiag alone: ObRoot \\Silos\\8', `provider-guid alone: {${GUID}}; RuntimeId of HCS {${OTHER}}`],
    ],
    ['nobody who knows its container', { directory: [8] }, []],
    ['docker inspect alone', { entryProcess: 12 }, ['docker-inspect alone: State.Pid 12']],
    ['docker top alone', { processes: [12] }, ['docker-top alone: PID 12']],
  ])('is claimed, not borne out, by %s', (_, heard, expected) => {
    expect(words(heard)).toEqual(expected);
  });

  it('is never called agreed by a source that nothing else was heard beside', () => {
    const siloId = fc.nat(4);
    const testimony = fc.record(
      {
        siloId,
        hcs: fc.oneof(fc.constant('unheard-of' as const), fc.record({ siloId: fc.option(siloId, { nil: undefined }) })),
        directory: fc.array(siloId),
        guids: fc.subarray([GUID, OTHER]),
        entryProcess: siloId,
        processes: fc.array(siloId),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(testimony, heard => {
        const said = compareSiloSources(heard);
        expect(new Set(said.map(({ source }) => source)).size).toBe(said.length);
        if (said.length === 1) expect(said[0]?.verdict).not.toBe('agrees');
      }),
      { numRuns: 10_000 },
    );
  });
});
