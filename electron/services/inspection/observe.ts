import type { Gap } from '../../../shared/domain/inspection.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import { providerName } from '../../../shared/domain/volume-names.ts';
import { inParallel } from '../in-parallel.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Inventory } from './inventory.ts';
import type { WitnessedVolume } from './merge-witnesses.ts';
import type { ObserveOptions } from './observe-options.ts';
import { observeVolume, type VolumeObservations } from './observe-volume.ts';

export interface Observed {
  /** By device. */
  readonly volumes: ReadonlyMap<string, VolumeObservations>;
  /** Classes, as `classOf` writes them, for whose UNC name something answered that is no WinFsp volume. */
  readonly strangers: ReadonlySet<string>;
  readonly gaps: readonly Gap[];
}

const VOLUMES_AT_ONCE = 8;
/** Looks from inside containers are programs run there: beyond so many, only the host looks. */
const MOST_EXECS = 4_000;

/**
 * Looks at every volume from every namespace that can look. A volume that does not answer at home is looked at from the
 * host once more and from nowhere else: a hung file system costs two limits, not one for each silo.
 */
export async function observe(
  around: Surroundings,
  inventory: Inventory,
  options: ObserveOptions,
  signal?: AbortSignal,
): Promise<Observed> {
  const gaps: Gap[] = [];
  const strangers = new Set<string>();
  if (!options.probe && !options.canary && !options.plainUnc) return { volumes: new Map(), strangers, gaps };
  const every = inventory.volumes.map(witnessed => witnessed.volume);
  const { only } = options;
  const volumes = only === undefined ? every : every.filter(({ device }) => device === only);
  const lookers = inventory.views.filter(
    view => view.namespace.id === HOST_NAMESPACE || view.container?.state === 'running',
  );
  const silos = lookers.filter(view => view.namespace.kind === 'silo');
  const ways = Number(options.probe || options.canary) + Number(options.plainUnc);
  const each = Math.floor(MOST_EXECS / Math.max(1, volumes.length * ways));
  if (silos.length > each && volumes.length > 0) {
    gaps.push({
      namespace: HOST_NAMESPACE,
      what: 'probes from silos',
      reason: `${volumes.length} volumes from ${silos.length} silos are too many programs to run: each volume was looked at from ${each} of them, in turn; the other cells say what the rule expects, not tested`,
    });
  }
  const rooms = new Map(inventory.views.map(view => [view.namespace.id, view]));
  const turns = new Map(volumes.map((volume, index) => [volume, index]));
  const claimed = new Set(inventory.volumes.filter(isClaimed).map(({ volume }) => volume));
  const isRefused = inventory.gaps.some(({ needs }) => needs === 'elevation');
  const witnesses = new Map(inventory.volumes.map(witnessed => [witnessed.volume, witnessed]));
  const observed = await inParallel(volumes, VOLUMES_AT_ONCE, async volume => {
    const from = [
      ...lookers.filter(view => view.namespace.kind === 'host' && view.namespace.id !== volume.home),
      ...inTurn(
        silos.filter(view => view.namespace.id !== volume.home),
        each,
        turns.get(volume) ?? 0,
      ),
    ];
    const seen = await observeVolume(
      {
        around,
        volume,
        volumes: every,
        home: rooms.get(volume.home),
        listed: witnesses.get(volume)?.listed === true,
        listedLetter: witnesses.get(volume)?.listedLetter,
        from,
        options,
        gaps,
        strangers,
        isClaimed: claimed.has(volume),
        needs: isRefused && volume.provider === undefined ? { needs: 'elevation' } : {},
      },
      signal,
    );
    return [volume.device, seen] as const;
  });
  return { volumes: new Map(observed), strangers, gaps };
}

/**
 * Its prefix is known to be a WinFsp provider's, so that MUP has somebody to give the plain UNC name to. What a
 * container's fsptool says counts only beside a link to such a provider; the host's own says enough.
 */
function isClaimed({ volume, prefixListed }: WitnessedVolume): boolean {
  if (prefixListed !== true) return false;
  return volume.provider === undefined ? volume.home === HOST_NAMESPACE : providerName(volume.provider) !== undefined;
}

/** So many of them, beginning with another one each time: where not all can look, every one looks at something. */
function inTurn<T>(all: readonly T[], count: number, turn: number): readonly T[] {
  if (count >= all.length) return all;
  const start = (turn * count) % all.length;
  return [...all.slice(start), ...all.slice(0, start)].slice(0, count);
}
