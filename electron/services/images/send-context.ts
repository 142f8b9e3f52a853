import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import tar from 'tar-stream';
import type { BuiltImage, FoundFile } from '../../../shared/domain/image-recipe.ts';
import type { OpensFiles } from '../leads-to-partition.ts';
import { readHostFile } from './read-host-files.ts';

type Sent = BuiltImage['files'][number];

/**
 * The archive that a build is given: the Dockerfile, and each file by its name; nothing else ever. Files are read as they
 * are sent. `sent` is complete at the end of the stream.
 */
export function contextOf(
  host: OpensFiles,
  dockerfile: string,
  files: readonly FoundFile[],
  told: (sentBytes: number) => void,
  signal?: AbortSignal,
): { readonly stream: Readable; readonly sent: readonly Sent[] } {
  const sent: Sent[] = [];
  let sentBytes = 0;
  const pack = tar.pack();
  const fill = async (): Promise<void> => {
    pack.entry({ name: 'Dockerfile' }, dockerfile);
    for (const { name, from, sizeBytes } of files) {
      if (sizeBytes === undefined) continue;
      const hash = createHash('sha256');
      const entry = pack.entry({ name, size: sizeBytes });
      for await (const chunk of readHostFile(host, from, sizeBytes, signal)) {
        hash.update(chunk);
        sentBytes += chunk.length;
        if (!entry.write(chunk)) await new Promise<void>(resolve => entry.once('drain', () => resolve()));
        told(sentBytes);
      }
      entry.end(Buffer.alloc(0));
      sent.push({ name, sizeBytes, sha256: hash.digest('hex') });
    }
    pack.finalize();
  };
  async function* bytes(): AsyncGenerator<Uint8Array> {
    let failed: unknown;
    const filling = fill().catch((caught: unknown) => {
      failed = caught;
      pack.destroy();
    });
    try {
      for await (const chunk of pack) if (chunk instanceof Uint8Array) yield chunk;
    } catch (caught) {
      throw failed ?? caught;
    }
    await filling;
    if (failed !== undefined) throw failed;
  }
  return { stream: Readable.from(bytes(), { objectMode: false }), sent };
}
