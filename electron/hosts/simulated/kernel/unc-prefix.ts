import { foldName } from './fold-name.ts';
import { STATUS, systemCallError } from './status.ts';

const LONGEST_PREFIX = 192;

/**
 * The prefix of a network volume as the FSD takes it: `\class\instance`, exactly one leading backslash, at least one
 * more, trailing ones stripped, shorter than 192 characters. Throws 0xC000000D. Ground: winfsp src/sys/volume.c.
 */
export function volumePrefix(given: string): string {
  const prefix = given.replace(/\\+$/, '');
  const wellFormed = /^\\[^\\]/.test(prefix) && prefix.indexOf('\\', 1) > 0 && given.length < LONGEST_PREFIX;
  if (!wellFormed) throw systemCallError(STATUS.INVALID_PARAMETER, `volume prefix ${given}`);
  return prefix;
}

/** `\class` of `\class\...`; undefined when there is nothing after the first component. */
export function classOf(path: string): string | undefined {
  const second = path.indexOf('\\', 1);
  return second > 1 && path.startsWith('\\') ? path.slice(0, second) : undefined;
}

/** Whether `path` is `prefix` or below it, component by component and whatever the case. */
export function isBelow(path: string, prefix: string): boolean {
  if (path.length < prefix.length) return false;
  const next = path.charAt(prefix.length);
  return (next === '' || next === '\\') && foldName(path.slice(0, prefix.length)) === foldName(prefix);
}
