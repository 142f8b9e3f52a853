import { type Command, Option } from 'commander';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import { gatherReport, type ReportParts, redactReport, reportJson } from '../../../../shared/contract/report.ts';
import { composeReport } from '../../../../shared/wording/report/compose-report.ts';
import { judgeReport } from '../../../../shared/wording/report/judge-report.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { readPolicy } from '../read-policy.ts';
import { teach } from '../teach.ts';
import { reportMarkdown } from '../text/report-text.ts';
import { VERSION } from '../../serving/version.ts';
import { writeUserFile } from '../write-user-file.ts';

const FORMATS = ['markdown', 'html', 'json'] as const;
type Format = (typeof FORMATS)[number];

export function addReport(program: Command, act: Act): void {
  const made = program
    .command('report')
    .description('write down what there is: host, doctor, inspect with its evidence, and the last of the journal')
    .option('-o, --output <file>', 'default: stdout')
    .option('--out <file>', 'the same')
    .addOption(
      new Option(
        '--format <format>',
        'default: by the end of the file name, else markdown, or json with --json',
      ).choices(FORMATS),
    )
    .option('--probe', 'open each volume from each namespace, as inspect does')
    .option('--canary', 'prove leaks by a token, as inspect does')
    .option('--plain-unc', 'also open plain UNC names: may send credentials over the network')
    .option('--policy <file|no-leaks>', 'judge by it, write the verdicts down, and end as "inspect --policy" does')
    .option('--allow-gaps', 'with --policy: what could not be listed does not end with exit code 4')
    .option('--keep-names', 'html: leave names of the machine and of people in; secrets go all the same')
    .action(act(report));
  teach(made, {
    prose: [
      'As Markdown it is made to be pasted into an issue. As HTML it is one file without scripts that needs nothing from outside, reads well in light and dark and prints well: matrix, chains of evidence, findings with fixes, what was not tested, and how to do it again.',
      'Unless asked, nothing is probed, and nothing is written inside a container. Names of the machine and of users, accounts, addresses, secrets, labels and environments are taken out. Read it before you pass it on all the same: UNC prefixes and file names stay, since they explain the rest.',
      'With --policy the judgement is in every format, and the exit code is 6 for violations, and 4 where volumes could not be listed: a report with gaps is not clean.',
      'Of a large world the JSON has, for each volume, "alike" in the place of "visibility": who sees it alike, the first of them, and how many.',
    ],
    examples: ['siloscope report --output report.md', 'siloscope report --probe --canary --out report.html'],
  });
}

interface ReportOptions {
  readonly output?: string;
  readonly out?: string;
  readonly format?: Format;
  readonly probe?: boolean;
  readonly canary?: boolean;
  readonly plainUnc?: boolean;
  readonly policy?: string;
  readonly allowGaps?: boolean;
  readonly keepNames?: boolean;
}

async function report(context: Context, options: ReportOptions): Promise<number> {
  const output = options.output ?? options.out;
  const { probe = false, canary = false, plainUnc = false } = options;
  const depth = { probe, canary, plainUnc };
  const format = formatOf(options, output, context.options.json === true);
  // Read first: a policy that cannot be read must not cost an inspection.
  const policy = options.policy === undefined ? undefined : (await readPolicy(options.policy)).policy;
  if (options.allowGaps === true && policy === undefined) {
    throw new FaultError({ code: 'invalid-input', issues: [{ path: '--allow-gaps', message: 'needs --policy' }] });
  }
  const gathered = await context.withSession(session =>
    gatherReport(VERSION, (name, input) => session.call(name, input), depth),
  );
  const parts = policy === undefined ? gathered : judgeReport(gathered, policy);
  const written = await compose(parts, format, {
    madeAt: new Date(context.io.clock.now()).toISOString(),
    depth,
    keepsNames: options.keepNames === true,
  });
  if (output === undefined) {
    context.io.stdout.write(written);
    return exitCodeOf(parts, options);
  }
  await writeUserFile(output, written, '--output');
  context.answer({ written: output }, page => page.text(`Written to ${output}. Read it before you pass it on.`));
  return exitCodeOf(parts, options);
}

/** The report is written all the same: whoever judges by it must not go on as if it were clean. */
function exitCodeOf({ policy }: ReportParts, { allowGaps = false }: ReportOptions): number {
  if (policy === undefined) return EXIT_CODES.done;
  if (policy.violations.length > 0) return EXIT_CODES.policyViolated;
  return policy.incomplete.length > 0 && !allowGaps ? EXIT_CODES.outOfReach : EXIT_CODES.done;
}

function formatOf({ format }: ReportOptions, output: string | undefined, isJson: boolean): Format {
  if (format !== undefined) return format;
  if (/\.html?$/i.test(output ?? '')) return 'html';
  return isJson || /\.json$/i.test(output ?? '') ? 'json' : 'markdown';
}

async function compose(
  parts: ReportParts,
  format: Format,
  options: Parameters<typeof composeReport>[1],
): Promise<string> {
  if (format === 'html') return composeReport(parts, options);
  // Redacted before it is laid out: a name must not escape by being wrapped. Labels are gone, and no page shows them.
  return format === 'json' ? reportJson(parts) : reportMarkdown(redactReport(parts));
}
