import { isSystemCallError } from '../base/nt-status.ts';
import { CollectingSink, decodeText, linesOf, Pipe } from '../base/streams.ts';
import { hasWildcard } from '../base/wildcard.ts';
import { win32Message } from '../base/win32-message.ts';
import { runBatch } from './batch.ts';
import { complain } from './builtin.ts';
import { findBuiltin } from './builtins.ts';
import { expandVariables, substituteForVariable } from './expand.ts';
import { exists, findProgram } from './find-program.ts';
import { forLines, forNumbers, forWords } from './for-set.ts';
import { glob } from './glob.ts';
import { parseLine } from './parser.ts';
import { redirect } from './redirect.ts';
import { startProgram, waitFor } from './run-program.ts';
import type { Shell, Streams } from './shell.ts';
import { type Command, type Condition, SyntaxFault } from './syntax.ts';

/** Bindings of for-variables, innermost last. */
type Bindings = readonly (readonly [name: string, value: string])[];

/** Expands, parses and runs one line. Answers the code of what ran last; a line that makes no sense answers 255. */
export async function runLine(shell: Shell, line: string, streams: Streams): Promise<number> {
  const expanded = expandVariables(line, name => shell.variable(name));
  try {
    return await run(shell, parseLine(expanded), streams, []);
  } catch (caught) {
    if (!(caught instanceof SyntaxFault)) throw caught;
    shell.errorLevel = 255;
    return complain(streams, caught.message, 255);
  }
}

async function run(shell: Shell, command: Command, streams: Streams, bindings: Bindings): Promise<number> {
  if (shell.exitCode !== undefined) return shell.exitCode;
  if (shell.interrupted || shell.jump !== undefined) return shell.errorLevel;
  switch (command.kind) {
    case 'nothing':
      return 0;
    case 'simple':
      return runSimple(shell, command, streams, bindings);
    case 'block': {
      const inner = await redirect(shell, streams, command.redirections);
      return inner === undefined ? 1 : run(shell, command.body, inner, bindings);
    }
    case 'sequence':
      await run(shell, command.left, streams, bindings);
      return run(shell, command.right, streams, bindings);
    case 'and': {
      const code = await run(shell, command.left, streams, bindings);
      return code === 0 ? run(shell, command.right, streams, bindings) : code;
    }
    case 'or': {
      const code = await run(shell, command.left, streams, bindings);
      return code === 0 ? code : run(shell, command.right, streams, bindings);
    }
    case 'pipe':
      return runPipe(shell, command.left, command.right, streams, bindings);
    case 'if': {
      const holds = await judge(shell, command.condition, command.ignoreCase, bindings);
      if (holds !== command.not) return run(shell, command.body, streams, bindings);
      return command.otherwise === undefined ? 0 : run(shell, command.otherwise, streams, bindings);
    }
    case 'for':
      return runFor(shell, command, streams, bindings);
  }
}

async function runPipe(
  shell: Shell,
  left: Command,
  right: Command,
  streams: Streams,
  bindings: Bindings,
): Promise<number> {
  const pipe = new Pipe();
  const writing = run(shell, left, { ...streams, stdout: pipe }, bindings).finally(() => pipe.end());
  const code = await run(shell, right, { ...streams, stdin: pipe }, bindings);
  pipe.abandon();
  await writing;
  shell.errorLevel = code;
  return code;
}

function bind(shell: Shell, text: string, bindings: Bindings): string {
  const bound = bindings.reduceRight((so, [name, value]) => substituteForVariable(so, name, value), text);
  return shell.delayedExpansion ? expandVariables(bound, name => shell.variable(name), '!') : bound;
}

async function runSimple(
  shell: Shell,
  command: Extract<Command, { kind: 'simple' }>,
  streams: Streams,
  bindings: Bindings,
): Promise<number> {
  const redirections = command.redirections.map(one =>
    one.kind === 'file' ? { ...one, target: bind(shell, one.target, bindings) } : one,
  );
  const inner = await redirect(shell, streams, redirections);
  if (inner === undefined) {
    shell.errorLevel = 1;
    return 1;
  }
  return runNamed(shell, bind(shell, command.name, bindings), bind(shell, command.tail, bindings), inner);
}

/** Runs a command by its name: a built-in, a drive letter, a batch file or a program. */
export async function runNamed(shell: Shell, name: string, tail: string, streams: Streams): Promise<number> {
  if (name === '') return 0;
  try {
    const builtin = findBuiltin(name, tail);
    if (builtin !== undefined) {
      const code = await builtin.builtin.run(shell, builtin.tail, streams);
      if (code !== 0 || builtin.builtin.keepsErrorLevel !== true) shell.errorLevel = code;
      return code;
    }
    if (/^[A-Za-z]:$/.test(name)) return await changeDrive(shell, name.toUpperCase(), streams);
    return await runProgram(shell, name, tail, streams);
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    shell.errorLevel = 1;
    return complain(streams, win32Message(caught.win32));
  }
}

async function changeDrive(shell: Shell, drive: string, streams: Streams): Promise<number> {
  if (!(await exists(shell, `${drive}\\`))) {
    shell.errorLevel = 1;
    return complain(streams, win32Message(15));
  }
  shell.changeDirectory(shell.driveDirectories.get(drive) ?? `${drive}\\`);
  return 0;
}

async function runProgram(shell: Shell, name: string, tail: string, streams: Streams): Promise<number> {
  const found = await findProgram(shell, name);
  if (found.kind === 'none') {
    if (found.because === 'no-such-directory') {
      shell.errorLevel = 1;
      return complain(streams, win32Message(3));
    }
    shell.errorLevel = 9009;
    const typed = name.replaceAll('"', '');
    return complain(
      streams,
      `'${name.includes(' ') ? name : typed}' is not recognized as an internal or external command,\r\noperable program or batch file.`,
    );
  }
  if (found.kind === 'batch') return runBatch(shell, found.path, tail, streams, runLine);
  const process = await startProgram(shell, found.path, tail, streams);
  if (process === undefined) return complain(streams, 'The system cannot execute the specified program.', 1);
  return waitFor(shell, process);
}

async function judge(shell: Shell, condition: Condition, ignoreCase: boolean, bindings: Bindings): Promise<boolean> {
  switch (condition.kind) {
    case 'exist':
      return existsAny(shell, bind(shell, condition.path, bindings));
    case 'defined':
      return shell.variable(bind(shell, condition.name, bindings)) !== undefined;
    case 'errorlevel':
      return (shell.errorLevel | 0) >= condition.level;
    case 'compare':
      return compare(
        bind(shell, condition.left, bindings),
        condition.operator,
        bind(shell, condition.right, bindings),
        ignoreCase,
      );
  }
}

function compare(
  left: string,
  operator: Extract<Condition, { kind: 'compare' }>['operator'],
  right: string,
  ignoreCase: boolean,
): boolean {
  const a = ignoreCase ? left.toLowerCase() : left;
  const b = ignoreCase ? right.toLowerCase() : right;
  if (operator === '==') return a === b;
  const numbers = /^-?\d+$/;
  const order = numbers.test(a) && numbers.test(b) ? Math.sign(Number(a) - Number(b)) : a === b ? 0 : a < b ? -1 : 1;
  return { equ: order === 0, neq: order !== 0, lss: order < 0, leq: order <= 0, gtr: order > 0, geq: order >= 0 }[
    operator
  ];
}

async function existsAny(shell: Shell, typed: string): Promise<boolean> {
  if (/^nul$/i.test(typed)) return true;
  return (await glob(shell, typed)).length > 0;
}

async function runFor(
  shell: Shell,
  command: Extract<Command, { kind: 'for' }>,
  streams: Streams,
  bindings: Bindings,
): Promise<number> {
  let code = 0;
  for (const values of await forValues(shell, command, streams, bindings)) {
    if (shell.exitCode !== undefined || shell.interrupted || shell.jump !== undefined) break;
    const bound: Bindings = [...bindings, ...namedFrom(command.variable, values)];
    if (shell.echo && command.body.kind === 'simple' && !command.body.silent) {
      const { name, tail } = command.body;
      await streams.stdout.write(`\r\n${shell.prompt()}${bind(shell, `${name}${tail.trimEnd()}`, bound)} \r\n`);
    }
    code = await run(shell, command.body, streams, bound);
  }
  return code;
}

/** `tokens=1,2` binds %i and %j. */
function namedFrom(variable: string, values: readonly string[]): [string, string][] {
  return values.map((value, index) => [String.fromCharCode(variable.charCodeAt(0) + index), value]);
}

async function forValues(
  shell: Shell,
  command: Extract<Command, { kind: 'for' }>,
  streams: Streams,
  bindings: Bindings,
): Promise<readonly (readonly string[])[]> {
  const set = bind(shell, command.set, bindings);
  if (command.how === 'numbers') return forNumbers(set).map(number => [number]);
  if (command.how === 'lines') return forLines(await linesFor(shell, set, streams), command.options);
  const found: string[] = [];
  for (const word of forWords(set)) {
    if (hasWildcard(word))
      found.push(
        ...(await glob(shell, word.replaceAll('"', ''), command.how === 'directories' ? 'directories' : 'files')),
      );
    else found.push(word);
  }
  return found.map(word => [word]);
}

/** The lines of `'command'`, of `"text"`, or of files. */
async function linesFor(shell: Shell, set: string, streams: Streams): Promise<string[]> {
  if (/^'.*'$/s.test(set)) {
    const output = new CollectingSink();
    await run(shell, parseLine(set.slice(1, -1)), { ...streams, stdout: output }, []);
    return linesOf(output.text());
  }
  if (/^".*"$/s.test(set)) return [set.slice(1, -1)];
  const lines: string[] = [];
  for (const file of forWords(set))
    lines.push(...linesOf(decodeText(await shell.win32.read(shell.path(file.replaceAll('"', ''))))));
  return lines;
}
