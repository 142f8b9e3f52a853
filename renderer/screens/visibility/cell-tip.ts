import type { EvidenceStep } from '../../../shared/domain/evidence.ts';
import type { InspectedVolume, Inspection } from '../../../shared/domain/inspection.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { wordCellEvidence } from '../../../shared/wording/word-evidence.ts';
import { bestWay } from '../../../shared/wording/word-sight.ts';
import { wordBecause } from '../../../shared/wording/word-visibility.ts';
import { cellOf, namespaceName, volumeName } from './matrix-model.ts';

const { detail, tip } = visibilityWords;

/** What the evidence pane says of a cell, in a few lines: who, why, how sure, the way in, how far its chain was tested. */
export function cellTip(inspection: Inspection, volume: InspectedVolume, namespace: string): string[] {
  const cell = cellOf(volume, namespace);
  const head = detail.seenFrom(volumeName(volume), namespaceName(inspection, namespace));
  if (cell === undefined) return [head, detail.notTested, tip.keys];
  const count = (answer: EvidenceStep['holds']): number => volume.chain.filter(({ holds }) => holds === answer).length;
  const way = cell.visible === 'no' ? undefined : bestWay(cell);
  return [
    head,
    detail.reason(wordBecause(cell.because)),
    detail.evidence(wordCellEvidence(cell)),
    ...(way === undefined
      ? []
      : [tip.through(way.path, visibilityWords.rankText(way.evidence.rank, way.evidence.ground))]),
    ...(volume.chain.length === 0
      ? []
      : [
          tip.chain({
            yes: count('yes'),
            no: count('no'),
            consistent: count('consistent'),
            'not-tested': count('not-tested'),
          }),
        ]),
    tip.keys,
  ];
}
