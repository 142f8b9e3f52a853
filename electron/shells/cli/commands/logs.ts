import type { Command } from 'commander';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import { LogOrigin, LogSeverity } from '../../../../shared/domain/log-line.ts';
import type { LogPiece } from '../../../../shared/domain/log-piece.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { teach } from '../teach.ts';
import type { Page } from '../text/page.ts';
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
      'What it wrote to its error output goes to stderr. With --json, one object a line: {"stream", "text", "at"}.',
      'With --all, one line each of {"at", "origin", "severity", "subject", "text"}, in the order of their time. How bad a program means a line is judged by its words.',
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
  const tell = (piece: LogPiece): void => {
    if (context.options.json !== true && piece.stream === 'stderr') context.complain(write(piece));
    else context.line(piece, write(piece));
  };
  try {
    await context.withSession(session => session.call('filesystem.logs', input, tell));
  } catch (error) {
    // Ctrl-C is how one stops following: nothing was cancelled by it.
    if (!follow || !(error instanceof FaultError) || error.fault.code !== 'cancelled') throw error;
  }
  return EXIT_CODES.done;
}
