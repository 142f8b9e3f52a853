import { type Command, Option } from 'commander';
import { systemClock } from '../../../../shared/base/clock.ts';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import {
  type AskPart,
  gatherReport,
  type ReportParts,
  redactReport,
  reportJson,
} from '../../../../shared/contract/report.ts';
import {
  type ReportOptions as ComposeOptions,
  composeReport,
} from '../../../../shared/wording/report/compose-report.ts';
import { gatherPastReport } from '../../../../shared/wording/report/gather-past-report.ts';
import { judgePast, judgeReport } from '../../../../shared/wording/report/judge-report.ts';
import { sarifPartsOf } from '../../../../shared/wording/report/report-sarif.ts';
import { VERSION } from '../../serving/version.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { momentTime } from '../moment-time.ts';
import { type PolicySource, readPolicy } from '../read-policy.ts';
import { teach } from '../teach.ts';
import { reportMarkdown } from '../text/report-text.ts';
import { sarifText } from '../write-sarif.ts';
import { writeUserFile } from '../write-user-file.ts';

const FORMATS = ['markdown', 'html', 'json', 'sarif'] as const;
type Format = (typeof FORMATS)[number];

export function addReport(program: Command, act: Act): void {
  const time = momentTime(() => systemClock.now());
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
    .option('--at <time>', 'about the past: as the journal knew it at that time; nothing is looked at', time)
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
      'With --at it is about a moment that is past, as "journal --at" takes it: matrix, verdicts and the evidence that was kept of then, with what is missing of it. What the host ran then (Windows, WinFsp, Docker Engine) is told as it was recorded; with --policy the judgement is by the policy of now, and what was not recorded is a gap.',
      'As SARIF it is what "inspect --sarif" writes, for code scanning, names included; one of the past has an identity of its own there.',
      'Of a large world the JSON has, for each volume, "alike" in the place of "visibility": who sees it alike, the first of them, and how many.',
    ],
    examples: [
      'siloscope report --output report.md',
      'siloscope report --probe --canary --out report.html',
      'siloscope report --at 14:02 --out then.html',
    ],
  });
}

interface ReportOptions {
  readonly output?: string;
  readonly out?: string;
  readonly format?: Format;
  readonly at?: string;
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
  const { at, allowGaps = false } = options;
  const format = formatOf(options, output, context.options.json === true);
  const isDeep = probe || canary || plainUnc;
  if (at !== undefined && isDeep) throw wrong('--at', 'cannot be given with --probe, --canary or --plain-unc');
  // Read first: a policy that cannot be read must not cost an inspection.
  const source = options.policy === undefined ? undefined : await readPolicy(options.policy);
  const policy = source?.policy;
  if (allowGaps && policy === undefined) throw wrong('--allow-gaps', 'needs --policy');
  const parts = await context.withSession(async session => {
    const ask: AskPart = (name, input) => session.call(name, input);
    if (at === undefined) {
      const gathered = await gatherReport(VERSION, ask, depth);
      return policy === undefined ? gathered : judgeReport(gathered, policy);
    }
    const { parts: past, moment } = await gatherPastReport(VERSION, ask, { at });
    return policy === undefined ? past : judgePast(past, policy, moment);
  });
  const written = await compose(parts, format, {
    madeAt: new Date(context.io.clock.now()).toISOString(),
    depth,
    keepsNames: options.keepNames === true,
    source,
    allowGaps,
  });
  if (output === undefined) {
    context.io.stdout.write(written);
    return exitCodeOf(parts, options);
  }
  await writeUserFile(output, written, options.output === undefined ? '--out' : '--output');
  context.answer({ written: output }, page => page.text(`Written to ${output}. Read it before you pass it on.`));
  return exitCodeOf(parts, options);
}

function wrong(path: string, message: string): FaultError {
  return new FaultError({ code: 'invalid-input', issues: [{ path, message }] });
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
  if (/\.sarif(\.json)?$/i.test(output ?? '')) return 'sarif';
  return isJson || /\.json$/i.test(output ?? '') ? 'json' : 'markdown';
}

interface Composing extends Omit<ComposeOptions, 'policy'> {
  readonly source: PolicySource | undefined;
  readonly allowGaps: boolean;
}

async function compose(
  parts: ReportParts,
  format: Format,
  { source, allowGaps, ...options }: Composing,
): Promise<string> {
  switch (format) {
    case 'html':
      return composeReport(parts, options);
    // Redacted before it is laid out: a name must not escape by being wrapped. Labels are gone, and no page shows them.
    case 'json':
      return reportJson(parts);
    case 'markdown':
      return reportMarkdown(redactReport(parts));
    case 'sarif':
      return sarifOf(parts, source, allowGaps);
  }
}

/** Who reads it sees it beside the source that is scanned: names stay, as in that of `inspect --sarif`. */
function sarifOf(parts: ReportParts, source: PolicySource | undefined, allowGaps: boolean): string {
  const { policy } = parts;
  const judged = source === undefined || policy === undefined ? undefined : { source, judgement: policy, allowGaps };
  const { inspection, simulated, past } = sarifPartsOf(VERSION, parts);
  return sarifText(inspection, simulated, judged, past);
}
