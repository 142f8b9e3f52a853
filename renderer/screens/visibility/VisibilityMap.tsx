import { lazy, type ReactElement, Suspense, useCallback, useMemo } from 'react';
import { useStore } from 'zustand';
import { isPredicted } from '../../../shared/domain/evidence-ranks.ts';
import { isOnlyExpected } from '../../../shared/domain/expected-verdict.ts';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { plainText } from '../../components/plain-text.ts';
import { LoadingLines } from '../../components/States.tsx';
import type { Stores } from '../../stores/stores.ts';
import { layOutMap, mapInWords } from './map-model.ts';
import { verdictIcon } from './matrix-icons.tsx';
import { volumeName } from './matrix-model.ts';
import css from './VisibilityScreen.module.css';

const SiloMap = lazy(() => import('../../components/SiloMap.tsx').then(part => ({ default: part.SiloMap })));
const words = visibilityWords;

interface VisibilityMapProps {
  readonly stores: Stores;
  readonly inspection: Inspection;
}

/** Host, silos and the one MUP drawn, with the leaks as lines; below it the same in sentences. */
export function VisibilityMap({ stores, inspection }: VisibilityMapProps): ReactElement {
  const chosen = useStore(stores.view.store, view => view.selected?.device);
  const layout = useMemo(() => layOutMap(inspection), [inspection]);
  const sentences = useMemo(() => mapInWords(inspection), [inspection]);
  const choose = useCallback((device: string) => stores.view.select(device), [stores]);
  const drawn = useMemo(
    () => ({
      rooms: layout.rooms.map(({ namespace, volumes, ...box }) => ({
        ...box,
        id: namespace.id,
        kind: namespace.kind,
        label: namespace.label,
        sub: namespace.kind === 'host' ? inspection.host.facts.machineName : words.namespaceKinds[namespace.kind],
        lit: layout.lines.some(({ room, kind }) => room === namespace.id && kind === 'registers'),
        chips: volumes.map(volume => ({
          device: volume.device,
          name: volumeName(volume),
          verdict: volume.verdict,
          word: isOnlyExpected(volume) ? words.map.expected : words.verdicts[volume.verdict],
        })),
      })),
      lines: layout.lines.map(({ rank, ...line }) => ({
        ...line,
        predicted: isPredicted({ rank }),
      })),
    }),
    [layout, inspection],
  );
  return (
    <>
      <Suspense fallback={<LoadingLines lines={8} />}>
        <SiloMap
          rooms={drawn.rooms}
          mup={layout.mup}
          lines={drawn.lines}
          chosen={chosen}
          dark={document.documentElement.dataset['theme'] === 'dark'}
          onChoose={choose}
        />
      </Suspense>
      <section className={css['words']} aria-label={words.map.inWords}>
        <h2>{words.map.inWords}</h2>
        <ul>
          {sentences.map(sentence => (
            <li key={sentence.device}>
              <button
                type="button"
                className={`${css['sentence']} ${css[sentence.verdict]}`}
                aria-pressed={sentence.device === chosen}
                onClick={() => stores.view.select(sentence.device)}
              >
                {verdictIcon(sentence.verdict, sentence.expected)}
                <span className="clamp" title={plainText(words.map.sentence(sentence))}>
                  {plainText(words.map.sentence(sentence))}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
