import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import { gatherReport, type ReportParts, redactReport } from '../../../../shared/contract/report.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { teach } from '../teach.ts';
import { reportMarkdown } from '../text/report-text.ts';
import { VERSION } from '../version.ts';

export function addReport(program: Command, act: Act): void {
  const made = program
    .command('report')
    .description('write a report to paste into an issue: doctor, inspect and the last of the journal, redacted')
    .option('-o, --output <file>', 'default: stdout')
    .addOption(new Option('--format <format>', 'default: markdown, or json with --json').choices(['markdown', 'json']))
    .action(act(report));
  teach(made, {
    prose: [
      'Nothing is probed, and nothing is written inside a container. Names of the machine and of users, accounts, addresses, secrets, labels and environments are taken out. Read it before you paste it all the same: UNC prefixes and file names stay, since they explain the rest.',
    ],
    examples: ['siloscope report --output report.md'],
  });
}

interface ReportOptions {
  readonly output?: string;
  readonly format?: 'markdown' | 'json';
}

async function report(context: Context, { output, format }: ReportOptions): Promise<number> {
  const parts = await context.withSession(session => gatherReport(VERSION, (name, input) => session.call(name, input)));
  // Redacted before it is laid out: a name must not escape by being wrapped. Labels are gone, and no page shows them.
  const redacted = redactReport(parts);
  const wanted = format ?? (context.options.json === true ? 'json' : 'markdown');
  const written =
    wanted === 'json' ? `${JSON.stringify(redacted, undefined, 2)}\n` : reportMarkdown(redacted as ReportParts);
  if (output === undefined) {
    context.io.stdout.write(written);
    return EXIT_CODES.done;
  }
  try {
    await writeFile(output, written);
  } catch (caught) {
    const { message } = caught as NodeJS.ErrnoException;
    throw new FaultError({ code: 'invalid-input', issues: [{ path: '--output', message }] }, { cause: caught });
  }
  context.answer({ written: output }, page => page.text(`Written to ${output}. Read it before you paste it.`));
  return EXIT_CODES.done;
}
