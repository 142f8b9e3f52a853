import type { Gap } from '../../../shared/domain/inspection.ts';
import type { Observation } from '../../../shared/domain/merge-evidence.ts';
import { HOST_NAMESPACE, type NamespaceId } from '../../../shared/domain/namespace.ts';
import { classOf } from '../../../shared/domain/unc-prefix.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { inParallel } from '../in-parallel.ts';
import type { NamespaceView } from '../silos/namespace-view.ts';
import type { Surroundings } from '../surroundings.ts';
import { judgeLooked, namesakesOf, wordSharers } from './judge-looked.ts';
import {
  deviceLook,
  driveLook,
  type Look,
  type Looked,
  lookFrom,
  providerLook,
  uncLook,
  withoutToken,
} from './looking.ts';
import type { ObserveOptions } from './observe-options.ts';
import { type LetterSought, ownDirectory, ownLetter } from './own-letter.ts';
import { withCanary } from './plant-canary.ts';

/** Observations of one volume by namespace. */
export type VolumeObservations = ReadonlyMap<NamespaceId, readonly Observation[]>;

/** One volume, who looks at it, and what else is known. */
export interface Watching extends LetterSought {
  readonly around: Surroundings;
  /** All that are known: another may have the same name. */
  readonly volumes: readonly Volume[];
  /** Without its home. */
  readonly from: readonly NamespaceView[];
  readonly options: ObserveOptions;
  readonly gaps: Gap[];
  /** Its prefix is known to be a WinFsp provider's: only then is the plain UNC name opened. */
  readonly isClaimed: boolean;
  /** Of a name that could not be made because its provider could not be read: an administrator may read it. */
  readonly needs: Pick<Gap, 'needs'>;
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
  const letter = await ownLetter(around, watching, signal);
  const drive = letter ?? (await ownDirectory(around, watching, signal));
  const atHome = async (look: Look | undefined): Promise<Looked | undefined> => {
    const looked = home === undefined || look === undefined ? undefined : await lookFrom(around, home, look, signal);
    if (looked !== undefined && look !== undefined) add(volume.home, judgeLooked(watching, look, looked, looked));
    return looked;
  };

  const atRoot = drive === undefined ? rootLook(volume) : driveLook(drive);
  if (atRoot === undefined && volume.mountPoints.length > 0) {
    const reason = `not opened: none of ${volume.mountPoints.join(', ')} is known to lead to it from here`;
    gaps.push({ namespace: volume.home, what: `look at ${what} from its home`, reason });
  }
  const first = await atHome(atRoot);
  const hangs = first?.visible === 'unknown';
  if (hangs) gaps.push({ namespace: volume.home, what: `looks at ${what}`, reason: 'it does not answer at home' });
  const from = watching.from.filter(view => !hangs || view.namespace.id === HOST_NAMESPACE);

  /** By a name of its own it opened and did not show the token that was written: what it shows proves nothing any more. */
  let hasLied = false;

  /** By a name that belongs to this volume alone. What its home saw by it is the control of all others. */
  const lookByOwnName = async (look: Look): Promise<Seen> => {
    const seen = new Map<NamespaceId, Looked>();
    const control = hangs ? undefined : await atHome(look);
    if (control !== undefined) seen.set(volume.home, control);
    if (look.canary !== undefined && control?.visible === 'no') hasLied = true;
    await inParallel(from, LOOKS_AT_ONCE, async view => {
      const looked = await lookFrom(around, view, look, signal);
      if (looked === undefined) return;
      seen.set(view.namespace.id, looked);
      const isTokenMissing = look.canary !== undefined && looked.visible === 'no';
      const root = isTokenMissing ? await lookFrom(around, view, withoutToken(look), signal) : undefined;
      if (root?.visible === 'yes') hasLied = true;
      const told = root?.visible === 'yes' ? withoutTheToken(root) : looked;
      add(view.namespace.id, judgeLooked(watching, look, told, control));
    });
    if (look.way.kind === 'provider' && !hangs && control?.visible !== 'yes') {
      const reason = `${look.way.path} does not open at home either, so that it does not open elsewhere proves nothing`;
      gaps.push({ namespace: volume.home, what: `control of the looks at ${what}`, reason });
    }
    return seen;
  };

  /**
   * By the plain UNC name, which is whose MUP gives it to. The control is what is seen from the same place by its own
   * name, before and after; with a file system that was caught lying there is none. A token that came back is looked for
   * behind its namesakes afterwards: whoever has shown it still does.
   */
  const lookByUncName = async (look: Look, own: Look | undefined, proven: Seen | undefined): Promise<void> => {
    const places = [...(hangs || home === undefined ? [] : [home]), ...from];
    const seen = await inParallel(places, LOOKS_AT_ONCE, async view => {
      const looked = await lookFrom(around, view, look, signal);
      const isMissing = looked?.visible === 'no' && look.canary !== undefined && own !== undefined && !hasLied;
      const again = isMissing ? await lookFrom(around, view, own, signal) : undefined;
      if (isMissing && again?.visible !== 'yes') hasLied = true;
      const { canary } = look;
      const isBack = looked?.visible === 'yes' && canary !== undefined;
      const sharers = isBack
        ? await countSharers(around, view, namesakesOf(volume, watching.volumes), canary, signal)
        : 0;
      return { view, looked, sharers };
    });
    const most = Math.max(0, ...seen.map(({ sharers }) => sharers));
    if (most > 0) gaps.push({ namespace: volume.home, what: `plain UNC name of ${what}`, reason: wordSharers(most) });
    for (const { view, looked, sharers } of seen) {
      if (looked === undefined) continue;
      const isOutside = view.namespace.id !== volume.home;
      if (isOutside && looked.winfsp === false) watching.strangers.add(classOf(volume.uncPrefix ?? ''));
      const control = hasLied ? undefined : proven?.get(view.namespace.id);
      add(view.namespace.id, judgeLooked({ ...watching, sharers }, look, looked, control));
    }
  };

  if (volume.kind === 'disk') {
    if (options.probe) await lookByOwnName(deviceLook(volume));
    return found;
  }
  // A token read back proves the open as well: without one, the open alone is tried.
  const lookBoth = async (canary?: Look['canary']): Promise<void> => {
    const own = options.probe || canary !== undefined ? providerLook(volume, canary) : undefined;
    const proven = own === undefined ? undefined : await lookByOwnName(own);
    const unc = options.plainUnc && watching.isClaimed ? uncLook(volume, canary) : undefined;
    if (unc !== undefined) await lookByUncName(unc, own, proven);
  };
  if (options.plainUnc && volume.uncPrefix !== undefined && !(watching.isClaimed && uncLook(volume) !== undefined)) {
    const reason = 'not opened: it is not known that a WinFsp provider claims that name, and another may answer it';
    gaps.push({ namespace: volume.home, what: `plain UNC name of ${volume.uncPrefix}`, reason, ...watching.needs });
  }
  const planted = options.canary && !hangs && (await withCanary({ ...watching, letter }, lookBoth, signal));
  if (!planted) await lookBoth();
  if (providerLook(volume) === undefined && (options.probe || options.canary)) {
    gaps.push({
      namespace: volume.home,
      what: `probe of ${what}`,
      reason: 'the name of its provider could not be read',
      ...watching.needs,
    });
  }
  return found;
}

/** What was seen, by namespace. */
type Seen = ReadonlyMap<NamespaceId, Looked>;

/**
 * A name of its own that opens without the token in it leads to the volume all the same: the file system shows this
 * reader something else. That is no proof by a canary, and no refutation either.
 */
function withoutTheToken(root: Looked): Looked {
  const detail = `${root.evidence.detail ?? ''}; the token written inside was not shown to this reader`;
  return { ...root, evidence: { ...root.evidence, detail } };
}

/** How many of the namesakes show the token by their own name, or could not be seen to be without it. */
async function countSharers(
  around: Surroundings,
  view: NamespaceView,
  namesakes: readonly Volume[],
  canary: NonNullable<Look['canary']>,
  signal?: AbortSignal,
): Promise<number> {
  const may = await inParallel(namesakes, LOOKS_AT_ONCE, async namesake => {
    const own = providerLook(namesake, canary);
    if (own === undefined) return true;
    const token = await lookFrom(around, view, own, signal);
    if (token?.visible !== 'no') return true;
    const root = await lookFrom(around, view, withoutToken(own), signal);
    return root?.visible !== 'yes';
  });
  return may.filter(Boolean).length;
}

function rootLook(volume: Volume): Look | undefined {
  return volume.kind === 'disk' ? deviceLook(volume) : providerLook(volume);
}
