import { ProgressBar } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { PullProgress } from '../../shared/domain/launch.ts';
import { imagesWords } from '../../shared/wording/screen-images.ts';
import { wordPullPhase } from '../../shared/wording/word-launch.ts';
import css from './PullBars.module.css';

export interface PullBarsProps {
  readonly progress: PullProgress;
  readonly remainingMs?: number | undefined;
}

/** A pull: one bar for the whole image, and for each layer its two phases. */
export function PullBars({ progress, remainingMs }: PullBarsProps): ReactElement {
  return (
    <div className={css['pull']}>
      <ProgressBar value={progress.fraction} thickness="large" aria-label={progress.image} />
      <div className={css['line']}>
        <span className={css['strong']}>{imagesWords.percent(progress.fraction)}</span>
        <span>{wordPullPhase(progress.phase)}</span>
        {remainingMs !== undefined && <span>{imagesWords.remaining(remainingMs)}</span>}
      </div>
      {progress.layers.length > 0 && (
        <details className={css['layers']}>
          <summary>{imagesWords.layers(progress.layers.length)}</summary>
          {progress.layers.map(layer => (
            <div key={layer.id} className={css['layer']}>
              <code>{layer.id.slice(0, 12)}</code>
              <span>{imagesWords.layerPhases[layer.phase]}</span>
              <span className={css['two']}>
                <ProgressBar value={share(layer.downloaded, layer)} aria-hidden="true" />
                <ProgressBar value={share(layer.extracted, layer)} color="success" aria-hidden="true" />
              </span>
              <span>
                {imagesWords.layerBytes(layer.phase === 'extracting' ? layer.extracted : layer.downloaded, layer.total)}
              </span>
            </div>
          ))}
        </details>
      )}
    </div>
  );
}

function share(done: number, { phase, total }: PullProgress['layers'][number]): number {
  if (phase === 'done' || phase === 'exists') return 1;
  return total <= 0 ? 0 : Math.min(1, done / total);
}
