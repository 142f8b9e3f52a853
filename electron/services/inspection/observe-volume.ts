import type { Gap } from '../../../shared/domain/inspection.ts';
import type { Observation } from '../../../shared/domain/merge-evidence.ts';
import { HOST_NAMESPACE, type NamespaceId } from '../../../shared/domain/namespace.ts';
import { classOf } from '../../../shared/domain/unc-prefix.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { inParallel } from '../in-parallel.ts';
import type { NamespaceView } from '../silos/namespace-view.ts';
import type { Surroundings } from '../surroundings.ts';
import { judgeLooked } from './judge-looked.ts';
import { deviceLook, driveLook, type Look, type Looked, lookFrom, providerLook, uncLook } from './looking.ts';
import type { ObserveOptions } from './observe-options.ts';
import { withCanary } from './plant-canary.ts';

/** Observations of one volume by namespace. */
export type VolumeObservations = ReadonlyMap<NamespaceId, readonly Observation[]>;

/** One volume, who looks at it, and what else is known. */
export interface Watching {
  readonly around: Surroundings;
  readonly volume: Volume;
  /** All that are known: another may have the same name. */
  readonly volumes: readonly Volume[];
  readonly home: NamespaceView | undefined;
  /** Without its home. */
  readonly from: readonly NamespaceView[];
  readonly options: ObserveOptions;
  readonly gaps: Gap[];
  /** Filled with classes for which something answers that is no WinFsp volume. */
  readonly strangers: Set<string>;
}

const LOOKS_AT_ONCE = 4;

/**
 * Looks at a volume from its home and from everywhere else, each time by one name, and says what that proves of that
 * name. The look from home is the control of the others: where a name does not open even there, its failure elsewhere
 * proves nothing.
 */
export async function observeVolume(watching: Watching, signal?: AbortSignal): Promise<VolumeObservations> {
  const { around, volume, home, options, gaps } = watching;
  const found = new Map<NamespaceId, Observation[]>();
  const add = (namespace: NamespaceId, observation: Observation | undefined): void => {
    if (observation !== undefined) found.set(namespace, [...(found.get(namespace) ?? []), observation]);
  };
  const what = volume.uncPrefix ?? volume.device;
  const [drive] = volume.mountPoints.filter(one => /^[A-Z]:$/i.test(one));
  const atHome = async (look: Look | undefined, proven?: Looked): Promise<Looked | undefined> => {
    const looked = home === undefined || look === undefined ? undefined : await lookFrom(around, home, look, signal);
    if (looked !== undefined && look !== undefined)
      add(volume.home, judgeLooked(watching, look, looked, proven ?? looked));
    return looked;
  };

  const first = await atHome(drive === undefined ? rootLook(volume) : driveLook(drive));
  const hangs = first?.visible === 'unknown';
  if (hangs) gaps.push({ namespace: volume.home, what: `looks at ${what}`, reason: 'it does not answer at home' });
  const from = watching.from.filter(view => !hangs || view.namespace.id === HOST_NAMESPACE);

  /** What its home saw by that name: the control. */
  const lookAll = async (look: Look | undefined, proven?: Looked): Promise<Looked | undefined> => {
    if (look === undefined) return undefined;
    const own = hangs ? undefined : await atHome(look, proven);
    const control = proven?.visible === 'yes' ? proven : own;
    await inParallel(from, LOOKS_AT_ONCE, async view => {
      const looked = await lookFrom(around, view, look, signal);
      if (looked === undefined) return;
      if (look.way.kind === 'unc' && looked.winfsp === false) watching.strangers.add(classOf(volume.uncPrefix ?? ''));
      add(view.namespace.id, judgeLooked(watching, look, looked, control));
    });
    if (look.way.kind === 'provider' && !hangs && control?.visible !== 'yes') {
      const reason = `${look.way.path} does not open at home either, so that it does not open elsewhere proves nothing`;
      gaps.push({ namespace: volume.home, what: `control of the looks at ${what}`, reason });
    }
    return control;
  };

  if (volume.kind === 'disk') {
    if (options.probe) await lookAll(deviceLook(volume));
    return found;
  }
  // A token read back proves the open as well: without one, the open alone is tried.
  const lookBoth = async (canary?: Look['canary']): Promise<void> => {
    const control = options.probe || canary !== undefined ? await lookAll(providerLook(volume, canary)) : undefined;
    if (options.plainUnc) await lookAll(uncLook(volume, canary), control);
  };
  const planted = options.canary && !hangs && (await withCanary(watching, lookBoth, signal));
  if (!planted) await lookBoth();
  if (providerLook(volume) === undefined && (options.probe || options.canary)) {
    gaps.push({
      namespace: volume.home,
      what: `probe of ${what}`,
      reason: 'the name of its provider could not be read',
    });
  }
  return found;
}

function rootLook(volume: Volume): Look | undefined {
  return volume.kind === 'disk' ? deviceLook(volume) : providerLook(volume);
}
