import { z } from 'zod';
import type { ImagePrunePlan, PruneScope } from '../../../shared/domain/image-prune.ts';
import type { CallOptions, EngineConnection } from '../engine/engine-connection.ts';
import { listImages } from '../engine/images.ts';
import { readAnswer } from '../engine/read-answer.ts';

const Item = z.object({
  Names: z.array(z.string()).nullish(),
  Id: z.string(),
  ImageID: z.string().catch(''),
});

/** Sorts the local images into what a prune removes and what stays. Stopped containers hold their image, too. */
export async function planPrune(
  connection: EngineConnection,
  scope: PruneScope,
  options?: CallOptions,
): Promise<ImagePrunePlan> {
  const [images, users] = await Promise.all([listImages(connection, options), imageUsers(connection, options)]);
  const remove: ImagePrunePlan['remove'] = [];
  const keep: ImagePrunePlan['keep'] = [];
  for (const { id, references, sizeBytes } of images) {
    const held = { id, references: [...references], sizeBytes };
    const containers = users.get(id) ?? [];
    if (containers.length > 0) keep.push({ ...held, because: 'used-by-containers', containers });
    else if (references.length === 0) remove.push({ ...held, because: 'dangling' });
    else if (scope === 'unused') remove.push({ ...held, because: 'unused' });
    else keep.push({ ...held, because: 'has-a-name', containers });
  }
  return { remove, keep, bytes: remove.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
}

/** Names of the containers by the id of their image, stopped ones too. */
async function imageUsers(connection: EngineConnection, options?: CallOptions): Promise<ReadonlyMap<string, string[]>> {
  const answer: unknown = await connection.ask(
    'list containers',
    (docker, abortSignal) => docker.listContainers({ all: true, abortSignal }),
    options,
  );
  const users = new Map<string, string[]>();
  for (const { Id, Names, ImageID } of readAnswer(z.array(Item), answer ?? [], 'list containers')) {
    const name = (Names?.[0] ?? Id.slice(0, 12)).replace(/^\//, '');
    users.set(ImageID, [...(users.get(ImageID) ?? []), name]);
  }
  return users;
}
