import { Button } from '@fluentui/react-components';
import { type ReactElement, useDeferredValue, useMemo } from 'react';
import type { InspectedVolume, Inspection } from '../../../shared/domain/inspection.ts';
import type { Policy } from '../../../shared/domain/policy.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { wordUnlisted } from '../../../shared/wording/word-gap.ts';
import { wordUnseen } from '../../../shared/wording/word-guard.ts';
import { Prose } from '../../components/Prose.tsx';
import { plainText } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import css from './Evidence.module.css';
import { judgeInSight } from './judge-in-sight.ts';

const words = visibilityWords.policy;
const MOST = 10;

export interface PolicyBlockProps {
  readonly stores: Stores;
  readonly inspection: Inspection;
  /** Undefined: all of them. */
  readonly volume: InspectedVolume | undefined;
}

/** What breaks the user's policy, by the evidence that is there now. */
export function PolicyBlock({ stores, inspection, volume }: PolicyBlockProps): ReactElement | null {
  const asked = useAsked(stores.policy);
  return asked.kind === 'known' ? (
    <Violations stores={stores} policy={asked.value.policy} inspection={inspection} volume={volume} />
  ) : null;
}

function Violations({
  stores,
  policy,
  inspection,
  volume,
}: PolicyBlockProps & { readonly policy: Policy }): ReactElement {
  // With a thousand silos the verdict may come a moment after the picture, but the picture never waits for it.
  const judged = useDeferredValue(inspection);
  const { shown, count, expected, accepted, atLeast } = useMemo(
    () => judgeInSight(policy, judged, volume, MOST),
    [policy, judged, volume],
  );
  const unlisted = wordUnlisted(judged);
  return (
    <div className={css['block']}>
      <h3>{plainText(words.title(policy.name))}</h3>
      {unlisted.length > 0 && <StatusMark tone="warning" word={<Prose text={wordUnseen(unlisted)} />} />}
      {count === 0 ? (
        <p className={css['sub']}>{unlisted.length === 0 ? words.none : words.noneSeen}</p>
      ) : (
        <>
          <StatusMark tone="leak" word={words.broken(count, expected, atLeast)} />
          <ul className={css['violations']}>
            {shown.map(({ summary }) => (
              <li key={summary}>
                <Prose text={summary} />
              </li>
            ))}
          </ul>
          {count > shown.length && <p className={css['sub']}>{visibilityWords.map.more(count - shown.length)}</p>}
        </>
      )}
      {accepted > 0 && <p className={css['sub']}>{words.accepted(accepted)}</p>}
      <div>
        <Button size="small" appearance="subtle" onClick={() => stores.view.showSettings('policy')}>
          {words.edit}
        </Button>
      </div>
    </div>
  );
}
