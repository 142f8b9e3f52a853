import type { ImageVerdict } from '../../../../shared/domain/image-row.ts';
import { wordImageBecause, wordRuns } from '../../../../shared/wording/word-image.ts';
import { span, type Text, type Tone } from './style.ts';

const TONES: Record<ImageVerdict['runs'], Tone> = {
  yes: 'good',
  try: 'doubtful',
  untested: 'doubtful',
  'hyperv-only': 'bad',
  no: 'bad',
  unknown: 'doubtful',
};

/** Whether it runs, and the rule that decided. */
export function imageVerdictText({ runs, because }: ImageVerdict): Text {
  return [span(TONES[runs], wordRuns(runs)), `: ${wordImageBecause(because)}`];
}
