import type { Command } from 'commander';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import { knownErrors } from '../../../../shared/domain/known-errors.ts';
import { LogOrigin, LogSeverity } from '../../../../shared/domain/log-line.ts';
import type { LogPiece } from '../../../../shared/domain/log-piece.ts';
import { logsWords } from '../../../../shared/wording/screen-logs.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { teach } from '../teach.ts';
import { tellKnownError } from '../text/known-error-text.ts';
import type { Page } from '../text/page.ts';
import { warnOfUnmasked } from '../warn-of-unmasked.ts';
import { wholeNumber } from '../whole-number.ts';
import { type AllLogsOptions, allLogs } from './all-logs.ts';

export function addLogs(program: Command, act: Act): void {
  const made = program
    .command('logs')
    .description('show what a file system wrote, or with --all every log on one clock')
    .argument('[name]', "the container's name or id")
    .option('--all', 'every log: of the app, the engine, the driver, the file systems, and what was ordered and found')
    .option('--origin <origin>', `with --all: only of ${LogOrigin.options.join(', ')}; may be repeated`, several, [])
    .option('--severity <severity>', `with --all: only ${LogSeverity.options.join(', ')}, and what is worse`)
    .option('--text <words>', 'with --all: only lines that hold all these words')
    .option('-f, --follow', 'go on until it ends, or until Ctrl-C')
    .option('--tail <lines>', 'so many lines from the end (default: 1000)', wholeNumber(0, 100_000))
    .option('--since <time>', 'from that time on, e.g. 2026-11-22T08:00:00Z')
    .option('-t, --timestamps', 'with the time of each line')
    .action(act(logs));
  teach(made, {
    prose: [
      'What it wrote to its error output goes to stderr, and below it what is known of the errors in its last lines. With --json, one object a line: {"stream", "text", "at"}.',
      'With --all, one line each of {"at", "origin", "severity", "subject", "name", "text", "what", "data", "sequence"}, in the order of their time. How bad a program means a line is judged by its words.',
      'Values of secrets that are known here are masked in what programs print; on stderr it says of which that is not so.',
    ],
    examples: [
      'siloscope logs memfs-network --tail 20',
      'siloscope logs memfs-network --follow',
      'siloscope logs --all --severity warning',
      'siloscope logs --all --follow --json',
    ],
  });
}

function several(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

interface LogsOptions extends AllLogsOptions {
  readonly all?: boolean;
  readonly since?: string;
  readonly timestamps?: boolean;
}

async function logs(context: Context, name: string | undefined, options: LogsOptions): Promise<number> {
  const { follow = false, tail, since, timestamps = false } = options;
  if (options.all === true && name === undefined) return allLogs(context, options);
  if (name === undefined || options.all === true) {
    const message = 'give the name of a container, or --all, and not both';
    throw new FaultError({ code: 'invalid-input', issues: [{ path: 'name', message }] });
  }
  const input = { name, follow, ...(tail === undefined ? {} : { tail }), ...(since === undefined ? {} : { since }) };
  const write =
    ({ text, at = '' }: LogPiece) =>
    (page: Page) =>
      page.verbatim(timestamps ? `${at} ${text}` : text, 0);
  const last: string[] = [];
  const tell = (piece: LogPiece): void => {
    last.push(...piece.text.split(/\r?\n/));
    if (last.length > 2 * LOOKED_AT) last.splice(0, last.length - LOOKED_AT);
    if (context.options.json !== true && piece.stream === 'stderr') context.complain(write(piece));
    else context.line(piece, write(piece));
  };
  try {
    await context.withSession(async session => {
      await warnOfUnmasked(context, session, name);
      return session.call('filesystem.logs', input, tell);
    });
  } catch (error) {
    // Ctrl-C is how one stops following: nothing was cancelled by it.
    if (!follow || !(error instanceof FaultError) || error.fault.code !== 'cancelled') throw error;
  }
  const errors = knownErrors(last.slice(-LOOKED_AT).toReversed()).slice(0, MOST_TOLD);
  if (errors.length > 0) {
    context.remark(page => {
      page.heading(logsWords.known);
      for (const { known } of errors) tellKnownError(page.gap(), known);
    });
  }
  return EXIT_CODES.done;
}

/** Lines from the end that are looked at for known errors, and errors that are told: as below the list of File systems. */
const LOOKED_AT = 1_000;
const MOST_TOLD = 3;
