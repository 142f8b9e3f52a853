import type { PullProgress } from '../../../shared/domain/launch.ts';

type LayerPhase = PullProgress['layers'][number]['phase'];

interface Layer {
  readonly id: string;
  readonly phase: LayerPhase;
  readonly downloaded: number;
  readonly extracted: number;
  readonly total: number;
}

/** What is known of a pull. `error`: the engine's sentence when it gave up, with the layer that was busy last. */
export interface PullState {
  readonly image: string;
  readonly layers: readonly Layer[];
  readonly fraction: number;
  /** `Status: Downloaded newer image for ...` or `Image is up to date` was seen. */
  readonly complete: boolean;
  readonly error?: { readonly message: string; readonly layer?: string };
  readonly lastLayer?: string;
}

export const startedPull = (image: string): PullState => ({ image, layers: [], fraction: 0, complete: false });

const MOST_BYTES = 2 ** 60;

const ORDER: readonly LayerPhase[] = ['waiting', 'downloading', 'downloaded', 'extracting', 'done'];

/**
 * The state after one object of the engine's pull stream. Total, and `fraction` never falls: the sum of bytes grows
 * while layers announce their sizes, so a smaller quotient than the one shown is not shown.
 * Ground: moby daemon/internal/distribution (status words), the order as observed.
 */
export function applyPullLine(state: PullState, line: unknown): PullState {
  if (state.complete || state.error !== undefined || typeof line !== 'object' || line === null) return state;
  const status = text(line, 'status');
  const id = text(line, 'id');
  const message = text(line, 'error') ?? text(Reflect.get(line, 'errorDetail'), 'message');
  if (message !== undefined) {
    const layer = id ?? state.lastLayer;
    return { ...state, error: { message, ...(layer === undefined ? {} : { layer }) } };
  }
  if (status === undefined) return state;
  if (status.startsWith('Status: ')) return { ...state, complete: true, fraction: 1 };
  if (id === undefined || status.startsWith('Pulling from ')) return state;
  const next = layerStep(status);
  if (next === undefined) return state;
  const before = state.layers.find(layer => layer.id === id) ?? {
    id,
    phase: 'waiting',
    downloaded: 0,
    extracted: 0,
    total: 0,
  };
  const after = advance(before, next, progressOf(line));
  const layers = state.layers.includes(before)
    ? state.layers.map(l => (l === before ? after : l))
    : [...state.layers, after];
  return { ...state, layers, lastLayer: id, fraction: Math.max(state.fraction, Math.min(0.999, fractionOf(layers))) };
}

/** The state as it is told. `done` only when the engine said so. */
export function pullProgress(state: PullState): PullProgress {
  const phase = state.complete
    ? 'done'
    : state.layers.some(layer => layer.phase === 'extracting')
      ? 'extracting'
      : state.layers.length === 0
        ? 'resolving'
        : state.layers.every(layer => layer.phase !== 'waiting' && layer.phase !== 'downloading')
          ? 'extracting'
          : 'downloading';
  return { image: state.image, phase, layers: state.layers.map(layer => ({ ...layer })), fraction: state.fraction };
}

function layerStep(status: string): LayerPhase | undefined {
  switch (status) {
    case 'Pulling fs layer':
    case 'Waiting':
      return 'waiting';
    case 'Downloading':
      return 'downloading';
    case 'Verifying Checksum':
    case 'Download complete':
      return 'downloaded';
    case 'Extracting':
      return 'extracting';
    case 'Pull complete':
      return 'done';
    case 'Already exists':
      return 'exists';
    default:
      return undefined;
  }
}

function advance(layer: Layer, to: LayerPhase, progress: { current: number; total: number } | undefined): Layer {
  if (layer.phase === 'exists' || layer.phase === 'done') return layer;
  const total = Math.max(layer.total, progress?.total ?? 0);
  if (to === 'exists') return { ...layer, phase: 'exists', total, downloaded: total, extracted: total };
  // A retried download starts at zero again; what was shown stays shown.
  const phase = ORDER.indexOf(to) > ORDER.indexOf(layer.phase) ? to : layer.phase;
  const past = (mark: LayerPhase): boolean => ORDER.indexOf(phase) >= ORDER.indexOf(mark);
  const current = Math.min(progress?.current ?? 0, total);
  const downloaded = past('downloaded') ? total : Math.max(layer.downloaded, to === 'downloading' ? current : 0);
  const extracted = past('done') ? total : Math.max(layer.extracted, to === 'extracting' ? current : 0);
  return { ...layer, phase, total, downloaded, extracted };
}

/** Half of the way is the download, half the extraction; layers of unknown size weigh as much as the mean known one. */
function fractionOf(layers: readonly Layer[]): number {
  const known = layers.filter(layer => layer.total > 0);
  const mean = known.length === 0 ? 1 : known.reduce((sum, layer) => sum + layer.total, 0) / known.length;
  let done = 0;
  let all = 0;
  for (const layer of layers) {
    const weight = layer.total > 0 ? layer.total : mean;
    all += weight;
    if (layer.phase === 'exists' || layer.phase === 'done') done += weight;
    else if (layer.total > 0) done += (layer.downloaded + layer.extracted) / 2;
  }
  return all === 0 ? 0 : done / all;
}

function progressOf(line: object): { current: number; total: number } | undefined {
  const detail: unknown = Reflect.get(line, 'progressDetail');
  if (typeof detail !== 'object' || detail === null) return undefined;
  const number = (name: string): number => {
    const value: unknown = Reflect.get(detail, name);
    // No layer is that large; sums of larger numbers would overflow.
    return typeof value === 'number' && value > 0 ? Math.min(value, MOST_BYTES) : 0;
  };
  return { current: number('current'), total: number('total') };
}

function text(holder: unknown, name: string): string | undefined {
  if (typeof holder !== 'object' || holder === null) return undefined;
  const value: unknown = Reflect.get(holder, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
