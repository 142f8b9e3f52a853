import { Button, Spinner } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import type { InspectedVolume, Inspection } from '../../../shared/domain/inspection.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import { namespacesWords } from '../../../shared/wording/screen-namespaces.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { cellWord } from '../../../shared/wording/word-cell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { KnownErrors } from '../../components/KnownError.tsx';
import type { Stores } from '../../stores/stores.ts';
import css from './Evidence.module.css';
import { gapErrors, gapText } from './gap-texts.ts';
import { cellOf, namespaceName } from './matrix-model.ts';

const words = visibilityWords.detail;

export interface TestItProps {
  readonly stores: Stores;
  readonly inspection: Inspection;
  readonly volume: InspectedVolume;
  /** The cell's; undefined: the volume is tested from everywhere. */
  readonly namespace: string | undefined;
}

/** Opens one volume, or proves it with a canary, from one namespace or from all. */
export function TestIt({ stores, inspection, volume, namespace }: TestItProps): ReactElement {
  const { running, last, gaps, fault } = useStore(stores.inspection.cellLook);
  const target = { device: volume.device, namespace };
  const isAbout = last?.device === volume.device && last.namespace === namespace;
  // It goes empty while something runs: the same outcome once more is heard once more.
  const outcome = running === undefined && isAbout && fault === undefined ? outcomeOf(volume, namespace) : '';
  return (
    <div className={css['block']}>
      <h3>{words.test}</h3>
      {running !== undefined ? (
        <div className={css['actions']}>
          <Spinner
            size="tiny"
            label={
              running.depth === 'probe' || running.depth === 'canary'
                ? words.testing[running.depth]
                : words.testing.step
            }
          />
          <Button size="small" onClick={() => stores.inspection.cancel()}>
            {shellWords.cancel}
          </Button>
        </div>
      ) : (
        <div className={css['actions']}>
          <Button size="small" aria-keyshortcuts="P" onClick={() => void stores.inspection.lookAt(target, 'probe')}>
            {namespace === undefined ? words.openFromAll : words.openFromHere}
          </Button>
          <Button size="small" aria-keyshortcuts="C" onClick={() => void stores.inspection.lookAt(target, 'canary')}>
            {words.proveHere}
          </Button>
          <Button size="small" onClick={() => showObject(stores, inspection, volume)}>
            {namespacesWords.showObject}
          </Button>
        </div>
      )}
      <p className={css['sub']}>{words.testHint}</p>
      <p role="status" className="srOnly">
        {outcome}
      </p>
      {isAbout && fault !== undefined && <FaultPanel fault={wordFault(fault)} />}
      {isAbout && gaps.length > 0 && (
        <>
          <FaultPanel
            fault={{
              title: words.notDone(gaps.length),
              cause: gaps.map(gap => gapText(inspection, gap)).join('; '),
            }}
          />
          <KnownErrors errors={gapErrors(inspection, gaps)} />
        </>
      )}
    </div>
  );
}

/** `Visible, probed`: what the cell says now. */
function outcomeOf(volume: InspectedVolume, namespace: string | undefined): string {
  const cell = namespace === undefined ? undefined : cellOf(volume, namespace);
  if (namespace === undefined || cell === undefined) return '';
  const { rank, ground } = cell.evidence;
  return `${visibilityWords.cells[cellWord(volume, namespace, cell)]}, ${visibilityWords.rankText(rank, ground)}`;
}

/** The volume's object where it was made, beside the host's directory of the same name. */
function showObject({ namespaces, view }: Stores, inspection: Inspection, { device, home }: InspectedVolume): void {
  const path = '\\Device';
  namespaces.left.go({ path, in: undefined });
  namespaces.right.go({ path, in: home === HOST_NAMESPACE ? undefined : namespaceName(inspection, home) });
  view.filter('namespaces', device.replace(/^\\Device\\/, ''));
  view.show('namespaces');
}
