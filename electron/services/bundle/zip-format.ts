/** What a zip archive says of one of its files. Sizes in bytes; `offset`: of its local header. */
export interface ZipEntry {
  readonly name: string;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
  /** Its checksum and sizes follow its bytes, as nobody knew them before; its sizes are written in eight bytes where `long`. */
  readonly streamed?: { readonly long: boolean };
}

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const LONG_END = 0x06064b50;
const LONG_LOCATOR = 0x07064b50;
const END = 0x06054b50;
/** Deflate; ZIP64. */
const VERSIONS = { plain: 20, long: 45 } as const;
/** Names are UTF-8; checksum and sizes follow the bytes. */
const FLAGS = { utf8: 0x0800, streamed: 0x0008 } as const;
const DEFLATED = 8;
const MOST_16 = 0xffff;
const MOST_32 = 0xffff_ffff;
const LONG_FIELD = 1;

/** What stands before a file's bytes. Ground, here and below: PKWARE's APPNOTE 6.3.10, sections 4.3 to 4.5. */
export function localHeader(entry: ZipEntry, at: Date): Buffer {
  const { streamed } = entry;
  const told = streamed === undefined ? entry : { ...entry, crc: 0, packed: 0, size: 0 };
  const long = streamed?.long === true ? [0n, 0n] : [];
  return Buffer.concat([word(LOCAL), ...facts(told, at, streamed?.long === true, long)]);
}

/** What follows the bytes of a file whose checksum and sizes nobody knew before. */
export function dataDescriptor({ crc, packed, size, streamed }: ZipEntry): Buffer {
  const sizes = streamed?.long === true ? [long(packed), long(size)] : [word(packed), word(size)];
  return Buffer.concat([word(DESCRIPTOR), word(crc), ...sizes]);
}

/** The directory of an archive, which begins behind the last file, with the records that end it. */
export function zipDirectory(entries: readonly ZipEntry[], at: Date): Buffer {
  const last = entries.at(-1);
  const start = last === undefined ? 0 : endOf(last, at);
  const rows = entries.map(entry => centralHeader(entry, at));
  const size = rows.reduce((sum, { length }) => sum + length, 0);
  const count = entries.length;
  const isLong = count >= MOST_16 || start >= MOST_32 || size >= MOST_32;
  const more = isLong ? [longEnd(count, size, start)] : [];
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Math.min(count, MOST_16), 4);
  end.writeUInt16LE(Math.min(count, MOST_16), 6);
  end.writeUInt32LE(Math.min(size, MOST_32), 8);
  end.writeUInt32LE(Math.min(start, MOST_32), 12);
  return Buffer.concat([...rows, ...more, word(END), end]);
}

function centralHeader(entry: ZipEntry, at: Date): Buffer {
  const { packed, size, offset, streamed } = entry;
  const sizesAreLong = streamed?.long === true || packed >= MOST_32 || size >= MOST_32;
  const offsetIsLong = offset >= MOST_32;
  const extra = [...(sizesAreLong ? [BigInt(size), BigInt(packed)] : []), ...(offsetIsLong ? [BigInt(offset)] : [])];
  const [head = Buffer.alloc(0), ...tail] = facts(entry, at, sizesAreLong, extra);
  const place = Buffer.alloc(14);
  place.writeUInt32LE(Math.min(offset, MOST_32), 10);
  return Buffer.concat([word(CENTRAL), Buffer.from([VERSIONS.long, 0]), head, place, ...tail]);
}

/** The fields that both headers have, the name, and the field of eight-byte values. */
function facts(entry: ZipEntry, at: Date, sizesAreLong: boolean, values: readonly bigint[]): readonly Buffer[] {
  const title = Buffer.from(entry.name);
  const extra = values.length === 0 ? Buffer.alloc(0) : Buffer.concat([Buffer.alloc(4), ...values.map(long)]);
  if (extra.length > 0) {
    extra.writeUInt16LE(LONG_FIELD, 0);
    extra.writeUInt16LE(extra.length - 4, 2);
  }
  const head = Buffer.alloc(26);
  head.writeUInt16LE(values.length > 0 ? VERSIONS.long : VERSIONS.plain, 0);
  head.writeUInt16LE(FLAGS.utf8 | (entry.streamed === undefined ? 0 : FLAGS.streamed), 2);
  head.writeUInt16LE(DEFLATED, 4);
  head.writeUInt32LE(dosTime(at), 6);
  head.writeUInt32LE(entry.crc, 10);
  head.writeUInt32LE(sizesAreLong ? MOST_32 : entry.packed, 14);
  head.writeUInt32LE(sizesAreLong ? MOST_32 : entry.size, 18);
  head.writeUInt16LE(title.length, 22);
  head.writeUInt16LE(extra.length, 24);
  return [head, title, extra];
}

/** Where the next file begins, or the directory. */
export function endOf(entry: ZipEntry, at: Date): number {
  const descriptor = entry.streamed === undefined ? 0 : dataDescriptor(entry).length;
  return entry.offset + localHeader(entry, at).length + entry.packed + descriptor;
}

function longEnd(count: number, size: number, start: number): Buffer {
  const record = Buffer.alloc(12);
  record.writeUInt16LE(VERSIONS.long, 0);
  record.writeUInt16LE(VERSIONS.long, 2);
  const fields = [record, long(count), long(count), long(size), long(start)];
  const body = Buffer.concat(fields);
  return Buffer.concat([
    word(LONG_END),
    long(body.length),
    body,
    word(LONG_LOCATOR),
    word(0),
    long(start + size),
    word(1),
  ]);
}

function word(value: number): Buffer {
  const made = Buffer.alloc(4);
  made.writeUInt32LE(value);
  return made;
}

function long(value: number | bigint): Buffer {
  const made = Buffer.alloc(8);
  made.writeBigUInt64LE(BigInt(value));
  return made;
}

/** Two seconds are the finest that the format knows; years before 1980 are none. */
function dosTime(at: Date): number {
  const year = Math.max(0, at.getUTCFullYear() - 1980);
  const day = (year << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}
