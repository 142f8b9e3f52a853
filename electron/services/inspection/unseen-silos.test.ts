import { afterEach, describe, expect, it } from 'vitest';
import { wordVolume } from '../../../shared/wording/word-volume.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { openSimulatedServices, type SimulatedServices } from '../testing/simulated-services.ts';

let open: SimulatedServices;
afterEach(() => open.dispose());

const NETWORK = '"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m Y: -u \\hostfs\\share';
const DISK = '"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m Z:';
type Circumstances = Pick<ScenarioInput, 'windows' | 'engine'>;

/** A host with a volume of each kind and no container. */
async function on(circumstances: Circumstances) {
  open = await openSimulatedServices({
    ...circumstances,
    winfsp: { fsd: 'running' },
    hostFileSystems: [{ commandLine: NETWORK }, { commandLine: DISK }],
  });
  return open.call('inspection.take', {});
}

describe('on a host where no container is known', () => {
  it.each<[string, Circumstances]>([
    ['whose silos an administrator lists', {}],
    ['whose silos nobody may list', { windows: { elevated: false } }],
    ['whose engine does not answer', { windows: { elevated: false }, engine: { mode: 'stopped' } }],
  ])('%s, a network volume is not called private, a disk is', async (_, circumstances) => {
    const { volumes } = await on(circumstances);
    expect(Object.fromEntries(volumes.map(({ kind, verdict, proof }) => [kind, [verdict, proof.rank]]))).toEqual({
      network: ['unknown', 'not-tested'],
      disk: ['private', 'not-tested'],
    });
  });

  it('a person is told why', async () => {
    const inspection = await on({});
    const network = inspection.volumes.find(({ kind }) => kind === 'network');
    expect(network && wordVolume(network, inspection)).toEqual([
      '\\\\hostfs\\share (Y:) was mounted by the host. No other namespace is known that could look, so nothing says that it is private.',
      'It is mounted as a network file system: a container that starts, or that nobody saw, can be expected to open it.',
      'Ask again when a container runs; to keep it inside, mount it as a disk.',
    ]);
  });
});
