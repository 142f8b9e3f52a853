import { FaultError } from '../../../shared/contract/fault.ts';
import { composeCommandLine } from '../../../shared/domain/command-line.ts';
import { recogniseFileSystem } from '../../../shared/domain/file-system-command.ts';
import { parseMountPoint } from '../../../shared/domain/mount-point.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { type InspectedContainer, inspectIfThere } from '../engine/containers.ts';
import type { NamespaceView } from '../silos/namespace-view.ts';
import type { Surroundings } from '../surroundings.ts';
import type { WitnessedVolume } from './merge-witnesses.ts';

/** Names the program behind a volume, where the container's own command line says that it mounts it. */
export async function nameFileSystems(
  around: Surroundings,
  view: NamespaceView,
  found: readonly WitnessedVolume[],
  signal?: AbortSignal,
): Promise<readonly WitnessedVolume[]> {
  const inspected = await inspectIfThere(around.connection, view.container?.ref.id ?? '', { signal }).catch(
    (error: unknown) => {
      if (error instanceof FaultError && error.fault.code !== 'cancelled') return undefined;
      throw error;
    },
  );
  if (inspected === undefined) return found;
  return found.map(witnessed => {
    if (!servedBy(inspected, witnessed.volume, found.length)) return witnessed;
    const program = /[^\\/]*$/.exec(inspected.argv[0] ?? '')?.[0] ?? '';
    const directory = directoryOf(inspected);
    // A directory mount is a junction, of which no list tells; where there is a letter, that is where it is mounted.
    const isDirectory = witnessed.volume.mountPoints.length === 0 && directory !== undefined;
    return {
      ...witnessed,
      volume: {
        ...witnessed.volume,
        ...(isDirectory ? { mountPoints: [directory] } : {}),
        fileSystem: {
          program,
          ...(inspected.processId > 0 ? { processId: inspected.processId } : {}),
          commandLine: composeCommandLine(inspected.argv),
        },
      },
    };
  });
}

/** The directory that its command line mounts on, if it is one. */
function directoryOf({ argv }: InspectedContainer): string | undefined {
  const parsed = parseMountPoint(recogniseFileSystem(argv)?.mountPoint ?? '');
  return parsed.ok && parsed.mountPoint.kind === 'directory' ? recogniseFileSystem(argv)?.mountPoint : undefined;
}

function servedBy(container: InspectedContainer, volume: Volume, count: number): boolean {
  const command = recogniseFileSystem(container.argv);
  if (command === undefined || command.kind !== volume.kind) return false;
  if (command.uncPrefix !== undefined && volume.uncPrefix !== undefined) {
    return command.uncPrefix.toLowerCase() === volume.uncPrefix.toLowerCase();
  }
  return count === 1 || volume.mountPoints.some(one => one.toLowerCase() === command.mountPoint?.toLowerCase());
}
