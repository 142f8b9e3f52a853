import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import type { Judgement } from '../../../../shared/domain/policy.ts';
import { formatCount } from '../../../../shared/wording/amounts.ts';
import { countExpected, wordViolations } from '../../../../shared/wording/violation-count.ts';
import type { Page } from './page.ts';
import { bad, doubtful, faint, good } from './style.ts';

/** Nobody reads more at a terminal. */
const MOST = 50;

/** What was not judged. `gaps`: so many things could not be asked; `incomplete`: those that may hide volumes. */
export interface Unjudged {
  readonly gaps: number;
  readonly incomplete: readonly string[];
  readonly allowGaps: boolean;
}

/** What a policy makes of an inspection. */
export function writeJudgement(
  page: Page,
  name: string,
  { violations, accepted }: Judgement,
  { gaps, incomplete, allowGaps }: Unjudged,
): void {
  page.heading(`Policy "${name}"`);
  if (violations.length === 0 && incomplete.length === 0) {
    page.text([good('[ok] '), 'nothing violates it'], { indent: 2 });
  } else if (violations.length === 0) {
    page.text([doubtful('[?] '), 'nothing that was seen violates it, but not everything could be looked at'], {
      indent: 2,
      hang: 6,
    });
  }
  for (const violation of violations.slice(0, MOST)) {
    const rank = violation.kind === 'sight' ? faint(` (${violation.rank})`) : '';
    const mark = countExpected([violation]) > 0 ? doubtful('[?] ') : bad('[!] ');
    page.text([mark, violation.summary, rank], { indent: 2, hang: 6 });
  }
  if (violations.length > MOST)
    page.text(faint(`... and ${violations.length - MOST} more; --json lists them all`), { indent: 2 });
  for (const { summary } of accepted.slice(0, MOST)) page.text([doubtful('[~] '), summary], { indent: 2, hang: 6 });
  if (gaps > 0)
    page.text(faint(`${formatCount(gaps, 'thing')} could not be asked: nothing is judged there.`), { indent: 2 });
  for (const what of incomplete.slice(0, MOST)) {
    page.text([doubtful('[?] '), `could not be asked, volumes may be missing: ${what}`], { indent: 2, hang: 6 });
  }
  if (incomplete.length > MOST)
    page.text(faint(`... and ${incomplete.length - MOST} more; --json lists them all`), { indent: 2 });
  if (violations.length === 0 && incomplete.length > 0 && !allowGaps) {
    page.text(`Incomplete: exit code ${EXIT_CODES.outOfReach}. --allow-gaps accepts it.`, { indent: 2 });
  }
  if (violations.length > 0) {
    page.text(
      `${wordViolations(violations.length, countExpected(violations))}: exit code ${EXIT_CODES.policyViolated}.`,
      { indent: 2 },
    );
  }
}
