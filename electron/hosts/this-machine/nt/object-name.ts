import { UNICODE_STRING_BYTES } from '../../unicode-string.ts';
import { LAYOUTS } from './layouts.ts';
import type { Koffi } from './windows-functions.ts';

const OBJ_CASE_INSENSITIVE = 0x40;
/** A UNICODE_STRING's length is a u16, in bytes, and names are whole characters. */
const LONGEST_NAME = 65_534;

/** Objects as the kernel is told of them, by OBJECT_ATTRIBUTES. */
export interface ObjectNames {
  /** The object of that name, in any case. Good until the next one is named: calls are made one at a time. */
  readonly named: (path: string) => Buffer;
  /** One that is known by something else than a name. */
  readonly nameless: Buffer;
}

/**
 * One set of buffers for all calls, so that a walk of thousands of names allocates nothing. What points into them is an
 * address that V8 knows nothing of: they live as long as this does, and are never left to be collected in the middle of a
 * call.
 */
export function objectNames(koffi: Pick<Koffi, 'address'>): ObjectNames {
  const { bytes, Length, ObjectName, Attributes } = LAYOUTS.OBJECT_ATTRIBUTES;
  const text = Buffer.alloc(LONGEST_NAME + 2);
  const name = Buffer.alloc(UNICODE_STRING_BYTES);
  const attributes = Buffer.alloc(bytes);
  const nameless = Buffer.alloc(bytes);
  name.writeBigUInt64LE(koffi.address(text), 8);
  for (const one of [attributes, nameless]) one.writeUInt32LE(bytes, Length);
  attributes.writeBigUInt64LE(koffi.address(name), ObjectName);
  attributes.writeUInt32LE(OBJ_CASE_INSENSITIVE, Attributes);
  return {
    named(path) {
      const length = text.write(path, 0, LONGEST_NAME, 'utf16le');
      name.writeUInt16LE(length, 0);
      name.writeUInt16LE(length, 2);
      return attributes;
    },
    nameless,
  };
}
