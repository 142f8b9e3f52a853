/** Bytes of the directory's head, and of one entry in it. */
const HEAD = 6;
const ENTRY = 16;
const BITMAP_HEAD = 40;

/**
 * An icon file of Windows: a directory, then one picture each. Small pictures are bitmaps, which every reader takes;
 * from 256 on they are PNG, as Windows has had it since Vista.
 */
export function icoFile(images) {
  const pictures = images.map(image => (image.size >= 256 ? image.png : bitmap(image)));
  const directory = Buffer.alloc(HEAD + ENTRY * images.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(images.length, 4);
  let offset = directory.length;
  images.forEach(({ size }, index) => {
    const at = HEAD + ENTRY * index;
    // 0 stands for 256.
    directory.writeUInt8(size % 256, at);
    directory.writeUInt8(size % 256, at + 1);
    directory.writeUInt16LE(1, at + 4);
    directory.writeUInt16LE(32, at + 6);
    directory.writeUInt32LE(pictures[index].length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += pictures[index].length;
  });
  return Buffer.concat([directory, ...pictures]);
}

/** A 32-bit bitmap, rows from the bottom, with the one-bit mask behind it that only very old readers look at. */
function bitmap({ size, rgba }) {
  const maskRow = Math.ceil(size / 32) * 4;
  const made = Buffer.alloc(BITMAP_HEAD + size * size * 4 + maskRow * size);
  made.writeUInt32LE(BITMAP_HEAD, 0);
  made.writeInt32LE(size, 4);
  // Twice the height: the picture and its mask.
  made.writeInt32LE(size * 2, 8);
  made.writeUInt16LE(1, 12);
  made.writeUInt16LE(32, 14);
  made.writeUInt32LE(size * size * 4 + maskRow * size, 20);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const from = ((size - 1 - row) * size + column) * 4;
      const to = BITMAP_HEAD + (row * size + column) * 4;
      const [red, green, blue, alpha] = rgba.subarray(from, from + 4);
      made.set([blue, green, red, alpha], to);
      if (alpha === 0) made[BITMAP_HEAD + size * size * 4 + row * maskRow + (column >> 3)] |= 0x80 >> (column & 7);
    }
  }
  return made;
}
