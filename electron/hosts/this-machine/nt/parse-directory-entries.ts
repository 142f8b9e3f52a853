import type { ObjectEntry } from '../../host.ts';
import { type FilledBuffer, isNullString, readUnicodeString, UNICODE_STRING_BYTES } from '../../unicode-string.ts';

/** OBJECT_DIRECTORY_INFORMATION: the name and the type's name, as two UNICODE_STRINGs. */
export const DIRECTORY_ENTRY_BYTES = 2 * UNICODE_STRING_BYTES;

/**
 * Reads what NtQueryDirectoryObject left in a buffer: entries up to one of zeros, or up to `limit` (1 in single-entry
 * mode). Strings that point out of the buffer end the reading: what came before is kept. Total.
 * Ground: Microsoft's page on NtQueryDirectoryObject.
 */
export function parseDirectoryEntries(buffer: FilledBuffer, limit = Number.POSITIVE_INFINITY): readonly ObjectEntry[] {
  const entries: ObjectEntry[] = [];
  for (let at = 0; at + DIRECTORY_ENTRY_BYTES <= buffer.bytes.length && entries.length < limit; ) {
    if (isNullString(buffer, at) && isNullString(buffer, at + UNICODE_STRING_BYTES)) break;
    const name = readUnicodeString(buffer, at);
    const type = readUnicodeString(buffer, at + UNICODE_STRING_BYTES);
    if (name === undefined || type === undefined) break;
    entries.push({ name, type });
    at += DIRECTORY_ENTRY_BYTES;
  }
  return entries;
}
