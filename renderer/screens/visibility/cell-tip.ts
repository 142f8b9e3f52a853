import type { InspectedVolume, Inspection } from '../../../shared/domain/inspection.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { wordEvidence, wordEvidenceStep } from '../../../shared/wording/word-evidence.ts';
import { wordBecause } from '../../../shared/wording/word-visibility.ts';
import { cellOf, namespaceName, volumeName } from './matrix-model.ts';

const { detail, tip, holds } = visibilityWords;
const MOST_WAYS = 2;

/** What the evidence pane says of a cell, in a few lines: who, why, how sure, the way in, the steps that were tested. */
export function cellTip(inspection: Inspection, volume: InspectedVolume, namespace: string): string[] {
  const cell = cellOf(volume, namespace);
  const head = detail.seenFrom(volumeName(volume), namespaceName(inspection, namespace));
  if (cell === undefined) return [head, detail.notTested, tip.keys];
  const tested = volume.chain.filter(step => step.holds !== 'not-tested');
  const steps = tested.map(({ code, holds: answer }) => `${wordEvidenceStep(code)}: ${holds[answer].toLowerCase()}`);
  const ways = cell.visible === 'no' ? [] : cell.through.slice(0, MOST_WAYS);
  return [
    head,
    detail.reason(wordBecause(cell.because)),
    detail.evidence(wordEvidence(cell.evidence, cell.visible)),
    ...ways.map(({ path }) => tip.through(path)),
    ...(steps.length === 0 ? [] : [tip.chain(steps.join('; '))]),
    tip.keys,
  ];
}
