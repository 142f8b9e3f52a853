import { nulSink } from '../../base/streams.ts';
import { type Builtin, complain } from '../builtin.ts';
import { expandVariables } from '../expand.ts';
import { findProgram } from '../find-program.ts';
import { startProgram, waitFor } from '../run-program.ts';
import type { Shell, Streams } from '../shell.ts';

/** `exit [/b] [n]`: ends cmd, with /b only the batch file; the last error level without a number. */
async function exit(shell: Shell, tail: string): Promise<number> {
  const [, leaves, number] = /^\s*(\/b)?\s*([+-]?\d+)?/i.exec(tail) ?? [];
  const code = number === undefined ? shell.errorLevel : Number(number) >>> 0;
  if (leaves !== undefined && shell.batchDepth > 0) shell.jump = 'eof';
  else shell.exitCode = code;
  return code;
}

/** `call name ...`: as if typed, with variables expanded once more. */
async function call(shell: Shell, tail: string, streams: Streams): Promise<number> {
  const text = expandVariables(tail.trimStart(), name => shell.variable(name));
  const match = /^("[^"]*"|[^\s,;=]+)(.*)$/s.exec(text);
  return match === null ? 0 : shell.call(match[1] ?? '', match[2] ?? '', streams);
}

/** `start ["title"] [/b] [/wait] program ...`. A window of its own shows nothing here. */
async function start(shell: Shell, tail: string, streams: Streams): Promise<number> {
  let rest = tail.trimStart();
  const title = /^"[^"]*"\s*/.exec(rest);
  if (title !== null && title[0].length < rest.length) rest = rest.slice(title[0].length);
  let background = false;
  let waits = false;
  for (let match = /^\/([a-z]+)(?:\s+|$)/i.exec(rest); match !== null; match = /^\/([a-z]+)(?:\s+|$)/i.exec(rest)) {
    const name = match[1]?.toLowerCase();
    background ||= name === 'b';
    waits ||= name === 'w' || name === 'wait';
    rest = rest.slice(match[0].length);
    if (name === 'd') rest = rest.replace(/^("[^"]*"|\S+)\s*/, '');
  }
  const match = /^("[^"]*"|[^\s]+)(.*)$/s.exec(rest);
  if (match === null) return 0;
  const [, name = '', args = ''] = match;
  const found = await findProgram(shell, name);
  const typed = name.replaceAll('"', '');
  if (found.kind === 'none') return complain(streams, `The system cannot find the file ${typed}.`, 9059);
  const own = background || waits ? streams : { ...streams, stdout: nulSink, stderr: nulSink };
  const process = await startProgram(shell, found.path, args, own);
  if (process === undefined) return complain(streams, 'The system cannot execute the specified program.');
  return waits ? waitFor(shell, process) : 0;
}

/** Outside batch files, labels are nowhere. */
async function goto(shell: Shell, tail: string): Promise<number> {
  const label = tail.trim().replace(/^:/, '').split(/[\s:]/)[0] ?? '';
  if (shell.batchDepth > 0) shell.jump = label.toLowerCase();
  return 0;
}

export const CONTROL_BUILTINS: readonly (readonly [string, Builtin])[] = [
  ['exit', { run: exit }],
  ['call', { run: call, keepsErrorLevel: true }],
  ['start', { run: start }],
  ['goto', { run: goto, keepsErrorLevel: true }],
];
