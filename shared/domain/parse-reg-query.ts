import { textLines } from './text-lines.ts';

/** One value as `reg.exe query` prints it. */
export interface RegistryValue {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly data: string;
}

/**
 * Reads the answer of `reg.exe query KEY [/v NAME]`: an unindented key, then four blanks, name, type and data apart by
 * four blanks. A name may hold blanks itself, hence the type is what splits the line. Total.
 */
export function parseRegQuery(text: string): readonly RegistryValue[] {
  const found: RegistryValue[] = [];
  let key = '';
  for (const line of textLines(text)) {
    if (/^HK/i.test(line)) {
      key = line;
      continue;
    }
    const match = /^\s+(.+?)\s{2,}(REG_[A-Z_]+)(?:\s{1,4}(.*))?$/.exec(line);
    if (match === null || key === '') continue;
    const [, name = '', type = '', data = ''] = match;
    found.push({ key, name, type, data });
  }
  return found;
}

/** The data of the value of that name (any case) in the answer of `reg.exe query`, if it is there. */
export function registryData(text: string, name: string): string | undefined {
  return parseRegQuery(text).find(value => value.name.toLowerCase() === name.toLowerCase())?.data;
}
