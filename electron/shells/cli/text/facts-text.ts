import type { FactVerdict, JudgedFact } from '../../../../shared/domain/inferred-fact.ts';
import type { Page } from './page.ts';
import { bad, doubtful, good, type Span } from './style.ts';

const MARKS: Record<FactVerdict, Span> = {
  confirmed: good('[confirmed]'),
  refuted: bad('[REFUTED]  '),
  'not-decided': doubtful('[open]     '),
};

/** What a recording says of each inferred fact, one block each, and whether that counts. */
export function writeFacts(page: Page, facts: readonly JudgedFact[], simulated: boolean): void {
  page.gap().text('What Siloscope infers of Windows, and what was seen:');
  for (const fact of facts) {
    page.text([MARKS[fact.verdict], ` ${fact.statement}`], { hang: 12 });
    page.text(fact.evidence, { indent: 12 });
  }
  if (simulated) page.gap().text([doubtful('A simulated host answered: this proves nothing about Windows.')]);
}
