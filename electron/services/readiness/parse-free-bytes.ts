import { textLines } from '../../../shared/domain/text-lines.ts';

/**
 * Reads the free bytes off the last line of `dir`: `  4 Dir(s)  214,748,364,800 bytes free`. The words are localised
 * and so is what groups the digits: the last number of the last line it is. Undefined when there is none. Total.
 */
export function parseFreeBytes(text: string): number | undefined {
  const last = textLines(text).findLast(line => /\d/.test(line));
  const numbers = last?.match(/\d{1,3}(?:[.,' \u00a0\u2019\u202f]\d{3})+(?!\d)|\d+/g);
  const digits = numbers?.at(-1)?.replace(/\D/g, '');
  const bytes = digits === undefined || digits === '' ? Number.NaN : Number(digits);
  return Number.isSafeInteger(bytes) && (numbers?.length ?? 0) >= 2 ? bytes : undefined;
}
