import { Button } from '@fluentui/react-components';
import { type ReactElement, useEffect } from 'react';
import { useStore } from 'zustand';
import { namespaceNames } from '../../../shared/wording/namespace-names.ts';
import { readinessScreenWords } from '../../../shared/wording/screen-readiness.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { ModalDialog } from '../../components/ModalDialog.tsx';
import { plainText } from '../../components/plain-text.ts';
import { ShieldButton } from '../../components/ShieldButton.tsx';
import { LoadingLines } from '../../components/States.tsx';
import type { Stores } from '../../stores/stores.ts';
import { useElevation } from '../use-elevation.ts';
import { volumeLabel } from '../volume-label.ts';
import css from './ReadinessScreen.module.css';

const words = readinessScreenWords.unload;

/** Names every volume that goes away with the driver, before it is unloaded. The list is asked anew: it must be true. */
export function UnloadDialog({
  stores,
  onClose,
}: {
  readonly stores: Stores;
  readonly onClose: () => void;
}): ReactElement {
  useEffect(() => void stores.inspection.refresh(), [stores]);
  const asked = useStore(stores.inspection.store);
  const elevation = useElevation(stores);
  const unload = useStore(stores.readiness.unload);
  const isKnown = asked.kind === 'known' && !asked.asking && asked.fault === undefined;
  const volumes = asked.kind === 'known' ? asked.value.volumes : [];
  const name = namespaceNames(asked.kind === 'known' ? asked.value.namespaces : []);
  const fault = unload.fault ?? (asked.kind === 'waiting' ? undefined : asked.fault);
  return (
    <ModalDialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <ShieldButton
            prompts={elevation.prompts}
            appearance="primary"
            disabled={!isKnown || unload.running}
            onClick={() =>
              void stores.readiness
                .unloadFsd(
                  volumes.map(({ device }) => device),
                  elevation.possible,
                )
                .then(done => {
                  if (done) onClose();
                })
            }
          >
            {unload.running ? words.running : words.confirm(volumes.length)}
          </ShieldButton>
          <Button onClick={onClose}>{shellWords.cancel}</Button>
        </>
      }
    >
      {!isKnown && fault === undefined && <LoadingLines lines={3} />}
      {fault !== undefined && <FaultPanel fault={wordFault(fault)} />}
      {isKnown && (
        <>
          <p>{volumes.length === 0 ? words.nothingLost : words.lost(volumes.length)}</p>
          <ul className={css['lost']} aria-label={words.list}>
            {volumes.map(volume => (
              <li key={volume.device}>
                <span className={css['name']}>{plainText(volumeLabel(volume))}</span>{' '}
                {plainText(words.of(name(volume.home)))}
              </li>
            ))}
          </ul>
          <p>{words.silos}</p>
        </>
      )}
    </ModalDialog>
  );
}
