import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import type { Judgement } from '../../../../shared/domain/policy.ts';
import { formatCount } from '../../../../shared/wording/amounts.ts';
import type { Page } from './page.ts';
import { bad, doubtful, faint, good } from './style.ts';

/** Nobody reads more at a terminal. */
const MOST = 50;

/** What a policy makes of an inspection. `gaps`: so many things could not be asked, hence not judged. */
export function writeJudgement(page: Page, name: string, { violations, accepted }: Judgement, gaps: number): void {
  page.heading(`Policy "${name}"`);
  if (violations.length === 0) page.text([good('[ok] '), 'nothing violates it'], { indent: 2 });
  for (const violation of violations.slice(0, MOST)) {
    const rank = violation.kind === 'sight' ? faint(` (${violation.rank})`) : '';
    page.text([bad('[!] '), violation.summary, rank], { indent: 2, hang: 6 });
  }
  if (violations.length > MOST)
    page.text(faint(`... and ${violations.length - MOST} more; --json lists them all`), { indent: 2 });
  for (const { summary } of accepted.slice(0, MOST)) page.text([doubtful('[~] '), summary], { indent: 2, hang: 6 });
  if (gaps > 0)
    page.text(faint(`${formatCount(gaps, 'thing')} could not be asked: nothing is judged there.`), { indent: 2 });
  if (violations.length > 0) {
    page.text(`${formatCount(violations.length, 'violation')}: exit code ${EXIT_CODES.policyViolated}.`, { indent: 2 });
  }
}
