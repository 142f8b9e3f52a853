import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { InspectedVolume, Inspection } from '../../../shared/domain/inspection.ts';

/** A volume as the timeline needs it: without its cells, which are as many as there are namespaces. */
export type SeenVolume = Pick<
  InspectedVolume,
  'device' | 'kind' | 'home' | 'uncPrefix' | 'provider' | 'mountPoints' | 'letters' | 'fileSystem' | 'verdict'
> &
  // A look in passing opens nothing: without a proof the verdict is a rule's.
  Partial<Pick<InspectedVolume, 'proof' | 'chain'>> & {
    /** How it is known to be at home. */
    readonly atHome?: Evidence;
  };

/** What was there at a look. An inspection is one, too. */
export interface Seen extends Pick<Inspection, 'namespaces' | 'gaps'> {
  readonly volumes: readonly SeenVolume[];
}

/** What was seen of some containers, by Docker id; of the host nothing. */
export function partOf(seen: Seen, containers: ReadonlySet<string>): Seen {
  const namespaces = seen.namespaces.filter(({ container }) => container !== undefined && containers.has(container.id));
  const homes = new Set(namespaces.map(({ id }) => id));
  return {
    namespaces,
    volumes: seen.volumes.filter(({ home }) => homes.has(home)),
    gaps: seen.gaps.filter(({ namespace }) => homes.has(namespace)),
  };
}

/**
 * What is known, with what a later look saw of some containers in the place of what was known of them. Volumes of one
 * that could not be asked stay as they were.
 */
export function withPart(known: Seen, later: Seen, containers: ReadonlySet<string>): Seen {
  const old = partOf(known, containers);
  const fresh = partOf(later, containers);
  const replaced = new Set(old.namespaces.map(({ id }) => id));
  const unasked = new Set(fresh.gaps.flatMap(({ namespace, hides }) => (hides === 'volumes' ? [namespace] : [])));
  const seen = new Set(fresh.volumes.map(({ device }) => device));
  return {
    namespaces: [...known.namespaces.filter(({ id }) => !replaced.has(id)), ...fresh.namespaces],
    volumes: [
      ...known.volumes.filter(({ home, device }) => !replaced.has(home) || (unasked.has(home) && !seen.has(device))),
      ...fresh.volumes,
    ],
    gaps: [...known.gaps.filter(({ namespace }) => !replaced.has(namespace)), ...fresh.gaps],
  };
}
