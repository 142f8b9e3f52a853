import { sleep } from '../../../../shared/base/clock.ts';
import type { AnswerStream } from './answer.ts';
import { ApiError, messageOf } from './api-error.ts';
import type { EngineState } from './engine-state.ts';
import { progressBar } from './human-size.ts';
import type { Reference } from './image-reference.ts';
import { describeImage, type Image, type ImageLayer } from './image-store.ts';
import { refusePull } from './os-compatibility.ts';

/** How many layers are downloaded at a time, and how often progress is told (ms). Ground: moby daemon/config, pkg/progress. */
const PARALLEL = 3;
const TICK = 100;

/** What the registry holds under that name; refused with its words when there is nothing. */
export function findInRegistry(state: EngineState, reference: Reference): Image {
  const { registry, images } = state.options;
  const pushed = state.images.published().find(([familiar]) => familiar === reference.familiar);
  if (pushed !== undefined) return pushed[1];
  const known = [...registry, ...images].find(entry => entry.reference === reference.familiar);
  if (known !== undefined) return describeImage(known);
  const sameRepository = tagsInRegistry(state, reference.repository).length > 0;
  if (sameRepository) {
    throw new ApiError(404, `manifest for ${reference.familiar} not found: manifest unknown: manifest unknown`);
  }
  throw new ApiError(
    404,
    `pull access denied for ${reference.repository}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
  );
}

/** Every tag that a registry has of a repository, by name. */
export function tagsInRegistry(state: EngineState, repository: string): readonly string[] {
  const { registry, images } = state.options;
  const known = [...registry, ...images].map(entry => entry.reference);
  const all = [...known, ...state.images.published().map(([familiar]) => familiar)];
  return [...new Set(all)].filter(reference => reference.startsWith(`${repository}:`)).sort();
}

/** Why this host cannot take the image; told in the stream, before any layer. */
function refuse(state: EngineState, image: Image): string | undefined {
  if (image.scenario.base === 'linux')
    return 'cannot download image with operating system "linux" when requesting "windows"';
  return refusePull(image.scenario.osVersion, state.machine.version.build);
}

/** Pulls images one after the other over the machine's clock, telling each step as engine 28 does. An abort leaves no image behind. */
export async function pullImages(
  state: EngineState,
  wanted: readonly (readonly [image: Image, reference: Reference])[],
  to: AnswerStream,
  signal: AbortSignal,
): Promise<void> {
  const tell: Tell = line => to.write(`${JSON.stringify(line)}\r\n`);
  try {
    for (const [image, reference] of wanted) await fetchImage(state, image, reference, tell, signal);
  } catch (caught) {
    const message = messageOf(caught);
    await tell({ errorDetail: { message }, error: message });
  }
}

type Tell = (line: object) => Promise<void>;

/** The pull itself; what it fails with is the caller's to tell. */
export async function fetchImage(
  state: EngineState,
  image: Image,
  reference: Reference,
  tell: Tell,
  signal: AbortSignal,
): Promise<void> {
  await tell({ status: `Pulling from ${reference.repository.replace(/^[^/]*[.:][^/]*\//, '')}`, id: reference.tag });
  const refusal = refuse(state, image);
  if (refusal !== undefined) throw new Error(refusal);
  const isNew = state.images.byId(image.id) === undefined;
  if (isNew) await fetchLayers(state, image, reference, tell, signal);
  await tell({ status: `Digest: ${image.digest}` });
  state.images.add(image, reference);
  const what = isNew ? 'Downloaded newer image' : 'Image is up to date';
  state.events.log('image', 'pull', reference.familiar, { ...image.scenario.labels, name: reference.repository });
  await tell({ status: `Status: ${what} for ${reference.familiar}` });
}

interface Fetching {
  readonly layer: ImageLayer;
  readonly id: string;
  downloaded: number;
  extracted: number;
  phase: 'queued' | 'downloading' | 'downloaded' | 'extracting' | 'done';
  /** Set where the fault breaks the download. */
  readonly breaksAt: number | undefined;
}

async function fetchLayers(
  state: EngineState,
  image: Image,
  reference: Reference,
  tell: Tell,
  signal: AbortSignal,
): Promise<void> {
  const { engine, faults } = state.options;
  const fault = faults.find(planned => planned.kind === 'pull-breaks' && planned.reference === reference.familiar);
  const layers: Fetching[] = [];
  for (const [index, layer] of image.layers.entries()) {
    const id = layer.digest.slice(0, 12);
    if (state.images.hasLayer(layer.digest)) {
      await tell({ status: 'Already exists', progressDetail: {}, id });
      continue;
    }
    const breaks = fault?.kind === 'pull-breaks' && fault.layer === index + 1;
    layers.push({
      layer,
      id,
      downloaded: 0,
      extracted: 0,
      phase: 'queued',
      breaksAt: breaks ? Math.floor(layer.blobSize / 2) : undefined,
    });
    await tell({ status: 'Pulling fs layer', progressDetail: {}, id });
  }
  for (const { id } of layers.slice(PARALLEL)) await tell({ status: 'Waiting', progressDetail: {}, id });
  const message = fault?.kind === 'pull-breaks' ? fault.message : '';
  while (layers.some(({ phase }) => phase !== 'done')) {
    await sleep(state.machine.clock, TICK, signal);
    await download(layers, (engine.downloadBytesPerSecond * TICK) / 1_000, message, tell);
    await extract(layers, (engine.extractBytesPerSecond * TICK) / 1_000, tell);
  }
}

/** One tick of downloading: the bandwidth is shared by up to three layers. */
async function download(layers: readonly Fetching[], bytes: number, message: string, tell: Tell): Promise<void> {
  let left = bytes;
  for (let moved = bytes; left >= 1 && moved >= 1; ) {
    moved = 0;
    const active = layers.filter(({ phase }) => phase === 'queued' || phase === 'downloading').slice(0, PARALLEL);
    if (active.length === 0) return;
    const share = left / active.length;
    for (const fetching of active) {
      fetching.phase = 'downloading';
      const { layer, id } = fetching;
      // A layer that breaks does so half way, once those before it are complete.
      const wanted = Math.min(share, (fetching.breaksAt ?? layer.blobSize) - fetching.downloaded);
      fetching.downloaded += wanted;
      left -= wanted;
      moved += wanted;
      if (fetching.breaksAt !== undefined && fetching.downloaded >= fetching.breaksAt && areDone(layers, fetching)) {
        await progress(tell, 'Downloading', id, fetching.breaksAt, layer.blobSize);
        throw new Error(message);
      }
      if (fetching.downloaded >= layer.blobSize) {
        fetching.phase = 'downloaded';
        await progress(tell, 'Downloading', id, layer.blobSize, layer.blobSize);
        await tell({ status: 'Verifying Checksum', progressDetail: {}, id });
        await tell({ status: 'Download complete', progressDetail: {}, id });
      }
    }
  }
  for (const { phase, id, downloaded, layer } of layers) {
    if (phase === 'downloading') await progress(tell, 'Downloading', id, Math.floor(downloaded), layer.blobSize);
  }
}

const areDone = (layers: readonly Fetching[], until: Fetching): boolean =>
  layers.slice(0, layers.indexOf(until)).every(({ phase }) => phase === 'done');

/** One tick of extraction: one layer at a time, in the image's order. */
async function extract(layers: readonly Fetching[], bytes: number, tell: Tell): Promise<void> {
  let left = bytes;
  for (const fetching of layers) {
    if (fetching.phase === 'done') continue;
    if (fetching.phase !== 'downloaded' && fetching.phase !== 'extracting') return;
    fetching.phase = 'extracting';
    const { layer, id } = fetching;
    const wanted = Math.min(left, layer.blobSize - fetching.extracted);
    fetching.extracted += wanted;
    left -= wanted;
    await progress(tell, 'Extracting', id, Math.floor(fetching.extracted), layer.blobSize);
    if (fetching.extracted < layer.blobSize) return;
    fetching.phase = 'done';
    await tell({ status: 'Pull complete', progressDetail: {}, id });
  }
}

function progress(tell: Tell, status: string, id: string, current: number, total: number): Promise<void> {
  return tell({ status, progressDetail: { current, total }, progress: progressBar(current, total), id });
}
