import { readLine } from '../../base/read-line.ts';
import { evaluate } from '../arithmetic.ts';
import { type Builtin, complain, SYNTAX } from '../builtin.ts';
import type { Shell, Streams } from '../shell.ts';

/** `set`, `set prefix`, `set name=value`, `set /a expression`, `set /p name=prompt`. */
async function set(shell: Shell, tail: string, streams: Streams): Promise<number> {
  const text = tail.trimStart();
  const arithmetic = /^\/a\s*(.*)$/is.exec(text);
  if (arithmetic !== null) return setNumber(shell, arithmetic[1] ?? '', streams);
  const asking = /^\/p\s*(.*)$/is.exec(text);
  if (asking !== null) return ask(shell, asking[1] ?? '', streams);
  const bare = /^"(.*)"[^"]*$/s.exec(text)?.[1] ?? text;
  const equals = bare.indexOf('=');
  if (equals === 0) return complain(streams, SYNTAX);
  if (equals > 0) return assign(shell, bare.slice(0, equals), bare.slice(equals + 1));
  const prefix = bare.trim().toLowerCase();
  const shown = shell.variables().filter(({ name }) => name.toLowerCase().startsWith(prefix));
  if (shown.length === 0) return complain(streams, `Environment variable ${bare.trim()} not defined`);
  await streams.stdout.write(shown.map(({ name, value }) => `${name}=${value}\r\n`).join(''));
  return 0;
}

function assign(shell: Shell, name: string, value: string): number {
  if (value !== '') {
    shell.set(name, value);
    return 0;
  }
  return shell.unset(name) ? 0 : 1;
}

async function setNumber(shell: Shell, expression: string, streams: Streams): Promise<number> {
  const value = evaluate(
    expression.replaceAll('"', ''),
    name => shell.variable(name),
    (name, to) => shell.set(name, String(to)),
  );
  if (value === undefined) return complain(streams, 'Missing operand.', 1_073_750_989);
  if (value === 'division') return complain(streams, 'Divide by zero error.', 1_073_750_993);
  // Only the command line shows the result, a batch file does not; here it is always a command line.
  await streams.stdout.write(String(value));
  return 0;
}

async function ask(shell: Shell, text: string, streams: Streams): Promise<number> {
  const match = /^"?([^=]+)=(.*?)"?$/s.exec(text);
  if (match === null) return complain(streams, SYNTAX);
  // Since Vista, blanks before the prompt are not shown.
  await streams.stdout.write((match[2] ?? '').replace(/^"/, '').trimStart());
  const line = await readLine(streams.stdin);
  if (line === undefined || line === '') return 1;
  shell.set((match[1] ?? '').trim(), line);
  return 0;
}

async function path(shell: Shell, tail: string, streams: Streams): Promise<number> {
  const value = tail.trim();
  if (value === '') await streams.stdout.write(`PATH=${shell.variable('PATH') ?? ''}\r\n`);
  else shell.set('PATH', value === ';' ? '' : value.replace(/^=/, ''));
  return 0;
}

async function prompt(shell: Shell, tail: string): Promise<number> {
  shell.set('PROMPT', tail.trim() === '' ? '$P$G' : tail.trimStart());
  return 0;
}

export const VARIABLE_BUILTINS: readonly (readonly [string, Builtin])[] = [
  ['set', { run: set }],
  ['path', { run: path, keepsErrorLevel: true }],
  ['prompt', { run: prompt, keepsErrorLevel: true }],
];
