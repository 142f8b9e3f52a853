import { imageRow, imageRows, type LocalImage as JudgedImage } from '../../../shared/domain/base-image.ts';
import type { HostFacts } from '../../../shared/domain/host-facts.ts';
import type { ImageRow } from '../../../shared/domain/image-row.ts';
import type { CallOptions, EngineConnection } from './engine-connection.ts';
import { inspectImage, type LocalImage, listImages } from './images.ts';

/** The rows of the image picker: what the engine has and what the catalogue offers, judged for this host and day. */
export async function readImageRows(
  connection: EngineConnection,
  facts: HostFacts,
  at: string,
  options?: CallOptions,
): Promise<readonly ImageRow[]> {
  const local = await listImages(connection, options);
  return imageRows(
    local.flatMap(image => image.references.map(reference => judged(image, reference))),
    facts,
    at,
  );
}

/** The row of one reference; `local: false` when the engine does not have it. */
export async function readImageRow(
  connection: EngineConnection,
  reference: string,
  facts: HostFacts,
  at: string,
  options?: CallOptions,
): Promise<ImageRow> {
  const image = await inspectImage(connection, reference, options);
  return imageRow(image === undefined ? { reference } : judged(image, reference), facts, at);
}

function judged(image: LocalImage, reference: string): JudgedImage {
  return {
    reference,
    id: image.id,
    sizeBytes: image.sizeBytes,
    ...(image.osVersion === undefined ? {} : { osVersion: image.osVersion }),
    ...(image.osType === '' ? {} : { os: image.osType }),
  };
}
