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
const BELOW = 'mnt';

/** A line of `dir /al` about that entry, whatever kind of link it is and wherever it leads. */
const isLinkNamed = (name: string): ((line: string) => boolean) => {
  const pattern = new RegExp(`>\\s+${name}(?: \\[.*\\])?$`, 'i');
  return line => pattern.test(line);
};

/** What was found, and where was looked. */
export interface FoundJunctions {
  readonly junctions: readonly VolumeJunction[];
  /** Directories of which a list was had. */
  readonly searched: readonly string[];
}

/**
 * Looks for directories that lead to WinFsp volumes, at the roots of these drives (`C:`) and in `mnt` below them. Windows keeps
 * no list of junctions that a user may read, hence only there. None of the drives may be one of WinFsp or of a server. `mnt` is
 * opened only after the list above it has shown that it is no link: it could lead to a server, or to a file system that
 * makes up its lines.
 */
export async function findJunctions(
  host: Pick<Host, 'run'>,
  drives: readonly string[],
  signal?: AbortSignal,
): Promise<FoundJunctions> {
  const list = async (directory: string): Promise<string | undefined> => {
    const ran = await runIfThere(host, ['cmd.exe', '/d', '/c', 'dir', '/al', directory], runOptions(signal, 10_000));
    // Without any link `dir` ends with 1, but names the directory first.
    return ran !== undefined && (ran.exitCode === 0 || ran.stdout.trim() !== '') ? ran.stdout : undefined;
  };
  const found = await Promise.all(
    drives.map(async (drive): Promise<FoundJunctions> => {
      const root = `${drive}\\`;
      const atRoot = await list(root);
      if (atRoot === undefined) return { junctions: [], searched: [] };
      const junctions = parseJunctions(atRoot, root);
      if (textLines(atRoot).some(isLinkNamed(BELOW))) return { junctions, searched: [root] };
      const below = `${root}${BELOW}`;
      const more = parseJunctions((await list(below)) ?? '', below);
      return { junctions: [...junctions, ...more], searched: [root, below] };
    }),
  );
  return {
    junctions: found.flatMap(({ junctions }) => junctions),
    searched: found.flatMap(({ searched }) => searched),
  };
}
