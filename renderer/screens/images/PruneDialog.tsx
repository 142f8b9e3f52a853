import { Button, Spinner } from '@fluentui/react-components';
import { type ReactElement, useEffect } from 'react';
import { useStore } from 'zustand';
import type { ImagePrunePlan, PrunedImage } from '../../../shared/domain/image-prune.ts';
import { formatBytes, formatList } from '../../../shared/wording/amounts.ts';
import { imagesWords } from '../../../shared/wording/screen-images.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordRefusalOf } from '../../../shared/wording/word-exit.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { ModalDialog } from '../../components/ModalDialog.tsx';
import { plainText } from '../../components/plain-text.ts';
import { LoadingLines } from '../../components/States.tsx';
import type { Stores } from '../../stores/stores.ts';
import { shortReference } from '../image-looks.ts';
import css from './ImagesScreen.module.css';

const words = imagesWords.prune;

/** What a prune would take away and what it would keep, and why; then what became of it. */
export function PruneDialog({ stores }: { readonly stores: Stores }): ReactElement | null {
  const prune = useStore(stores.prune.store);
  // A question does not wait for whoever left the screen.
  useEffect(() => () => stores.prune.close(), [stores]);
  if (prune.kind === 'closed') return null;
  const close = (): void => stores.prune.close();
  const canRun = prune.kind === 'planned' && prune.plan.remove.length > 0;
  return (
    <ModalDialog
      title={prune.kind === 'done' ? words.doneTitle : words.title}
      onClose={close}
      actions={
        prune.kind === 'pruning' ? (
          <Spinner size="tiny" label={words.pruning(prune.images.length, prune.plan.remove.length)} />
        ) : (
          <>
            {canRun && (
              <Button appearance="primary" onClick={() => void stores.prune.run()}>
                {words.run(prune.plan.remove.length)}
              </Button>
            )}
            <Button onClick={close}>{canRun ? shellWords.cancel : shellWords.close}</Button>
          </>
        )
      }
    >
      {prune.kind === 'planning' && <LoadingLines lines={4} />}
      {prune.kind === 'faulted' && <FaultPanel fault={wordFault(prune.fault)} />}
      {(prune.kind === 'planned' || prune.kind === 'pruning') && <Plan plan={prune.plan} />}
      {prune.kind === 'done' && (
        <>
          <p>{words.freed(formatBytes(prune.bytes))}</p>
          <ul className={css['pruned']}>
            {prune.images.map(image => (
              <li key={image.id}>
                <span className={css['name']}>{nameOf(image)}</span>
                <span className={css['sub']}>
                  {words.outcomes[image.outcome]}
                  {image.reason === undefined ? '' : `: ${plainText(wordRefusalOf(image.reason))}`}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </ModalDialog>
  );
}

function Plan({ plan }: { readonly plan: ImagePrunePlan }): ReactElement {
  return (
    <>
      <p>{plan.remove.length === 0 ? words.nothing : words.frees(formatBytes(plan.bytes))}</p>
      {plan.remove.length > 0 && (
        <section aria-label={words.goes}>
          <h3>{words.goes}</h3>
          <ul className={css['pruned']}>
            {plan.remove.map(image => (
              <li key={image.id}>
                <span className={css['name']}>{nameOf(image)}</span>
                <span className={css['sub']}>
                  {formatBytes(image.sizeBytes)}, {words.because[image.because]}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {plan.keep.length > 0 && (
        <section aria-label={words.stays}>
          <h3>{words.stays}</h3>
          <ul className={css['pruned']}>
            {plan.keep.map(image => (
              <li key={image.id}>
                <span className={css['name']}>{nameOf(image)}</span>
                <span className={css['sub']}>
                  {formatBytes(image.sizeBytes)}, {words.because[image.because]}
                  {image.containers.length === 0 ? '' : `: ${plainText(formatList(image.containers, 5))}`}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function nameOf({ id, references }: Pick<PrunedImage, 'id' | 'references'>): string {
  return references.length === 0
    ? words.nameless(id.replace(/^sha256:/, '').slice(0, 12))
    : plainText(references.map(shortReference).join(', '));
}
