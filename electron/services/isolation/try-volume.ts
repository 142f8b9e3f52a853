import { expectedOf } from '../../../shared/domain/isolation-rule.ts';
import { type IsolationCell, type IsolationViewer, IsolationWay } from '../../../shared/domain/isolation-test.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { type Look, lookFrom } from '../inspection/looking.ts';
import { letterEnd } from '../inspection/own-letter.ts';
import { withCanary } from '../inspection/plant-canary.ts';
import type { NamespaceView } from '../silos/namespace-view.ts';
import type { Surroundings } from '../surroundings.ts';
import { lookBy, nameOf, type Try } from './isolation-looks.ts';

/** Who looks; undefined: there is nobody there. */
export type Viewers = Readonly<Record<IsolationViewer, NamespaceView | undefined>>;

export interface VolumeTrial {
  readonly around: Surroundings;
  readonly volume: Volume;
  readonly viewers: Viewers;
  readonly plainUnc: boolean;
  /** Told after each try. */
  readonly tried: () => void;
}

/** So many tries a volume takes. */
export const TRIES_A_VOLUME = IsolationWay.options.length * 4;

const VIEWERS: readonly IsolationViewer[] = ['own', 'host', 'other-container', 'hyperv-container'];

/** Writes a token into a volume and looks for it by every way from everywhere. One try after the other: nothing is disturbed. */
export async function tryVolume(trial: VolumeTrial, signal?: AbortSignal): Promise<IsolationCell[]> {
  const { around, volume, viewers } = trial;
  const cells: IsolationCell[] = [];
  const gaps: { readonly reason: string }[] = [];
  // The test mounted it there itself.
  const letter = volume.mountPoints.find(one => /^[A-Z]:$/i.test(one));
  const planting = { around, volume, home: viewers.own, letter, gaps: [] };
  const planted = await withCanary(
    planting,
    async canary => {
      for (const from of VIEWERS) {
        for (const way of IsolationWay.options) cells.push(await tryWay(trial, from, way, canary, signal));
      }
    },
    signal,
  );
  gaps.push(...planting.gaps);
  if (planted) return cells;
  const detail = gaps.map(({ reason }) => reason).join('; ');
  return VIEWERS.flatMap(from =>
    IsolationWay.options.map(
      (way): IsolationCell => ({
        ...cellOf(volume, from, way),
        outcome: 'not-tried',
        why: 'no-token',
        detail,
      }),
    ),
  );
}

async function tryWay(
  { around, volume, viewers, plainUnc, tried }: VolumeTrial,
  from: IsolationViewer,
  way: IsolationWay,
  canary: NonNullable<Look['canary']>,
  signal?: AbortSignal,
): Promise<IsolationCell> {
  signal?.throwIfAborted();
  const cell = cellOf(volume, from, way);
  const view = viewers[from];
  const isOnAnotherKernel = from === 'hyperv-container' && view !== undefined;
  const how = lookBy(way, volume, canary, { plainUnc, isOnAnotherKernel });
  const held = await heldBack(around, view, how, volume, signal);
  if (held !== undefined) {
    tried();
    return { ...cell, ...held };
  }
  const looked = 'look' in how && view !== undefined ? await lookFrom(around, view, how.look, signal) : undefined;
  tried();
  if (looked === undefined) {
    const name = nameOf(way, volume);
    const why = 'why' in how ? how.why : 'no-viewer';
    return { ...cell, outcome: 'not-tried', why, ...(name === undefined ? {} : { detail: name }) };
  }
  const { detail, elapsedMs } = looked.evidence;
  return {
    ...cell,
    outcome: looked.visible === 'yes' ? 'reached' : looked.visible === 'no' ? 'not-reached' : 'no-answer',
    ...(detail === undefined ? {} : { detail }),
    ...(elapsedMs === undefined ? {} : { elapsedMs }),
  };
}

/** What comes of a letter on the host without its being opened: whose it is there the test has no say in. */
async function heldBack(
  { host }: Surroundings,
  view: NamespaceView | undefined,
  how: Try,
  volume: Volume,
  signal?: AbortSignal,
): Promise<Pick<IsolationCell, 'outcome' | 'why' | 'detail'> | undefined> {
  if (view?.namespace.id !== HOST_NAMESPACE || !('look' in how) || how.look.target.by !== 'drive') return undefined;
  const { mountPoint } = how.look.target;
  switch (await letterEnd(host.objects, mountPoint, volume, signal)) {
    case 'here':
      return undefined;
    case 'nowhere':
      return { outcome: 'not-reached', detail: `\\??\\${mountPoint}: not-found` };
    case 'elsewhere':
      return { outcome: 'not-tried', why: 'leads-elsewhere', detail: mountPoint };
    case 'unread':
      return { outcome: 'not-tried', why: 'name-not-known', detail: mountPoint };
  }
}

function cellOf(volume: Volume, from: IsolationViewer, way: IsolationWay): Omit<IsolationCell, 'outcome'> {
  return { volume: volume.kind, from, way, ...expectedOf(volume.kind, from, way) };
}
