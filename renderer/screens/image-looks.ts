import type { ImageRow, ImageVerdict } from '../../shared/domain/image-row.ts';
import type { Tone } from '../components/tone.ts';

/** The colour of a verdict on an image. */
export const RUNS_TONES: Readonly<Record<ImageVerdict['runs'], Tone>> = {
  yes: 'good',
  try: 'warning',
  untested: 'warning',
  'hyperv-only': 'bad',
  no: 'bad',
  unknown: 'muted',
};

export const SUPPORT_TONES: Readonly<Record<ImageRow['support'], Tone>> = {
  mainstream: 'good',
  extended: 'warning',
  ended: 'bad',
  unknown: 'muted',
};

const RUNS_ORDER: readonly ImageVerdict['runs'][] = ['yes', 'untested', 'try', 'unknown', 'hyperv-only', 'no'];

/** What runs first, what is here before what is not, then by name. */
export function sortImages(images: readonly ImageRow[]): ImageRow[] {
  return [...images].sort(
    (a, b) =>
      RUNS_ORDER.indexOf(a.verdict.runs) - RUNS_ORDER.indexOf(b.verdict.runs) ||
      Number(b.local) - Number(a.local) ||
      a.reference.localeCompare(b.reference, 'en', { numeric: true }),
  );
}

/** The part of a reference that tells images apart: `servercore:ltsc2022`. */
export function shortReference(reference: string): string {
  return reference.replace(/^mcr\.microsoft\.com\/(windows\/)?/, '');
}
