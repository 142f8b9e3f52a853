import { encodeText } from '../base/streams.ts';
import { type Answer, type Bound, memberOf } from './cmdlet.ts';
import { findCmdlet } from './cmdlets.ts';
import { runProgram } from './run-program.ts';
import { type Session, writeError } from './session.ts';
import { statementsOf, type Token, tokenize } from './tokens.ts';
import { formatOutput, textOf, type Value } from './value.ts';

const MEMBER_MARK = '\u0000';

/** Runs a script; what its statements leave is shown. */
export async function runScript(session: Session, script: string): Promise<void> {
  for (const statement of statementsOf(tokenize(script))) {
    if (session.exitCode !== undefined) return;
    const values = await runStatement(session, statement, script);
    await session.context.stdout.write(formatOutput(values));
  }
}

/** The values of a script that is part of an expression. */
async function valuesOf(session: Session, script: string): Promise<Value[]> {
  const values: Value[] = [];
  for (const statement of statementsOf(tokenize(script)))
    values.push(...(await runStatement(session, statement, script)));
  return values;
}

async function runStatement(
  session: Session,
  stages: readonly (readonly Token[])[],
  script: string,
): Promise<readonly Value[]> {
  const [first = []] = stages;
  const [target, equals, ...right] = first;
  if (target?.kind === 'word' && /^\$[\w:]+$/.test(target.text) && equals?.kind === 'operator' && equals.text === '=') {
    const values = await runPipeline(session, [right, ...stages.slice(1)], script);
    assign(session, target.text.slice(1), values);
    return [];
  }
  return runPipeline(session, stages, script);
}

function assign(session: Session, name: string, values: readonly Value[]): void {
  if (/^env:/i.test(name)) session.setEnvironment(name.slice(4), values.map(textOf).join(' '));
  else session.variables.set(name.toLowerCase(), values);
}

async function runPipeline(
  session: Session,
  stages: readonly (readonly Token[])[],
  script: string,
): Promise<readonly Value[]> {
  let values: readonly Value[] = [];
  session.succeeded = true;
  for (const stage of stages) {
    const { command, redirection } = splitRedirection(stage);
    values = await runCommand(session, command, values, script);
    if (redirection !== undefined) values = await redirect(session, redirection, values);
    if (session.exitCode !== undefined) return [];
  }
  return values;
}

interface Redirection {
  readonly append: boolean;
  readonly target: Token;
}

/** `> file` at the end of a stage; error redirections are taken and dropped. */
function splitRedirection(stage: readonly Token[]): {
  readonly command: readonly Token[];
  readonly redirection: Redirection | undefined;
} {
  const command: Token[] = [];
  let redirection: Redirection | undefined;
  for (let at = 0; at < stage.length; at++) {
    const token = stage[at];
    if (token === undefined) break;
    if (token.kind !== 'operator' || token.text === '&') command.push(token);
    else if (token.text !== '2>&1') {
      const target = stage[++at];
      if (target !== undefined && !token.text.startsWith('2')) redirection = { append: token.text === '>>', target };
    }
  }
  return { command, redirection };
}

async function redirect(
  session: Session,
  { append, target }: Redirection,
  values: readonly Value[],
): Promise<readonly Value[]> {
  const name = (await evaluate(session, target)).map(textOf).join('');
  if (/^\$?nul?l?$/i.test(target.text)) return [];
  await session.context.win32.write(
    session.path(name),
    encodeText(formatOutput(values)),
    append ? 'append' : 'replace',
  );
  return [];
}

async function runCommand(
  session: Session,
  tokens: readonly Token[],
  input: readonly Value[],
  script: string,
): Promise<readonly Value[]> {
  const called = tokens[0]?.kind === 'operator';
  const [name, ...args] = called ? tokens.slice(1) : tokens;
  if (name === undefined) return input;
  if (!called && isExpression(name)) return expression(session, [name, ...args]);
  const command = (await evaluate(session, name)).map(textOf).join(' ');
  if (command.toLowerCase() === 'exit') {
    const code = args[0] === undefined ? 0 : Number((await evaluate(session, args[0])).map(textOf).join(''));
    session.exitCode = (Number.isFinite(code) ? code : 0) >>> 0;
    return [];
  }
  const cmdlet = findCmdlet(command);
  if (cmdlet !== undefined)
    return settle(session, await cmdlet(session, await bind(session, args, switchesOf(command)), input), script);
  const texts: string[] = [];
  for (const token of args) texts.push(...(await evaluate(session, token)).map(textOf));
  return runProgram(session, command, texts, input, script);
}

async function settle(session: Session, answer: Answer, script: string): Promise<readonly Value[]> {
  if ('values' in answer) return answer.values;
  session.succeeded = false;
  await writeError(session.context.stderr, answer.error, script);
  return [];
}

const isExpression = ({ kind, text }: Token): boolean =>
  kind === 'literal' ||
  kind === 'string' ||
  kind === 'group' ||
  (kind === 'word' && (/^[$]/.test(text) || /^-?\d+(\.\d+)?$/.test(text)));

/** A value with its members, and `-eq` and the like; adjoining values are added as `+` says. */
async function expression(session: Session, tokens: readonly Token[]): Promise<readonly Value[]> {
  let values = await operand(session, tokens);
  const rest = tokens.slice(tokens[1]?.text.startsWith(MEMBER_MARK) === true ? 2 : 1);
  for (let at = 0; at + 1 < rest.length; at += 2) {
    const right = await operand(session, rest.slice(at + 1));
    values = [combine(values[0] ?? '', rest[at]?.text.toLowerCase() ?? '', right[0] ?? '')];
  }
  return values;
}

async function operand(session: Session, tokens: readonly Token[]): Promise<readonly Value[]> {
  const [token, member] = tokens;
  if (token === undefined) return [];
  const values = await evaluate(session, token);
  if (member?.text.startsWith(MEMBER_MARK) !== true) return values;
  return member.text
    .slice(2)
    .split('.')
    .reduce<readonly Value[]>((of, name) => membersOf(of, name), values);
}

function membersOf(values: readonly Value[], name: string): Value[] {
  if (name.toLowerCase() === 'count') return [values.length];
  return values.flatMap(value => memberOf(value, name));
}

function combine(left: Value, operator: string, right: Value): Value {
  const a = textOf(left).toLowerCase();
  const b = textOf(right).toLowerCase();
  switch (operator) {
    case '-eq':
      return a === b;
    case '-ne':
      return a !== b;
    case '-gt':
      return Number(a) > Number(b);
    case '-lt':
      return Number(a) < Number(b);
    case '+':
      return typeof left === 'number' && typeof right === 'number' ? left + right : textOf(left) + textOf(right);
    case '-':
      return Number(a) - Number(b);
    case '*':
      return Number(a) * Number(b);
    default:
      return left;
  }
}

/** What a token stands for as an argument. */
async function evaluate(session: Session, token: Token): Promise<readonly Value[]> {
  switch (token.kind) {
    case 'literal':
    case 'block':
      return [token.text];
    case 'group':
      return valuesOf(session, token.text);
    case 'string':
      return [await interpolate(session, token.text)];
    case 'operator':
      return [token.text];
    case 'word': {
      if (/^-?\d+$/.test(token.text)) return [Number(token.text)];
      const variable = /^\$(\{[^}]+\}|[\w:?]+)((?:\.\w+)*)$/.exec(token.text);
      if (variable === null) return [await interpolate(session, token.text)];
      const values = session.variable((variable[1] ?? '').replace(/[{}]/g, ''));
      const members = (variable[2] ?? '').split('.').slice(1);
      return members.reduce<readonly Value[]>((of, name) => membersOf(of, name), values);
    }
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

/** `"text $name ${name} $(script)"`, with backtick escapes. */
async function interpolate(session: Session, text: string): Promise<string> {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '`') {
      const next = text[at + 1] ?? '';
      out += ESCAPES[next] ?? next;
      at += 2;
      continue;
    }
    const variable = char === '$' ? /^\$(?:\{([^}]+)\}|((?:env:)?\w+)|(\?))/i.exec(text.slice(at)) : null;
    if (variable !== null) {
      out += session
        .variable(variable[1] ?? variable[2] ?? variable[3] ?? '')
        .map(textOf)
        .join(' ');
      at += variable[0].length;
    } else if (char === '$' && text[at + 1] === '(') {
      const [group] = tokenize(text.slice(at));
      out += (await valuesOf(session, group?.text ?? '')).map(textOf).join(' ');
      at += (group?.text.length ?? 0) + 3;
    } else {
      out += char;
      at++;
    }
  }
  return out;
}

const SWITCHES = new Set(['raw', 'recurse', 'force', 'directory', 'file', 'append', 'nonewline', 'quiet']);

/** `-Name` is a switch of Get-ChildItem and takes a value elsewhere. */
function switchesOf(command: string): ReadonlySet<string> {
  return /^(get-childitem|gci|ls|dir)$/i.test(command) ? new Set([...SWITCHES, 'name']) : SWITCHES;
}

async function bind(session: Session, tokens: readonly Token[], switches: ReadonlySet<string>): Promise<Bound> {
  const named = new Map<string, Value>();
  const rest: Value[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    const parameter = token.kind === 'word' ? /^-([A-Za-z]\w*):?$/.exec(token.text)?.[1]?.toLowerCase() : undefined;
    if (parameter === undefined) {
      rest.push(...(await evaluate(session, token)));
      continue;
    }
    const next = tokens[at + 1];
    const isParameter = next?.kind === 'word' && /^-[A-Za-z]/.test(next.text);
    if (switches.has(parameter) || next === undefined || isParameter) named.set(parameter, true);
    else {
      const [value] = await evaluate(session, next);
      named.set(parameter, value ?? '');
      at++;
    }
  }
  return { named, rest };
}
