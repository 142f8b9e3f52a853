import type { VolumeVerdict } from '../../../shared/domain/inspection.ts';
import type { Fsd } from '../../../shared/domain/readiness.ts';
import { judgeVisibility, type World } from '../../../shared/domain/visibility.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { takeInventory } from '../inspection/inventory.ts';
import { readNamespaces } from '../silos/read-namespaces.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Seen } from './seen.ts';

/** What a look may leave out, and against what it is judged. */
export interface SurveyOptions {
  readonly fsd: Fsd;
  /** Only these containers, by Docker id, and not the host: as cheap as they are few. */
  readonly containers?: ReadonlySet<string>;
  /** What is known besides: a volume's verdict depends on who else is there. */
  readonly known?: Seen | undefined;
}

/**
 * Looks at what is there, without opening anything, and judges each volume by the rule, not each cell: for a thousand
 * volumes and as many silos that is a thousand answers instead of a million.
 */
export async function survey(
  around: Surroundings,
  { fsd, containers, known }: SurveyOptions,
  signal?: AbortSignal,
): Promise<Seen> {
  const reading = await readNamespaces(around, signal, containers);
  const views =
    containers === undefined ? reading.views : reading.views.filter(({ namespace }) => namespace.kind !== 'host');
  const inventory = await takeInventory(around, { ...reading, views }, fsd, signal);
  const volumes = inventory.volumes.map(({ volume }) => volume);
  const namespaces = views.map(({ namespace }) => namespace);
  const world: World = {
    volumes: [...(known?.volumes ?? []), ...volumes],
    namespaces: [...(known?.namespaces ?? []), ...namespaces],
  };
  return {
    namespaces,
    gaps: [...inventory.gaps],
    volumes: volumes.map(volume => ({ ...volume, verdict: verdictByRule(volume, world) })),
  };
}

/** As `verdictOf` all its cells. The first who sees it decides, and a disk volume is seen by nobody else. */
function verdictByRule(volume: Volume, world: World): VolumeVerdict {
  if (volume.kind === 'disk') return 'private';
  const isSeen = world.namespaces.some(
    namespace => namespace.id !== volume.home && judgeVisibility(volume, namespace, world).visible === 'yes',
  );
  return isSeen ? 'leaked' : 'private';
}
