import type { Command } from 'commander';
import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import type { Inspection } from '../../../../shared/domain/inspection.ts';
import type { Violation } from '../../../../shared/domain/policy.ts';
import { formatCount } from '../../../../shared/wording/amounts.ts';
import { policyViolations } from '../../../../shared/wording/word-violation.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { ownLine } from '../own-line.ts';
import { readPolicy } from '../read-policy.ts';
import { teach } from '../teach.ts';
import { EVIDENCE_LESSON } from '../text/evidence-lesson.ts';
import { remarkFleeting } from '../text/fleeting.ts';
import { writeInspection } from '../text/inspection-text.ts';
import type { Page } from '../text/page.ts';
import { bad, faint, good } from '../text/style.ts';

interface InspectOptions {
  readonly probe?: boolean;
  readonly canary?: boolean;
  readonly plainUnc?: boolean;
  readonly policy?: string;
  readonly brief?: boolean;
}

export function addInspect(program: Command, act: Act): void {
  const made = program
    .command('inspect')
    .description('show every volume, and who can see it: private to its silo, or leaked through the shared MUP')
    .option('--probe', 'open each volume from each namespace, by its provider, with a hard timeout')
    .option('--canary', 'write a random token inside each network volume, read it back from outside, delete it')
    .option('--plain-unc', 'also open plain UNC names (\\\\class\\instance): may send credentials over the network')
    .option('--policy <file|no-leaks>', 'judge the result; a violation ends with exit code 6')
    .option('--brief', 'verdicts, evidence and findings, without a cell for each volume and namespace')
    .action(act(inspect));
  teach(made, {
    ...EVIDENCE_LESSON,
    prose: [
      'With --policy the JSON has one key more: policy, with its name and its violations.',
      'With --brief its volumes have no key visibility: for a thousand silos that is 15 MB in the place of 400.',
      ...EVIDENCE_LESSON.prose,
    ],
    examples: [
      'siloscope inspect',
      'siloscope inspect --probe --canary',
      'siloscope inspect --probe --policy no-leaks',
      'siloscope inspect --scenario winfsp-container-support --probe --canary --json',
    ],
  });
}

async function inspect(context: Context, { policy: source, brief = false, ...depth }: InspectOptions): Promise<number> {
  // Read first: a policy that cannot be read must not cost an inspection.
  const policy = source === undefined ? undefined : await readPolicy(source);
  const { inspection, fleeting } = await context.withSession(async session => {
    const inspection = await session.call('inspection.take', depth);
    return { inspection, fleeting: session.fleeting };
  });
  // Judged here: an inspection of many silos is too long to be sent back.
  const violations = policy === undefined ? [] : policyViolations(policy, inspection);
  const judged = policy === undefined ? inspection : { ...inspection, policy: { name: policy.name, violations } };
  context.answer(brief ? withoutCells(judged) : judged, page => {
    writeInspection(page, inspection, { matrix: !brief });
    if (policy !== undefined) writeViolations(page, policy.name, violations);
    else if (inspection.volumes.length > 0) writeNextDepth(page, depth, context);
  });
  if (fleeting && inspection.volumes.length === 0) remarkFleeting(context);
  return violations.length > 0 ? EXIT_CODES.policyViolated : EXIT_CODES.done;
}

/** Left out, not empty: an empty list would say that nobody sees the volume. */
function withoutCells(inspection: Inspection): object {
  return { ...inspection, volumes: inspection.volumes.map(({ visibility: _cells, ...volume }) => volume) };
}

function writeViolations(page: Page, name: string, violations: readonly Violation[]): void {
  page.heading(`Policy "${name}"`);
  if (violations.length === 0) page.text([good('[ok] '), 'nothing violates it'], { indent: 2 });
  for (const { summary, rank } of violations) {
    page.text([bad('[!] '), summary, faint(` (${rank})`)], { indent: 2, hang: 6 });
  }
  if (violations.length > 0)
    page.text(`${formatCount(violations.length, 'violation')}: exit code ${EXIT_CODES.policyViolated}.`, { indent: 2 });
}

function writeNextDepth(page: Page, { probe = false, canary = false }: InspectOptions, { options }: Context): void {
  if (probe && canary) return;
  page.gap().text(faint('To have it proven:')).command(ownLine(options, 'inspect --probe --canary'));
}
