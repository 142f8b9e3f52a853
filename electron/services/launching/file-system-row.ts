import { recogniseFileSystem } from '../../../shared/domain/file-system-command.ts';
import type { RunningFileSystem } from '../../../shared/domain/launch.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import type { ListedContainer } from '../engine/containers.ts';
import { splitListCommand } from '../engine/list-command.ts';

/**
 * A container as a row of the list, when it runs or ran a user-mode file system: one of ours, one of a known program, or
 * any whose silo holds a volume.
 */
export function fileSystemRow(container: ListedContainer, volumes: readonly Volume[]): RunningFileSystem | undefined {
  const argv = splitListCommand(container.command);
  const known = recogniseFileSystem(argv);
  if (known === undefined && volumes.length === 0 && !container.ref.managed) return undefined;
  const program = known === undefined ? volumes[0]?.fileSystem?.program : /[^\\/]*$/.exec(argv[0] ?? '')?.[0];
  return {
    container: container.ref,
    state: container.state,
    status: container.status,
    ...(program === undefined || program === '' ? {} : { program }),
    commandLine: container.command,
    volumes: [...volumes],
  };
}
