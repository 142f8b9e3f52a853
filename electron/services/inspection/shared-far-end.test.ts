import { describe, expect, it } from 'vitest';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import { uncNameOf } from '../../../shared/domain/unc-name.ts';
import { wordVolume } from '../../../shared/wording/word-volume.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { servicesOn } from '../testing/services-on.ts';
import { scenarioNamed } from '../testing/simulated-services.ts';

const TOOLBOX = 'registry.example.com/platform/filesystems:ltsc2025';
const PREFIX = '\\cloud\\files';
const MEMFS = `"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m Z: -u ${PREFIX}`;
const rclone = (remote: string): string =>
  `C:\\rclone\\rclone.exe mount ${remote} Z: --network-mode --volname \\${PREFIX}`;

/** Two containers whose volumes have one UNC prefix. */
const twins = async (one: string, other: string): Promise<ScenarioInput> => {
  const { registry = [], ...scenario } = await scenarioNamed('default');
  return {
    ...scenario,
    images: registry.filter(({ reference }) => reference === TOOLBOX),
    winfsp: { fsd: 'running' },
    containers: [one, other].map((commandLine, index) => ({
      name: `twin-${index + 1}`,
      image: TOOLBOX,
      environment: { PATH: 'C:\\Windows\\System32;C:\\Windows;C:\\Program Files (x86)\\WinFsp\\bin' },
      fileSystems: [{ commandLine }],
    })),
  };
};

describe('a token in one of two volumes of the same UNC prefix', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['tells nothing by the plain name where both show the same remote', rclone('r:'), rclone('r:'), []],
    ['tells by the plain name where each has its own remote', rclone('a:'), rclone('b:'), ['here', 'elsewhere']],
    ['tells by the plain name where each has its own memory', MEMFS, MEMFS, ['here', 'elsewhere']],
  ])('%s', async (_, one, other, told) => {
    const { call } = await servicesOn(await twins(one, other));
    const { volumes, namespaces, gaps } = await call('inspection.take', { canary: true, plainUnc: true });
    expect(volumes.map(({ uncPrefix }) => uncPrefix)).toEqual([PREFIX, PREFIX]);
    // By its provider's own name each is proven, whoever else has the file.
    for (const { visibility } of volumes) {
      const cell = visibility.find(({ namespace }) => namespace === HOST_NAMESPACE);
      expect(cell).toMatchObject({ visible: 'yes', evidence: { rank: 'canary' } });
      expect(cell?.through.find(({ kind }) => kind === 'provider')?.evidence.rank).toBe('canary');
    }
    const names = volumes.map(({ home, visibility }) => uncNameOf(home, visibility));
    const proven = names.filter(({ evidence }) => evidence.rank === 'canary').map(({ leads }) => leads);
    expect(new Set(proven)).toEqual(new Set(told));
    // Who has tried is not told to try.
    const untried = volumes.flatMap(volume => wordVolume(volume, { namespaces }));
    expect(untried.filter(sentence => sentence.includes('--plain-unc'))).toEqual([]);
    const unclear = gaps.filter(({ reason }) => reason.includes('the token does not tell who answered'));
    expect(unclear.map(({ what }) => what)).toEqual(
      told.length > 0 ? [] : Array(2).fill(`plain UNC name of ${PREFIX}`),
    );
  });
});
