import { Button, Checkbox, ProgressBar, Tooltip } from '@fluentui/react-components';
import { BeakerRegular } from '@fluentui/react-icons/svg/beaker';
import { type ReactElement, useState } from 'react';
import { useStore } from 'zustand';
import {
  agreesWithRule,
  type IsolationCell,
  type IsolationTable,
  IsolationViewer,
  IsolationWay,
} from '../../../shared/domain/isolation-test.ts';
import type { VolumeKind } from '../../../shared/domain/volume.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import {
  wordCell,
  wordIsolationPlace,
  wordIsolationProgress,
  wordIsolationResult,
  isolationWords as words,
} from '../../../shared/wording/word-isolation.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { Prose } from '../../components/Prose.tsx';
import { plainText } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Tone } from '../../components/tone.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import { IsolationComparing } from './IsolationComparing.tsx';
import css from './IsolationPanel.module.css';

const MOST_EARLIER = 8;

/** The isolation self-test: run it, see its last table, what it came to, and how that differs from the one before. */
export function IsolationPanel({ stores }: { readonly stores: Stores }): ReactElement {
  const asked = useAsked(stores.isolation);
  const tables = asked.kind === 'known' ? asked.value : [];
  const last = tables.at(-1);
  return (
    <section className={css['panel']} aria-label={words.title}>
      <div>
        <h2>{words.title}</h2>
        <p className={css['hint']}>{words.hint}</p>
      </div>
      <Runner stores={stores} />
      {asked.kind === 'faulted' && <FaultPanel fault={wordFault(asked.fault)} />}
      {asked.kind === 'known' && last === undefined && <p className={css['hint']}>{words.none}</p>}
      {last !== undefined && (
        <>
          <Result table={last} />
          <IsolationComparing tables={tables} />
        </>
      )}
      {tables.length > 1 && (
        <details className={css['hint']}>
          <summary>{words.earlier}</summary>
          <ul className={css['history']}>
            {tables
              .slice(-1 - MOST_EARLIER, -1)
              .reverse()
              .map(table => (
                <li key={table.id}>{plainText(`${table.takenAt}  ${wordIsolationPlace(table)}`)}</li>
              ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Runner({ stores }: { readonly stores: Stores }): ReactElement {
  const run = useStore(stores.isolation.run);
  const [plainUnc, setPlainUnc] = useState(false);
  const isRunning = run.kind === 'running';
  const progress = isRunning ? run.progress : undefined;
  return (
    <>
      <div className={css['row']}>
        {isRunning ? (
          <Button disabled={run.cancelling} onClick={() => stores.isolation.cancel()}>
            {words.cancel}
          </Button>
        ) : (
          <Button icon={<BeakerRegular />} onClick={() => void stores.isolation.start(plainUnc)}>
            {words.run}
          </Button>
        )}
        <Checkbox
          label={words.plainUnc}
          checked={plainUnc}
          disabled={isRunning}
          onChange={(_event, { checked }) => setPlainUnc(checked === true)}
        />
      </div>
      <p className={css['hint']}>{words.plainUncHint}</p>
      {isRunning && (
        <div role="status">
          <p>{plainText(progress === undefined ? words.running : wordIsolationProgress(progress))}</p>
          {progress?.done !== undefined && progress.of !== undefined ? (
            <ProgressBar value={progress.done / progress.of} aria-label={words.running} />
          ) : (
            <ProgressBar aria-label={words.running} />
          )}
        </div>
      )}
      {run.kind === 'faulted' && <FaultPanel fault={wordFault(run.fault)} />}
    </>
  );
}

function Result({ table }: { readonly table: IsolationTable }): ReactElement {
  return (
    <>
      <p>{plainText(`${table.takenAt}  ${wordIsolationPlace(table)}`)}</p>
      <ul className={css['sentences']}>
        {wordIsolationResult(table).map(sentence => (
          <li key={sentence}>
            <Prose text={sentence} />
          </li>
        ))}
      </ul>
      {(['network', 'disk'] as const).map(volume => (
        <Ways key={volume} table={table} volume={volume} />
      ))}
    </>
  );
}

function Ways({ table, volume }: { readonly table: IsolationTable; readonly volume: VolumeKind }): ReactElement {
  return (
    <div className={css['scroll']}>
      <h3>{words.volumes[volume]}</h3>
      <table className={css['table']}>
        <thead>
          <tr>
            <th scope="col">{words.columns.way}</th>
            {IsolationViewer.options.map(from => (
              <th key={from} scope="col">
                {words.viewers[from]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {IsolationWay.options.map(way => (
            <tr key={way}>
              <th scope="row">{words.ways[way]}</th>
              {IsolationViewer.options.map(from => (
                <td key={from}>
                  <Outcome
                    cell={table.cells.find(cell => cell.volume === volume && cell.from === from && cell.way === way)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Outcome({ cell }: { readonly cell: IsolationCell | undefined }): ReactElement | null {
  if (cell === undefined) return null;
  const differs = agreesWithRule(cell) === false;
  const word = `${words.outcomes[cell.outcome]}${differs ? `, ${words.differs}` : ''}`;
  const tip = [wordCell(cell), cell.detail].filter(text => text !== undefined).join('\n');
  return (
    <Tooltip content={plainText(tip)} relationship="description">
      <span>
        <StatusMark tone={toneOf(cell, differs)} word={word} />
      </span>
    </Tooltip>
  );
}

function toneOf({ outcome, from, way }: IsolationCell, differs: boolean): Tone {
  if (differs) return 'bad';
  // A back door for administrators, no leak.
  if (outcome === 'reached' && way === 'silo-path') return 'warning';
  if (outcome === 'reached') return from === 'own' ? 'good' : 'leak';
  return outcome === 'not-reached' ? 'good' : 'muted';
}
