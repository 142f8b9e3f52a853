import { EVIDENCE_RANKS, type EvidenceRank } from '../../../../shared/domain/evidence.ts';
import { wordRank } from '../../../../shared/wording/word-evidence.ts';

/** What the ranks of evidence mean, for the help. */
export const EVIDENCE_LESSON = {
  prose: ['Every claim about visibility carries the rank of its evidence, weakest first:'],
  terms: EVIDENCE_RANKS.map((rank): readonly [EvidenceRank, string] => [rank, wordRank(rank)]),
};
