import type { Command } from 'commander';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import type { ElevationState } from '../../../../shared/domain/elevation.ts';
import type { Inspection } from '../../../../shared/domain/inspection.ts';
import { wordElevationStep, wordNoElevation } from '../../../../shared/wording/word-elevation.ts';
import { wordUnlisted } from '../../../../shared/wording/word-gap.ts';
import { policyJudgement } from '../../../../shared/wording/word-violation.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { ownLine } from '../own-line.ts';
import { readPolicy } from '../read-policy.ts';
import { teach } from '../teach.ts';
import { ELEVATE_TEXT, remarkPrompt } from '../text/elevate-text.ts';
import { EVIDENCE_LESSON } from '../text/evidence-lesson.ts';
import { remarkFleeting } from '../text/fleeting.ts';
import { writeInspection } from '../text/inspection-text.ts';
import { writeJudgement } from '../text/judgement-text.ts';
import type { Page } from '../text/page.ts';
import { faint } from '../text/style.ts';
import { writeSarif } from '../write-sarif.ts';

interface InspectOptions {
  readonly probe?: boolean;
  readonly canary?: boolean;
  readonly plainUnc?: boolean;
  readonly elevate?: boolean;
  readonly policy?: string;
  readonly allowGaps?: boolean;
  readonly sarif?: string;
  readonly brief?: boolean;
}

export function addInspect(program: Command, act: Act): void {
  const made = program
    .command('inspect')
    .description(
      'show every volume and who can see it, with how that is known: private to its silo, or leaked through the MUP',
    )
    .option('--probe', 'open each volume from each namespace, by its provider, with a hard timeout')
    .option('--canary', 'write a random token inside each network volume, read it back from outside, delete it')
    .option('--plain-unc', 'also open plain UNC names (\\\\class\\instance): may send credentials over the network')
    .option('--elevate', `${ELEVATE_TEXT}, and look into silos that only one may list`)
    .option('--policy <file|no-leaks>', 'judge the result (see "help policy"); a violation ends with exit code 6')
    .option('--allow-gaps', 'with --policy: what could not be listed does not end with exit code 4')
    .option('--sarif <file>', 'also write findings and violations as SARIF 2.1.0, for code scanning')
    .option('--brief', 'verdicts, evidence and findings, without a cell for each volume and namespace')
    .action(act(inspect));
  teach(made, {
    ...EVIDENCE_LESSON,
    prose: [
      'With --policy the JSON has one key more: policy, with its name, its violations, what is accepted for a time, and incomplete, what could not be listed.',
      'Where the engine or a list of volumes could not be asked, a volume may be missing: the gate ends with 4, unless there are violations (6) or --allow-gaps.',
      'With --brief its volumes have no key visibility: for a thousand silos that is 15 MB in the place of 400.',
      ...EVIDENCE_LESSON.prose,
    ],
    examples: [
      'siloscope inspect',
      'siloscope inspect --probe --canary',
      'siloscope inspect --probe --policy no-leaks',
      'siloscope inspect --probe --policy policy.json --sarif leaks.sarif',
      'siloscope inspect --scenario winfsp-container-support --probe --canary --json',
    ],
  });
}

async function inspect(
  context: Context,
  { policy: named, allowGaps = false, sarif, brief = false, elevate, ...depth }: InspectOptions,
): Promise<number> {
  if (allowGaps && named === undefined) {
    throw new FaultError({ code: 'invalid-input', issues: [{ path: '--allow-gaps', message: 'needs --policy' }] });
  }
  // Read first: a policy that cannot be read must not cost an inspection.
  const source = named === undefined ? undefined : await readPolicy(named);
  const { inspection, fleeting, simulated, rights } = await context.withSession(async session => {
    await remarkPrompt(context, session, elevate);
    const inspection = await session.call('inspection.take', { ...depth, elevate: elevate === true ? 'ask' : 'no' });
    const simulated = sarif !== undefined && (await session.call('snapshot.take', {})).host.simulated;
    const isOpen = elevate !== true && inspection.gaps.some(({ needs }) => needs === 'elevation');
    const rights = isOpen ? await session.call('elevation.read', {}) : undefined;
    return { inspection, fleeting: session.fleeting, simulated, rights };
  });
  // Judged here: an inspection of many silos is too long to be sent back.
  const judgement = source === undefined ? undefined : policyJudgement(source.policy, inspection);
  if (sarif !== undefined) {
    const judged = source === undefined || judgement === undefined ? undefined : { source, judgement, allowGaps };
    await writeSarif(sarif, inspection, simulated, judged);
  }
  const incomplete = wordUnlisted(inspection);
  const told =
    source === undefined
      ? inspection
      : { ...inspection, policy: { name: source.policy.name, ...judgement, incomplete } };
  context.answer(brief ? withoutCells(told) : told, page => {
    writeInspection(page, inspection, { matrix: !brief });
    if (rights !== undefined) writeElevation(page, rights, context);
    if (source !== undefined && judgement !== undefined) {
      writeJudgement(page, source.policy.name, judgement, { gaps: inspection.gaps.length, incomplete, allowGaps });
    } else if (inspection.volumes.length > 0) writeNextDepth(page, { ...depth, elevate: elevate === true }, context);
    if (sarif !== undefined) page.gap().text(`SARIF: ${sarif}`);
  });
  if (fleeting && inspection.volumes.length === 0) remarkFleeting(context);
  if (judgement === undefined) return EXIT_CODES.done;
  if (judgement.violations.length > 0) return EXIT_CODES.policyViolated;
  return incomplete.length > 0 && !allowGaps ? EXIT_CODES.outOfReach : EXIT_CODES.done;
}

/** Left out, not empty: an empty list would say that nobody sees the volume. */
function withoutCells(inspection: Inspection): object {
  return { ...inspection, volumes: inspection.volumes.map(({ visibility: _cells, ...volume }) => volume) };
}

/** How to come by what an administrator would find out. */
function writeElevation(page: Page, rights: ElevationState, { options }: Context): void {
  if (rights.state === 'unavailable') {
    page.text(`An administrator can find that out. ${wordNoElevation(rights.because)}`);
    page.text(wordElevationStep(rights.because));
  } else page.text(faint('An administrator can find that out:')).command(ownLine(options, 'inspect --elevate'));
}

function writeNextDepth(page: Page, { probe, canary, elevate }: InspectOptions, { options }: Context): void {
  if (probe === true && canary === true) return;
  const line = `inspect --probe --canary${elevate === true ? ' --elevate' : ''}`;
  page.gap().text(faint('To have it proven:')).command(ownLine(options, line));
}
