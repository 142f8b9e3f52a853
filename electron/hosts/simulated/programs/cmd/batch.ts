import { decodeText, linesOf } from '../base/streams.ts';
import { wordsOf } from './arguments.ts';
import { complain } from './builtin.ts';
import type { Shell, Streams } from './shell.ts';

type RunLine = (shell: Shell, line: string, streams: Streams) => Promise<number>;

/** Runs a batch file: `%1`, labels and `goto`, blocks over several lines, `exit /b`. */
export async function runBatch(
  shell: Shell,
  path: string,
  tail: string,
  streams: Streams,
  runLine: RunLine,
): Promise<number> {
  const lines = linesOf(decodeText(await shell.win32.read(path)));
  const args = [path, ...wordsOf(tail)];
  const echo = shell.echo;
  shell.batchDepth++;
  let code = 0;
  let at = 0;
  while (at < lines.length && shell.exitCode === undefined && !shell.interrupted) {
    let line = (lines[at++] ?? '').trimStart();
    if (line === '' || line.startsWith(':')) continue;
    while (openParentheses(line) > 0 && at < lines.length) line += `\n${lines[at++] ?? ''}`;
    line = withArguments(line, args, tail);
    if (shell.echo && !line.startsWith('@')) await streams.stdout.write(`\r\n${shell.prompt()}${line} \r\n`);
    code = await runLine(shell, line, streams);
    const { jump } = shell;
    shell.jump = undefined;
    if (jump === undefined) continue;
    const label = jump === 'eof' ? lines.length : lines.findIndex(text => text.trim().toLowerCase() === `:${jump}`);
    if (label < 0) code = await complain(streams, `The system cannot find the batch label specified - ${jump}`);
    at = label < 0 ? lines.length : label + 1;
  }
  shell.batchDepth--;
  shell.echo = echo;
  return code;
}

function openParentheses(text: string): number {
  let open = 0;
  let inQuotes = false;
  for (const char of text) {
    if (char === '"') inQuotes = !inQuotes;
    else if (!inQuotes && char === '(') open++;
    else if (!inQuotes && char === ')') open--;
  }
  return open;
}

function withArguments(line: string, args: readonly string[], tail: string): string {
  return line.replace(
    /%(?:(~)?([0-9])|(\*)|%)/g,
    (_whole, _bare: string | undefined, digit: string | undefined, all: string | undefined) => {
      if (digit !== undefined) return args[Number(digit)] ?? '';
      return all === undefined ? '%%' : tail.trim();
    },
  );
}
