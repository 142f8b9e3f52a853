import type { VolumeVerdict } from '../../../shared/domain/inspection.ts';
import type { Namespace } from '../../../shared/domain/namespace.ts';
import type { SeenNow, SightsChanged } from '../../../shared/domain/sights-changed.ts';
import { VisibilityIndex } from '../../../shared/domain/visibility-index.ts';
import type { Seen, SeenVolume } from './seen.ts';

/** The visibility of what the watch knows, kept by its changes: one container more or less costs what it brings, not the matrix. */
export class LiveSights {
  #index = new VisibilityIndex({ volumes: [], namespaces: [] });

  /** Everything was looked at. */
  whole(seen: Seen): void {
    this.#index = new VisibilityIndex(seen);
  }

  /** Takes in what became of a part: what was known of it, and what is known now. Answers the difference. */
  part(before: Seen, now: Seen): SightsChanged {
    const change = sightsChanged(before, now);
    for (const device of change.volumes.gone) this.#index.change({ what: 'volume-went', device });
    for (const id of change.namespaces.gone) this.#index.change({ what: 'namespace-went', id });
    for (const namespace of change.namespaces.changed) this.#index.change({ what: 'namespace-came', namespace });
    for (const volume of change.volumes.changed) this.#index.change({ what: 'volume-came', volume });
    return change;
  }

  /** By the rule, among all that is known. */
  verdict(device: string): VolumeVerdict | undefined {
    return this.#index.verdict(device);
  }
}

/** What is otherwise in a later look. */
export function sightsChanged(before: Seen, now: Seen): SightsChanged {
  const namespaces = difference(before.namespaces, now.namespaces, ({ id }) => id, namespaceText);
  const volumes = difference(before.volumes, now.volumes, ({ device }) => device, volumeText);
  return { namespaces, volumes: { changed: volumes.changed.map(seenNow), gone: volumes.gone } };
}

function difference<T>(
  before: readonly T[],
  now: readonly T[],
  keyOf: (one: T) => string,
  textOf: (one: T) => string,
): { changed: T[]; gone: string[] } {
  const old = new Map(before.map(one => [keyOf(one), textOf(one)]));
  const there = new Set(now.map(keyOf));
  return {
    changed: now.filter(one => old.get(keyOf(one)) !== textOf(one)),
    gone: [...old.keys()].filter(key => !there.has(key)),
  };
}

/** Who agreed on the mapping is left out: a look at one container asks fewer witnesses than one at all. */
function namespaceText({ id, kind, label, siloId, containerGuid, mup, container }: Namespace): string {
  return JSON.stringify([id, kind, label, siloId, containerGuid, mup, container?.id]);
}

function volumeText({ device, kind, home, uncPrefix, provider, mountPoints, letters, fileSystem }: SeenVolume): string {
  return JSON.stringify([device, kind, home, uncPrefix, provider, mountPoints, letters, fileSystem]);
}

function seenNow(volume: SeenVolume): SeenNow {
  const { device, kind, home, uncPrefix, provider, mountPoints, letters, fileSystem, atHome, chain } = volume;
  return {
    device,
    kind,
    home,
    mountPoints,
    ...(uncPrefix === undefined ? {} : { uncPrefix }),
    ...(provider === undefined ? {} : { provider }),
    ...(letters === undefined ? {} : { letters }),
    ...(fileSystem === undefined ? {} : { fileSystem }),
    ...(atHome === undefined ? {} : { atHome }),
    ...(chain === undefined ? {} : { chain }),
  };
}
