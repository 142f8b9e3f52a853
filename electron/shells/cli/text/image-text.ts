import type { ImageVerdict } from '../../../../shared/domain/image-row.ts';
import { bad, doubtful, good, type Span, type Text } from './style.ts';
import { imageWords } from './words.ts';

const RUNS: Record<ImageVerdict['runs'], Span> = {
  yes: good('yes'),
  try: doubtful('try'),
  untested: doubtful('untested'),
  'hyperv-only': bad('no (Hyper-V only)'),
  no: bad('no'),
  unknown: doubtful('?'),
};

/** Whether it runs, and the rule that decided. */
export function imageVerdictText(verdict: ImageVerdict): Text {
  return [RUNS[verdict.runs], `: ${imageWords(verdict)}`];
}
