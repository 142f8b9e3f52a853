import { Button } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useStore } from 'zustand';
import type { BrokenRelaunch, RelaunchWay } from '../../../shared/domain/relaunch.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import {
  relaunchWayWords,
  wordBrokenRelaunch,
  brokenRelaunchWords as words,
} from '../../../shared/wording/word-relaunch.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { Prose } from '../../components/Prose.tsx';
import { plainText } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import css from './FileSystemsScreen.module.css';

interface Asking {
  readonly relaunch: BrokenRelaunch;
  readonly way: RelaunchWay;
}

/** Relaunches that a crash broke off, and the two ways out of each; silent where there is none. */
export function BrokenRelaunches({ stores }: { readonly stores: Stores }): ReactElement | null {
  const asked = useAsked(stores.relaunches);
  const settling = useStore(stores.relaunches.settling);
  const [asking, setAsking] = useState<Asking>();
  const relaunches = asked.kind === 'known' ? asked.value : [];
  if (relaunches.length === 0 && settling.kind !== 'faulted') return null;
  const begin = ({ relaunch, way }: Asking): void => void stores.relaunches.settle(relaunch.name, way);
  return (
    <section className={css['faults']} aria-label={words.title}>
      {settling.kind === 'faulted' && <FaultPanel fault={wordFault(settling.fault)} />}
      {relaunches.map(relaunch => (
        <div key={relaunch.before?.id ?? relaunch.after?.id} className={css['broken']}>
          <StatusMark tone="warning" word={<Prose text={wordBrokenRelaunch(relaunch)} />} />
          <div className={css['ways']}>
            {relaunch.ways.map(way => (
              <Button
                key={way}
                size="small"
                disabled={settling.kind === 'settling'}
                onClick={() => (goesRunning(relaunch, way) ? setAsking({ relaunch, way }) : begin({ relaunch, way }))}
              >
                {relaunchWayWords[way]}
              </Button>
            ))}
            {settling.kind === 'settling' && settling.name === relaunch.name && (
              <span role="status">{plainText(settling.note ?? words.settling)}</span>
            )}
          </div>
        </div>
      ))}
      {asking !== undefined && (
        <ConfirmDialog
          title={relaunchWayWords[asking.way]}
          confirm={relaunchWayWords[asking.way]}
          onConfirm={() => begin(asking)}
          onClose={() => setAsking(undefined)}
        >
          <p>{plainText(words.stops(goesOf(asking.relaunch, asking.way)?.name ?? ''))}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

const goesOf = ({ before, after }: BrokenRelaunch, way: RelaunchWay): BrokenRelaunch['after'] =>
  way === 'restore' ? after : before;

/** What goes runs: its volume is lost, which is asked about first. */
const goesRunning = (relaunch: BrokenRelaunch, way: RelaunchWay): boolean => goesOf(relaunch, way)?.state === 'running';
