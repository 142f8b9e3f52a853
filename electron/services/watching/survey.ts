import type { Fsd } from '../../../shared/domain/readiness.ts';
import { cellIn } from '../../../shared/domain/visibility-row.ts';
import type { ListedContainer } from '../engine/containers.ts';
import { inspectVolumes } from '../inspection/inspect-volumes.ts';
import { takeInventory } from '../inspection/inventory.ts';
import type { Observed } from '../inspection/observe.ts';
import { readNamespaces } from '../silos/read-namespaces.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Seen } from './seen.ts';

/** What a look may leave out. */
export interface SurveyOptions {
  readonly fsd: Fsd;
  /** Only these containers, by Docker id, and not the host: as cheap as they are few. */
  readonly containers?: ReadonlySet<string>;
  /** The engine's list, where it was just asked for. */
  readonly listed?: readonly ListedContainer[];
}

/**
 * Looks at what is there, without opening anything, and judges each volume by the rule among what it saw. Of some containers
 * alone that is not enough: whoever asked for them judges them among all (`LiveSights`).
 */
export async function survey(
  around: Surroundings,
  { fsd, containers, listed }: SurveyOptions,
  signal?: AbortSignal,
): Promise<Seen> {
  const reading = await readNamespaces(around, signal, containers, listed);
  const views =
    containers === undefined ? reading.views : reading.views.filter(({ namespace }) => namespace.kind !== 'host');
  const inventory = await takeInventory(around, { ...reading, views }, fsd, signal);
  const at = new Date(around.clock.now()).toISOString();
  const inspected = inspectVolumes({ inventory, observed: NOT_OBSERVED, servers: [] }, at);
  return {
    namespaces: views.map(({ namespace }) => namespace),
    gaps: [...inventory.gaps],
    volumes: inspected.map(one => {
      const { visibility, proof: _, findings: __, ...volume } = one;
      const atHome = cellIn(visibility, volume.home)?.evidence;
      return { ...volume, ...(atHome === undefined ? {} : { atHome }) };
    }),
  };
}

/** Nothing was opened. */
const NOT_OBSERVED: Observed = { volumes: new Map(), strangers: new Set(), gaps: [] };
