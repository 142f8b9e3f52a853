import type { ReactElement } from 'react';
import { stepName } from '../../../shared/domain/evidence-chain.ts';
import type { InspectedVolume, Way } from '../../../shared/domain/inspection.ts';
import type { MomentInspection } from '../../../shared/domain/journal-moment.ts';
import type { Namespace } from '../../../shared/domain/namespace.ts';
import { timelineWords } from '../../../shared/wording/screen-timeline.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { wordCellEvidence } from '../../../shared/wording/word-evidence.ts';
import { wordMup } from '../../../shared/wording/word-mup.ts';
import { wordBecause, wordWay } from '../../../shared/wording/word-visibility.ts';
import { EvidenceMark } from '../../components/EvidenceMark.tsx';
import { plainText } from '../../components/plain-text.ts';
import { ChainStep } from '../visibility/ChainStep.tsx';
import { cellOf, volumeName } from '../visibility/matrix-model.ts';
import css from './Moment.module.css';

const words = timelineWords.moment;
const detail = visibilityWords.detail;

export interface MomentEvidenceProps {
  readonly inspection: MomentInspection;
  readonly volume: InspectedVolume;
  readonly namespace: Namespace;
}

/** Why a cell of a past moment says what it says, by the evidence that was kept of then; what was not recorded is said. */
export function MomentEvidence({ inspection, volume, namespace }: MomentEvidenceProps): ReactElement {
  const { namespaces, unrecorded } = inspection;
  const labelOf = (id: string): string => plainText(namespaces.find(one => one.id === id)?.label ?? id);
  const cell = cellOf(volume, namespace.id);
  return (
    <section className={css['evidence']} aria-label={words.evidence}>
      <h3>{detail.seenFrom(plainText(volumeName(volume)), plainText(namespace.label))}</h3>
      <p>{cell === undefined ? detail.notTested : detail.reason(wordBecause(cell.because))}</p>
      {cell !== undefined && (
        <p>
          <EvidenceMark rank={cell.evidence.rank} ground={cell.evidence.ground} />{' '}
          {detail.evidence(wordCellEvidence(cell))}{' '}
          {cell.evidence.at !== undefined && (
            <time dateTime={cell.evidence.at}>
              {detail.takenAt(new Date(cell.evidence.at).toLocaleString(undefined, TIME))}
            </time>
          )}
        </p>
      )}
      {cell !== undefined && cell.through.length > 0 && <Ways title={detail.ways} ways={cell.through} />}
      {cell?.refuted !== undefined && <Ways title={detail.refuted} ways={cell.refuted} />}
      {namespaces
        .filter(({ id, kind }) => kind === 'silo' && (id === volume.home || id === namespace.id))
        .map(({ id, label, mup }) => (
          <p key={id}>{words.mup(plainText(label), unrecorded.mups.has(id) ? words.notRecorded : wordMup(mup))}</p>
        ))}
      <h4>{detail.chain}</h4>
      {unrecorded.chains.has(volume.device) ? (
        <p>{words.noChain}</p>
      ) : (
        <ol className={css['chain']}>
          {volume.chain.map(step => (
            <ChainStep key={step.code} step={step} name={stepName(volume.kind, step.code)} nameOf={labelOf} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Ways({ title, ways }: { readonly title: string; readonly ways: readonly Way[] }): ReactElement {
  return (
    <>
      <h4>{title}</h4>
      <ul>
        {ways.map(({ kind, path, evidence: { rank, ground } }) => (
          <li key={`${kind}${path}`}>
            {wordWay(kind)} <EvidenceMark rank={rank} ground={ground} />{' '}
            <span className={css['path']}>{plainText(path)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

const TIME = { dateStyle: 'short', timeStyle: 'medium' } as const;
