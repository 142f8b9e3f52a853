import { Button } from '@fluentui/react-components';
import { ShieldErrorRegular } from '@fluentui/react-icons/svg/shield-error';
import { type ReactElement, useEffect } from 'react';
import { useStore } from 'zustand';
import { guardWords, wordGuard } from '../../shared/wording/word-guard.ts';
import { Prose } from '../components/Prose.tsx';
import { plainText } from '../components/plain-text.ts';
import { loudestGuard } from '../stores/guard-store.ts';
import type { Stores } from '../stores/stores.ts';
import css from './ConnectionBar.module.css';

/** Says what violates a watched policy, or that the guard cannot tell; silent where nobody watches or nothing is wrong. */
export function GuardBar({ stores }: { readonly stores: Stores }): ReactElement {
  useEffect(() => stores.guard.want(), [stores]);
  const guard = useStore(stores.guard.store, asked =>
    asked.kind === 'known' ? loudestGuard(asked.value.guards) : undefined,
  );
  const [first] = [...(guard?.violations ?? []), ...(guard?.findings ?? [])];
  const isQuiet =
    guard === undefined || (guard.trouble === undefined && guard.count === 0 && guard.unlisted.length === 0);
  return (
    <div role="status" aria-live="polite" aria-label={guardWords.title}>
      {!isQuiet && (
        <div className={`${css['bar']} ${guard.trouble === undefined ? css['lost'] : ''}`}>
          <ShieldErrorRegular />
          <span className={css['text']}>
            {guard.trouble !== undefined || first === undefined ? (
              plainText(wordGuard(guard))
            ) : (
              <Prose text={`${guardWords.bar(guard)} ${guardWords.barMore(first.summary, guard.count - 1)}`} />
            )}
          </span>
          {guard.count > 0 && (
            <Button size="small" onClick={() => stores.view.show('visibility')}>
              {guardWords.show}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
