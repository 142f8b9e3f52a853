/** Bytes of a UNICODE_STRING on 64-bit Windows: u16 Length, u16 MaximumLength, padding, pointer at 8. */
export const UNICODE_STRING_BYTES = 16;

/** A buffer as the kernel filled it: pointers inside are addresses, and count from where the buffer stands in memory. */
export interface FilledBuffer {
  readonly bytes: Buffer;
  readonly address: bigint;
}

/**
 * Reads the UNICODE_STRING at `offset` whose characters lie in the same buffer; undefined when it does not lie wholly
 * inside, or is half a character long. A null string (no length, no pointer) is empty.
 */
export function readUnicodeString({ bytes, address }: FilledBuffer, offset: number): string | undefined {
  if (offset < 0 || offset + UNICODE_STRING_BYTES > bytes.length) return undefined;
  const length = bytes.readUInt16LE(offset);
  if (length === 0) return '';
  if (length % 2 === 1) return undefined;
  const start = bytes.readBigUInt64LE(offset + 8) - address;
  if (start < 0n || start + BigInt(length) > BigInt(bytes.length)) return undefined;
  return bytes.toString('utf16le', Number(start), Number(start) + length);
}

/** True for a UNICODE_STRING of zeros: the end of an array of them. */
export function isNullString({ bytes }: FilledBuffer, offset: number): boolean {
  return bytes.readUInt32LE(offset) === 0 && bytes.readBigUInt64LE(offset + 8) === 0n;
}
