import { z } from 'zod';

/** A version of Siloscope, e.g. `1.4.0` or `1.5.0-preview.2`. Ground: semver.org 2.0.0. */
const VERSION = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z.-]{1,60}))?(?:\+[0-9A-Za-z.-]{1,60})?$/;

/** The newest version of Siloscope that wrote a file. What is no version says nothing, and is no mistake. */
export const WrittenBy = z.string().optional().describe('The newest version of Siloscope that wrote it.');

/** Whether `text` is a later version than `than`. What is no version is later than nothing. Total. */
export function isLaterRelease(text: string | undefined, than: string | undefined): boolean {
  const [one, other] = [partsOf(text), partsOf(than)];
  if (one === undefined || other === undefined) return false;
  for (const [index, number] of one.numbers.entries()) {
    const rival = other.numbers[index] ?? 0;
    if (number !== rival) return number > rival;
  }
  return comparePreviews(one.preview, other.preview) > 0;
}

function partsOf(text: string | undefined) {
  const found = text === undefined ? null : VERSION.exec(text);
  if (found === null) return undefined;
  const [, major, minor, patch, preview] = found;
  return { numbers: [Number(major), Number(minor), Number(patch)], preview: preview?.split('.') };
}

/** A preview is before its release; numbers go before words, and by size. */
function comparePreviews(one: readonly string[] | undefined, other: readonly string[] | undefined): number {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  for (const [index, part] of one.entries()) {
    const rival = other[index];
    if (rival === undefined) return 1;
    if (part === rival) continue;
    const [isNumber, isRivalNumber] = [part, rival].map(text => /^\d+$/.test(text));
    if (isNumber !== isRivalNumber) return isNumber === true ? -1 : 1;
    if (isNumber === true && Number(part) !== Number(rival)) return Number(part) - Number(rival);
    return part > rival ? 1 : -1;
  }
  return one.length - other.length;
}
