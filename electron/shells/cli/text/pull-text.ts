import type { PullProgress } from '../../../../shared/domain/launch.ts';
import { formatBytes } from '../../../../shared/wording/amounts.ts';
import { wordPullPhase } from '../../../../shared/wording/word-launch.ts';
import { bar } from './bar.ts';
import type { Page } from './page.ts';
import { faint } from './style.ts';

type Layer = PullProgress['layers'][number];

/** A pull as it stands: the whole, then what each unfinished layer does. */
export function writePull(page: Page, { image, phase, fraction, layers }: PullProgress): void {
  page.text([`${bar(fraction)}  ${wordPullPhase(phase)} `, faint(image)]);
  const busy = layers.filter(({ phase }) => phase === 'downloading' || phase === 'extracting');
  for (const layer of busy) page.text(faint(layerLine(layer)), { indent: 2 });
}

function layerLine({ id, phase, downloaded, extracted, total }: Layer): string {
  const [word, done] = phase === 'extracting' ? ['extracting ', extracted] : ['downloading', downloaded];
  const share = total > 0 ? ` ${bar(done / total, 12)} of ${formatBytes(total)}` : '';
  return `${id.slice(0, 12)} ${word}${share}`;
}
