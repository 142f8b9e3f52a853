import type { ObjectNamespace } from '../hosts/host.ts';

/** A disk's own letter leads to a partition; one that leads to a volume of WinFsp, or to the network, is never opened. */
export const isPartition = (target: string): boolean => /^\\Device\\HarddiskVolume\d+$/i.test(target);

/** Whether the letter leads to a partition in this session of the host, by its link: nothing is opened. */
export async function leadsToPartition(
  objects: ObjectNamespace,
  letter: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const link = await objects.readLink(`\\??\\${letter}`, signal);
  return 'target' in link && isPartition(link.target);
}
