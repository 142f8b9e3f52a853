import { FaultError } from '../../../shared/contract/fault.ts';
import type { Gap } from '../../../shared/domain/inspection.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import { isPartition, leadsToPartition } from '../leads-to-partition.ts';
import type { Surroundings } from '../surroundings.ts';
import { findJunctions } from './find-junctions.ts';
import type { WitnessedVolume } from './merge-witnesses.ts';
import type { DosLink } from './read-mount-points.ts';

/**
 * The host's volumes, those without a drive letter with the directories that lead to them, as far as these are found. A
 * volume for which none is found may be mounted on one all the same: that is a gap. Network volumes are on none: Windows
 * refuses such junctions. Ground: winfsp src/dll/mount.c.
 */
export async function mountedOnDirectories(
  { host }: Pick<Surroundings, 'host'>,
  volumes: readonly WitnessedVolume[],
  links: readonly DosLink[],
  signal?: AbortSignal,
): Promise<{ readonly volumes: readonly WitnessedVolume[]; readonly gaps: readonly Gap[] }> {
  const isOpen = ({ volume }: WitnessedVolume): boolean => volume.kind === 'disk' && volume.mountPoints.length === 0;
  if (!volumes.some(isOpen)) return { volumes, gaps: [] };
  const letters = links.filter(({ target }) => isPartition(target)).map(({ mountPoint }) => mountPoint);
  // A letter of all may be a server's in this session.
  const own = await Promise.all(
    [...new Set(letters)]
      .sort()
      .map(async letter => ((await leadsToPartition(host.objects, letter, signal)) ? [letter] : [])),
  );
  const disks = own.flat();
  const { junctions, searched } = await findJunctions(host, disks, signal).catch((error: unknown) => {
    if (error instanceof FaultError && error.fault.code !== 'cancelled' && error.fault.code !== 'bug')
      return { junctions: [], searched: [] };
    throw error;
  });
  const worded = volumes.map((witnessed): WitnessedVolume => {
    if (!isOpen(witnessed)) return witnessed;
    const { volume } = witnessed;
    const own = junctions.filter(({ device }) => device.toLowerCase() === volume.device.toLowerCase());
    return { ...witnessed, volume: { ...volume, mountPoints: own.map(({ directory }) => directory).sort() } };
  });
  const where = searched.length === 0 ? 'no disk could be looked into' : `only ${searched.join(', ')} were looked into`;
  const gaps = worded.filter(isOpen).map(
    ({ volume }): Gap => ({
      namespace: HOST_NAMESPACE,
      what: `directory on which ${volume.device} may be mounted`,
      reason: `Windows keeps no list of junctions that may be read; ${where}`,
    }),
  );
  return { volumes: worded, gaps };
}
