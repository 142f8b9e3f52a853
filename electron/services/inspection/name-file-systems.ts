import { FaultError } from '../../../shared/contract/fault.ts';
import { composeCommandLine } from '../../../shared/domain/command-line.ts';
import { recogniseFileSystem } from '../../../shared/domain/file-system-command.ts';
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
    return {
      ...witnessed,
      volume: {
        ...witnessed.volume,
        fileSystem: {
          program,
          ...(inspected.processId > 0 ? { processId: inspected.processId } : {}),
          commandLine: composeCommandLine(inspected.argv),
        },
      },
    };
  });
}

function servedBy(container: InspectedContainer, volume: Volume, count: number): boolean {
  const command = recogniseFileSystem(container.argv);
  if (command === undefined || command.kind !== volume.kind) return false;
  if (command.uncPrefix !== undefined && volume.uncPrefix !== undefined) {
    return command.uncPrefix.toLowerCase() === volume.uncPrefix.toLowerCase();
  }
  return count === 1 || volume.mountPoints.some(one => one.toLowerCase() === command.mountPoint?.toLowerCase());
}
