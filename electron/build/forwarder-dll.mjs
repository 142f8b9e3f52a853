// Makes a DLL that holds nothing but forwarders. Wine 8 has no bcryptprimitives.dll, which Windows programs written in
// Rust import one function of; advapi32 has the same under another name.

const IMAGE_BASE = 0x180000000n;
const SECTION_AT = 0x1000;
const FILE_ALIGNMENT = 0x200;

/** A 64-bit DLL of that name whose exports lead elsewhere: `{ ProcessPrng: 'advapi32.SystemFunction036' }`. */
export function forwarderDll(name, forwards) {
  const section = exportSection(
    name,
    Object.entries(forwards).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const rawSize = Math.ceil(section.length / FILE_ALIGNMENT) * FILE_ALIGNMENT;
  const head = Buffer.alloc(FILE_ALIGNMENT);
  head.write('MZ', 0, 'latin1');
  head.writeUInt32LE(0x40, 0x3c);
  head.write('PE\0\0', 0x40, 'latin1');
  head.writeUInt16LE(0x8664, 0x44); // machine: x86-64
  head.writeUInt16LE(1, 0x46); // sections
  head.writeUInt16LE(0xf0, 0x54); // size of the optional header
  head.writeUInt16LE(0x2022, 0x56); // executable, large addresses, DLL
  const optional = 0x58;
  head.writeUInt16LE(0x20b, optional); // PE32+
  head.writeUInt32LE(rawSize, optional + 8); // initialised data
  head.writeBigUInt64LE(IMAGE_BASE, optional + 24);
  head.writeUInt32LE(SECTION_AT, optional + 32); // section alignment
  head.writeUInt32LE(FILE_ALIGNMENT, optional + 36);
  head.writeUInt16LE(6, optional + 40); // operating system 6.0
  head.writeUInt16LE(6, optional + 48); // subsystem 6.0
  head.writeUInt32LE(SECTION_AT + Math.ceil(section.length / 0x1000) * 0x1000, optional + 56); // size of the image
  head.writeUInt32LE(FILE_ALIGNMENT, optional + 60); // size of the headers
  head.writeUInt16LE(3, optional + 68); // console
  head.writeUInt16LE(0x100, optional + 70); // no execution of data
  head.writeBigUInt64LE(0x100000n, optional + 72);
  head.writeBigUInt64LE(0x1000n, optional + 80);
  head.writeBigUInt64LE(0x100000n, optional + 88);
  head.writeBigUInt64LE(0x1000n, optional + 96);
  head.writeUInt32LE(16, optional + 108); // data directories
  head.writeUInt32LE(SECTION_AT, optional + 112); // exports
  head.writeUInt32LE(section.length, optional + 116);
  const table = optional + 0xf0;
  head.write('.edata', table, 'latin1');
  head.writeUInt32LE(section.length, table + 8);
  head.writeUInt32LE(SECTION_AT, table + 12);
  head.writeUInt32LE(rawSize, table + 16);
  head.writeUInt32LE(FILE_ALIGNMENT, table + 20);
  head.writeUInt32LE(0x40000040, table + 36); // initialised, readable
  return Buffer.concat([head, section, Buffer.alloc(rawSize - section.length)]);
}

/** The export directory: an address that lies inside it is a forwarder's text. */
function exportSection(dll, forwards) {
  const count = forwards.length;
  const tables = 40 + count * 10;
  const texts = [dll, ...forwards.flat()];
  const starts = [];
  let at = tables;
  for (const text of texts) {
    starts.push(at);
    at += text.length + 1;
  }
  const section = Buffer.alloc(at);
  texts.forEach((text, index) => {
    section.write(text, starts[index], 'latin1');
  });
  section.writeUInt32LE(SECTION_AT + starts[0], 12);
  section.writeUInt32LE(1, 16); // first ordinal
  section.writeUInt32LE(count, 20);
  section.writeUInt32LE(count, 24);
  section.writeUInt32LE(SECTION_AT + 40, 28); // addresses
  section.writeUInt32LE(SECTION_AT + 40 + count * 4, 32); // names
  section.writeUInt32LE(SECTION_AT + 40 + count * 8, 36); // ordinals
  forwards.forEach((_, index) => {
    section.writeUInt32LE(SECTION_AT + starts[2 + index * 2], 40 + index * 4);
    section.writeUInt32LE(SECTION_AT + starts[1 + index * 2], 40 + count * 4 + index * 4);
    section.writeUInt16LE(index, 40 + count * 8 + index * 2);
  });
  return section;
}
