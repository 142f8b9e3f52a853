import { z } from 'zod';
import type { CallOptions, EngineConnection } from './engine-connection.ts';
import { isNotFound } from './engine-errors.ts';
import { readAnswer } from './read-answer.ts';

/** A local image as far as the picker needs it. */
export interface LocalImage {
  readonly id: string;
  readonly references: readonly string[];
  readonly sizeBytes: number;
  readonly osType: string;
  /** `10.0.20348.2966`. */
  readonly osVersion?: string;
}

const Item = z.object({
  Id: z.string(),
  RepoTags: z.array(z.string()).nullish(),
  Size: z.number().catch(0),
});
const Inspected = z.object({
  Id: z.string(),
  RepoTags: z.array(z.string()).nullish(),
  Size: z.number().catch(0),
  Os: z.string().catch(''),
  OsVersion: z.string().nullish().catch(undefined),
});

/** Local images with their `os.version`, which only inspect tells. Images removed meanwhile are left out. */
export async function listImages(connection: EngineConnection, options?: CallOptions): Promise<readonly LocalImage[]> {
  const answer: unknown = await connection.ask(
    'list images',
    (docker, abortSignal) => docker.listImages({ abortSignal }),
    options,
  );
  const items = readAnswer(z.array(Item), answer ?? [], 'list images');
  const images = await Promise.all(items.map(item => inspectImage(connection, item.Id, options)));
  return images.filter(image => image !== undefined);
}

/** One image, or undefined when it is not here. */
export async function inspectImage(
  connection: EngineConnection,
  reference: string,
  options?: CallOptions,
): Promise<LocalImage | undefined> {
  try {
    const answer: unknown = await connection.ask(
      'inspect image',
      (docker): Promise<unknown> => docker.getImage(reference).inspect(),
      options,
    );
    const item = readAnswer(Inspected, answer, 'inspect image');
    return {
      id: item.Id,
      references: (item.RepoTags ?? []).filter(tag => tag !== '<none>:<none>'),
      sizeBytes: item.Size,
      osType: item.Os,
      ...(typeof item.OsVersion === 'string' ? { osVersion: item.OsVersion } : {}),
    };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
