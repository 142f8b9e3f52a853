import { describe, expect, it } from 'vitest';
import { mergeLook } from '../../stores/merge-look.ts';
import { fakeInspection } from '../../testing/fake-inspection.ts';
import { fakeSilo } from '../../testing/fake-story.ts';
import { presentFinding } from './present-finding.ts';

const silos = [fakeSilo(1, 'share', 'Y:', '\\memfs\\share'), fakeSilo(2, 'other', 'Z:')];
const take = (probe: boolean) =>
  fakeInspection(
    silos.map(({ namespace }) => namespace),
    silos.flatMap(({ fileSystem }) => fileSystem.volumes),
    { probe, canary: false },
    '2026-11-22T09:00:00.000Z',
  );

describe('a finding that is shown', () => {
  const plain = take(false);
  const [finding] = plain.findings;
  const [volume] = plain.volumes;
  if (finding === undefined || volume === undefined) throw new Error('no finding');

  it('tells what a look at one cell has shown since', () => {
    expect(presentFinding(finding, plain).summary).toContain(
      'is expected to leak: the host and container other can be expected',
    );
    const cells = [...(take(true).volumes[0]?.visibility ?? [])].filter(({ namespace }) => namespace === 'host');
    const looked = mergeLook(plain, volume.device, { cells, chain: [], gaps: [] });
    expect(presentFinding(finding, looked).summary).toContain('the host opened it (probed');
  });

  it('of another kind stays as it was told', () => {
    const other = { ...finding, code: 'shadows-server' as const };
    expect(presentFinding(other, plain)).toBe(other);
  });
});
