import { z } from 'zod';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { PrunedImage } from '../../../shared/domain/image-prune.ts';
import type { CallOptions, EngineConnection } from '../engine/engine-connection.ts';
import { isNotFound } from '../engine/engine-errors.ts';
import { inspectImage } from '../engine/images.ts';
import { readAnswer } from '../engine/read-answer.ts';

const Removed = z.array(z.object({ Untagged: z.string().optional(), Deleted: z.string().optional() }));

export interface RemovedImage {
  /** Names that it no longer has. */
  readonly untagged: string[];
  /** Ids of the image and of layers that nobody needs any more; empty while it has other names. */
  readonly deleted: string[];
}

/** Removes a name, and with the last one the image. Never by force: an image in use is refused, with its user's name. */
export async function removeImage(
  connection: EngineConnection,
  reference: string,
  options?: CallOptions,
): Promise<RemovedImage> {
  const answer: unknown = await connection.order(
    'remove image',
    (docker, abortSignal): Promise<unknown> => docker.getImage(reference).remove({ abortSignal }),
    { timeoutMs: 300_000, ...options },
  );
  const lines = readAnswer(Removed, answer ?? [], 'remove image');
  return {
    untagged: lines.flatMap(({ Untagged }) => Untagged ?? []),
    deleted: lines.flatMap(({ Deleted }) => Deleted ?? []),
  };
}

/**
 * Removes the images of a plan, one after the other, each with all its names. What came into use since the plan was made
 * is kept, because the engine refuses it; what is gone already is left out.
 */
export async function pruneImages(
  connection: EngineConnection,
  ids: readonly string[],
  tell: (image: PrunedImage) => void,
  signal?: AbortSignal,
): Promise<PrunedImage[]> {
  const done: PrunedImage[] = [];
  for (const id of new Set(ids)) {
    const image = await inspectImage(connection, id, { signal });
    if (image === undefined) continue;
    const held = { id: image.id, references: [...image.references], sizeBytes: image.sizeBytes };
    const reason = await removeAll(connection, image.references.length === 0 ? [image.id] : image.references, signal);
    const told: PrunedImage =
      reason === undefined ? { ...held, outcome: 'removed' } : { ...held, outcome: 'kept', reason };
    done.push(told);
    tell(told);
  }
  return done;
}

/** Undefined when all went, else the engine's word why not. */
async function removeAll(
  connection: EngineConnection,
  references: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  for (const reference of references) {
    try {
      await removeImage(connection, reference, { signal });
    } catch (error) {
      if (isNotFound(error)) continue;
      if (error instanceof FaultError && error.fault.code === 'engine-refused' && error.fault.statusCode === 409) {
        return error.fault.raw;
      }
      throw error;
    }
  }
  return undefined;
}
