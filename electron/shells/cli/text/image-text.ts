import type { ImageRow, ImageVerdict } from '../../../../shared/domain/image-row.ts';
import { formatBytes } from '../../../../shared/wording/amounts.ts';
import { wordImageBecause, wordImageVerdict, wordRuns, wordSupport } from '../../../../shared/wording/word-image.ts';
import type { Page } from './page.ts';
import { faint, span, type Text, type Tone } from './style.ts';

const TONES: Record<ImageVerdict['runs'], Tone> = {
  yes: 'good',
  try: 'doubtful',
  untested: 'doubtful',
  'hyperv-only': 'bad',
  no: 'bad',
  unknown: 'doubtful',
};

/** Images by what becomes of them here: the verdict and its rule as a heading, those that run first. */
export function writeImages(page: Page, images: readonly ImageRow[]): void {
  const groups = new Map<string, ImageRow[]>();
  for (const image of images) {
    const key = wordImageVerdict(image.verdict);
    groups.set(key, [...(groups.get(key) ?? []), image]);
  }
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { runs, because } = first.verdict;
    page.gap().text([span(TONES[runs], wordRuns(runs)), `: ${wordImageBecause(because)}`]);
    page.table({ columns: ['IMAGE', 'HERE', 'SIZE', 'BUILD', 'SUPPORT'], rows: group.map(imageRow) }, 2);
  }
}

function imageRow({ reference, local, sizeBytes, build, support }: ImageRow): Text[] {
  return [
    reference,
    local ? 'yes' : faint('no'),
    sizeBytes === undefined ? '?' : formatBytes(sizeBytes),
    build === undefined ? '?' : String(build),
    wordSupport(support),
  ];
}
