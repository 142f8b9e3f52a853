import { textLines } from '../../../shared/domain/text-lines.ts';
import type { Host } from '../../hosts/host.ts';
import { runIfThere, runOptions } from '../run-program.ts';

/** A directory that leads to a volume. */
export interface VolumeJunction {
  /** `C:\mnt`. */
  readonly directory: string;
  /** `\Device\Volume{guid}`. */
  readonly device: string;
}

/**
 * Reads `dir /al`: a junction's line ends with its name and, in brackets, where it leads. WinFsp names the volume's device
 * there, for people as for the kernel. What kind of link it is, in angle brackets, is localised. Total.
 * Ground: winfsp src/dll/mount.c (FspMountSet_Directory).
 */
export function parseJunctions(text: string, directory: string): readonly VolumeJunction[] {
  const parent = directory.replace(/\\+$/, '');
  return textLines(text).flatMap(line => {
    const [, name, device] =
      /<[^<>]+>\s+([^\\/:*?"<>|[\]][^\\/:*?"<>|]{0,254}) \[(\\Device\\Volume\{[0-9a-f-]{36}\})\\?\]$/i.exec(line) ?? [];
    return name === undefined || device === undefined ? [] : [{ directory: `${parent}\\${name}`, device }];
  });
}

/** Where people mount: the roots of disks, and this below them. */
const BELOW = ['', 'mnt'];

/** The directories that are looked into, for these drives (`C:`). */
export const searchedDirectories = (drives: readonly string[]): readonly string[] =>
  drives.flatMap(drive => BELOW.map(below => `${drive}\\${below}`));

/**
 * Looks for directories that lead to WinFsp volumes. Windows keeps no list of junctions that a user may read, hence only
 * some directories are looked into; none that lies on a WinFsp volume itself may be among them.
 */
export async function findJunctions(
  host: Pick<Host, 'run'>,
  directories: readonly string[],
  signal?: AbortSignal,
): Promise<readonly VolumeJunction[]> {
  const found = await Promise.all(
    directories.map(async directory => {
      const ran = await runIfThere(host, ['cmd.exe', '/d', '/c', 'dir', '/al', directory], runOptions(signal, 10_000));
      return ran?.exitCode === 0 ? parseJunctions(ran.stdout, directory) : [];
    }),
  );
  return found.flat();
}
