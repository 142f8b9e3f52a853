import { recogniseFileSystem } from '../../../shared/domain/file-system-command.ts';
import type { Fsd } from '../../../shared/domain/readiness.ts';
import type { ListedContainer } from '../engine/containers.ts';
import { splitListCommand } from '../engine/list-command.ts';
import { winfspTool } from '../fsd/discover-fsd.ts';
import { parseLsvol } from '../fsd/parse-fsptool.ts';
import { inParallel } from '../in-parallel.ts';
import { readMountPoints } from '../inspection/read-mount-points.ts';
import { readServers } from '../inspection/read-servers.ts';
import { runIfThere, runOptions } from '../run-program.ts';
import type { NamespaceView } from '../silos/namespace-view.ts';
import type { Surroundings } from '../surroundings.ts';

/** A prefix in use, and by whom in words: `the host`, or a container's name. */
export interface TakenPrefix {
  readonly uncPrefix: string;
  readonly by: string;
  /** A real SMB server's name, `\\server`, which a class would meet. */
  readonly isServer?: boolean;
}

/**
 * Prefixes in use on the host and in every silo, without a program run in any of them: by the host's own list, by drive
 * letters in the object namespace, and by the command lines of running containers, which are there before their volume is.
 */
export async function takenPrefixes(
  around: Surroundings,
  views: readonly NamespaceView[],
  containers: readonly ListedContainer[],
  fsd: Fsd,
  signal?: AbortSignal,
): Promise<readonly TakenPrefix[]> {
  const taken: TakenPrefix[] = [];
  for (const container of containers) {
    const uncPrefix = recogniseFileSystem(splitListCommand(container.command))?.uncPrefix;
    if (uncPrefix !== undefined) taken.push({ uncPrefix, by: container.ref.name });
  }
  if (fsd.state === 'running' && fsd.installDirectory !== undefined) {
    const ran = await runIfThere(
      around.host,
      [winfspTool(fsd.installDirectory, 'fsptool-x64.exe'), 'lsvol'],
      runOptions(signal),
    );
    for (const { uncPrefix } of parseLsvol(ran?.stdout ?? ''))
      if (uncPrefix !== undefined) taken.push({ uncPrefix, by: 'the host' });
  }
  const silos = views.filter(view => view.namespace.kind === 'silo' && view.device !== undefined);
  await inParallel(silos, 16, async view => {
    const { links } = await readMountPoints(around.host.objects, `\\Silos\\${view.namespace.siloId}`, signal);
    for (const link of links) {
      const uncPrefix = /^\\Device\\Volume\{[^}\\]*\}(\\[^\\]+\\.+)$/.exec(link.target)?.[1];
      if (uncPrefix !== undefined) taken.push({ uncPrefix, by: view.namespace.label });
    }
  });
  // Only what this host knows by itself: no name is sent out to find out. A volume's own connection is none.
  const known = taken.map(({ uncPrefix }) => ({ uncPrefix }));
  for (const server of (await readServers(around.host, known, signal)).keys()) {
    taken.push({ uncPrefix: `\\${server}`, by: `the server ${server}`, isServer: true });
  }
  return taken;
}
