import { crc32, deflateRawSync } from 'node:zlib';
import { endOf, localHeader, type ZipEntry, zipDirectory } from './zip-format.ts';

/** A file in an archive. Names are relative, with slashes. */
export interface ZippedFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** A zip archive of files, all of one time, as a whole. */
export function zipFile(files: readonly ZippedFile[], at: Date): Buffer {
  const bodies: Buffer[] = [];
  const entries: ZipEntry[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const raw = Buffer.from(content);
    const body = deflateRawSync(raw);
    const entry: ZipEntry = { name, crc: crc32(raw), packed: body.length, size: raw.length, offset };
    entries.push(entry);
    bodies.push(localHeader(entry, at), body);
    offset = endOf(entry, at);
  }
  return Buffer.concat([...bodies, zipDirectory(entries, at)]);
}
