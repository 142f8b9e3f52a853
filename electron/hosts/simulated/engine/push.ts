import { sleep } from '../../../../shared/base/clock.ts';
import type { AnswerStream } from './answer.ts';
import { messageOf } from './api-error.ts';
import type { EngineState } from './engine-state.ts';
import { progressBar } from './human-size.ts';
import type { Reference } from './image-reference.ts';
import type { Image, ImageLayer } from './image-store.ts';

export interface PushRequest {
  /** One tag, or all that the repository has here. */
  readonly tags: 'all' | Reference;
  readonly repository: string;
  /** A user is named in `X-Registry-Auth`: the simulated registries believe every password. */
  readonly isSignedIn: boolean;
}

/** How often progress is told, in milliseconds. */
const TICK = 100;

/** Pushes into the simulated registry, told as engine 28 tells it; what is pushed can be pulled from then on. Ground: moby distribution/push.go. */
export async function pushImage(
  state: EngineState,
  { tags, repository, isSignedIn }: PushRequest,
  to: AnswerStream,
  signal: AbortSignal,
): Promise<void> {
  const tell = (line: object): Promise<void> => to.write(`${JSON.stringify(line)}\r\n`);
  const host = /^[^/]*[.:][^/]*(?=\/)/.exec(repository)?.[0];
  try {
    await tell({ status: `The push refers to repository [${host === undefined ? hubName(repository) : repository}]` });
    const held = state.images
      .all()
      .flatMap(image => image.tags.filter(tag => tag.repository === repository).map(tag => [tag, image] as const));
    if (held.length === 0) throw new Error(`An image does not exist locally with the tag: ${repository}`);
    const wanted = tags === 'all' ? held : held.filter(([{ familiar }]) => familiar === tags.familiar);
    if (wanted.length === 0 && tags !== 'all') throw new Error(`tag does not exist: ${tags.familiar}`);
    // Docker Hub asks who it is; Microsoft's registry takes nothing from anybody.
    if (host === 'mcr.microsoft.com' || (host === undefined && !isSignedIn)) {
      throw new Error('denied: requested access to the resource is denied');
    }
    for (const [tag, image] of wanted) await pushTag(state, tag, image, tell, signal);
    state.events.log('image', 'push', tags === 'all' ? repository : tags.familiar, { name: repository });
  } catch (caught) {
    const message = messageOf(caught);
    await tell({ errorDetail: { message }, error: message });
  }
}

const hubName = (repository: string): string =>
  `docker.io/${repository.includes('/') ? repository : `library/${repository}`}`;

type Tell = (line: object) => Promise<void>;

async function pushTag(
  state: EngineState,
  tag: Reference,
  image: Image,
  tell: Tell,
  signal: AbortSignal,
): Promise<void> {
  const layers = image.layers.toReversed();
  for (const layer of layers) await tell({ status: 'Preparing', progressDetail: {}, id: idOf(layer) });
  for (const layer of layers) {
    const id = idOf(layer);
    if (state.images.isInRegistry(layer.digest)) {
      await tell({ status: 'Layer already exists', progressDetail: {}, id });
      continue;
    }
    const step = Math.max(1, (state.options.engine.downloadBytesPerSecond * TICK) / 1_000);
    for (let sent = 0; sent < layer.blobSize; ) {
      await sleep(state.machine.clock, TICK, signal);
      sent = Math.min(layer.blobSize, sent + step);
      const progressDetail = { current: Math.floor(sent), total: layer.blobSize };
      await tell({ status: 'Pushing', progressDetail, progress: progressBar(sent, layer.blobSize), id });
    }
    await tell({ status: 'Pushed', progressDetail: {}, id });
  }
  state.images.publish(image, tag);
  const size = 500 + image.layers.length * 150;
  await tell({ status: `${tag.tag}: digest: ${image.digest} size: ${size}` });
  await tell({ progressDetail: {}, aux: { Tag: tag.tag, Digest: image.digest, Size: size } });
}

/** A push tells layers by their diff ids. */
const idOf = ({ diffId }: ImageLayer): string => diffId.replace('sha256:', '').slice(0, 12);
