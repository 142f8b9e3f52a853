import type { Evidence, EvidenceStep } from '../../../../shared/domain/evidence.ts';
import { stepName } from '../../../../shared/domain/evidence-chain.ts';
import type { InspectedVolume } from '../../../../shared/domain/inspection.ts';
import { formatDuration } from '../../../../shared/wording/amounts.ts';
import { wordGround, wordHolds } from '../../../../shared/wording/word-evidence.ts';
import { type NameOf, wordEvidenceStep } from '../../../../shared/wording/word-evidence-step.ts';
import type { Page } from './page.ts';
import { faint, type Span, strong } from './style.ts';

const HOLDS: Record<EvidenceStep['holds'], Span> = {
  yes: strong('[yes]'),
  no: strong('[no] '),
  consistent: faint('[ ~ ]'),
  'not-tested': faint('[ ? ]'),
};

/** The chain of evidence behind a verdict, link by link: what is claimed, whether it holds, its rank and raw text; `cost`: what each took; `times`: when it was seen. */
export function writeChain(
  page: Page,
  { kind, chain }: Pick<InspectedVolume, 'kind' | 'chain'>,
  {
    cost = false,
    times = false,
    nameOf,
  }: { readonly cost?: boolean; readonly times?: boolean; readonly nameOf?: NameOf } = {},
): void {
  for (const step of chain) {
    const { code, holds, evidence } = step;
    const sentence = wordEvidenceStep(step, nameOf);
    page.text([HOLDS[holds], ' ', faint(stepName(kind, code)), ' ', sentence], { indent: 2, hang: 11 });
    const origin = holds === 'not-tested' ? [] : [originOf(evidence, cost, times)];
    const word = holds === 'yes' || holds === 'no' ? [] : [wordHolds(holds)];
    page.text(faint([...word, ...origin].join('; ')), { indent: 11 });
    if (evidence.detail !== undefined) page.raw(evidence.detail, 11);
  }
}

function originOf({ rank, ground, at, elapsedMs }: Evidence, cost: boolean, times: boolean): string {
  const seenAt = at === undefined || !times ? [] : [at];
  const took = elapsedMs === undefined || !cost ? [] : [formatDuration(elapsedMs)];
  return [rank, wordGround(ground), ...seenAt, ...took].join(', ');
}
