import type { Fsd } from '../../../shared/domain/readiness.ts';
import { claimsOf, rowByRule, verdictOf, type World } from '../../../shared/domain/visibility.ts';
import { viewersOf } from '../../../shared/domain/visibility-row.ts';
import type { ListedContainer } from '../engine/containers.ts';
import { takeInventory } from '../inspection/inventory.ts';
import { readNamespaces } from '../silos/read-namespaces.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Seen } from './seen.ts';

/** What a look may leave out, and against what it is judged. */
export interface SurveyOptions {
  readonly fsd: Fsd;
  /** Only these containers, by Docker id, and not the host: as cheap as they are few. */
  readonly containers?: ReadonlySet<string>;
  /** The engine's list, where it was just asked for. */
  readonly listed?: readonly ListedContainer[];
  /** What is known besides: a volume's verdict depends on who else is there. */
  readonly known?: Seen | undefined;
}

/**
 * Looks at what is there, without opening anything, and judges each volume by the rule.
 */
export async function survey(
  around: Surroundings,
  { fsd, containers, listed, known }: SurveyOptions,
  signal?: AbortSignal,
): Promise<Seen> {
  const reading = await readNamespaces(around, signal, containers, listed);
  const views =
    containers === undefined ? reading.views : reading.views.filter(({ namespace }) => namespace.kind !== 'host');
  const inventory = await takeInventory(around, { ...reading, views }, fsd, signal);
  const volumes = inventory.volumes.map(({ volume }) => volume);
  const namespaces = views.map(({ namespace }) => namespace);
  const world: World = {
    volumes: [...(known?.volumes ?? []), ...volumes],
    namespaces: [...(known?.namespaces ?? []), ...namespaces],
  };
  const viewers = viewersOf(world.namespaces);
  const claims = claimsOf(world);
  return {
    namespaces,
    gaps: [...inventory.gaps],
    volumes: volumes.map(volume => ({
      ...volume,
      verdict: verdictOf(volume.home, rowByRule(volume, viewers, claims)),
    })),
  };
}
