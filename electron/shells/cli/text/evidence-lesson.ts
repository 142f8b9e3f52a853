import { EVIDENCE_RANKS } from '../../../../shared/domain/evidence.ts';
import { wordRank } from '../../../../shared/wording/word-evidence.ts';

/** What the ranks of evidence mean, weakest first, for the help. */
export function evidenceLesson(): string[] {
  return [
    'Every claim about visibility carries its evidence, weakest first:',
    ...EVIDENCE_RANKS.map(rank => `${rank}: ${wordRank(rank)}`),
  ];
}
