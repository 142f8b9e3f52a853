import { recogniseFileSystem } from '../../../shared/domain/file-system-command.ts';
import type { RunningFileSystem } from '../../../shared/domain/launch.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { listContainers } from '../engine/containers.ts';
import { splitListCommand } from '../engine/list-command.ts';
import { discoverFsd } from '../fsd/discover-fsd.ts';
import { takeInventory } from '../inspection/inventory.ts';
import { readNamespaces } from '../silos/read-namespaces.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * Containers that run a user-mode file system: ours, those of a known program, and any whose silo holds a volume.
 * `all`: those that ran one, too.
 */
export async function listFileSystems(
  around: Surroundings,
  all: boolean,
  signal?: AbortSignal,
): Promise<readonly RunningFileSystem[]> {
  const containers = await listContainers(around.connection, { all, signal });
  const reading = await readNamespaces(around, signal, undefined, containers);
  const inventory = await takeInventory(around, reading, await discoverFsd(around.host, signal), signal);
  const byContainer = new Map<string, Volume[]>();
  const containerOf = new Map(reading.views.map(view => [view.namespace.id, view.container?.ref.id]));
  for (const { volume } of inventory.volumes) {
    const id = containerOf.get(volume.home);
    if (id !== undefined) byContainer.set(id, [...(byContainer.get(id) ?? []), volume]);
  }
  return containers.flatMap(container => {
    const volumes = byContainer.get(container.ref.id) ?? [];
    const argv = splitListCommand(container.command);
    const known = recogniseFileSystem(argv);
    if (known === undefined && volumes.length === 0 && !container.ref.managed) return [];
    const program = known === undefined ? volumes[0]?.fileSystem?.program : /[^\\/]*$/.exec(argv[0] ?? '')?.[0];
    return [
      {
        container: container.ref,
        state: container.state,
        status: container.status,
        ...(program === undefined || program === '' ? {} : { program }),
        commandLine: container.command,
        volumes,
      },
    ];
  });
}
