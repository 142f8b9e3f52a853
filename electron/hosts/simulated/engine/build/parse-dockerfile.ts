import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import { badRequest } from '../api-error.ts';
import { parseGoDuration } from '../go-duration.ts';
import type { HealthCheck } from '../image-config.ts';
import { parsePairs } from './parse-pairs.ts';

/** One instruction, its words not yet expanded. */
export type Step = { readonly line: number; readonly text: string } & StepKind;
type StepKind =
  | { readonly kind: 'from'; readonly image: string; readonly stage: string | undefined }
  | { readonly kind: 'arg'; readonly pairs: Pairs }
  | { readonly kind: 'env' | 'label'; readonly pairs: Pairs }
  | {
      readonly kind: 'copy' | 'add';
      readonly sources: readonly string[];
      readonly to: string;
      readonly from: string | undefined;
      readonly flags: readonly string[];
    }
  | { readonly kind: 'run'; readonly command: CommandLine; readonly flags: readonly string[] }
  | { readonly kind: 'cmd' | 'entrypoint'; readonly command: CommandLine }
  | { readonly kind: 'shell'; readonly words: readonly string[] }
  | { readonly kind: 'maintainer'; readonly value: string }
  | { readonly kind: 'workdir'; readonly value: string }
  | { readonly kind: 'user' | 'stopsignal' | 'onbuild'; readonly value: string }
  | { readonly kind: 'expose' | 'volume'; readonly words: readonly string[] }
  | { readonly kind: 'healthcheck'; readonly check: HealthCheck };

type Pairs = readonly (readonly [name: string, value: string | undefined])[];

/** The words of the JSON form, or the text as it stands behind the instruction. */
export type CommandLine = { readonly words: readonly string[] } | { readonly shell: string };

export interface ParsedDockerfile {
  readonly steps: readonly Step[];
  /** Backslash or backtick. */
  readonly escape: string;
  /** Instructions with an empty line inside. */
  readonly warnings: readonly string[];
}

const FLAGS: Readonly<Record<string, readonly string[]>> = {
  ADD: ['chown', 'chmod', 'link', 'keep-git-dir', 'checksum', 'exclude'],
  COPY: ['chown', 'from', 'chmod', 'link', 'parents', 'exclude'],
  FROM: ['platform'],
  HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
  RUN: ['mount', 'network', 'security'],
};

/** Reads a Dockerfile as the classic builder of engine 28 does; refused (status 400) in its words. */
export function parseDockerfile(text: string, name = 'Dockerfile'): ParsedDockerfile {
  const parsed = DockerfileParser.parse(text);
  const escapes = parsed.getDirectives().filter(directive => directive.getName().toLowerCase() === 'escape');
  const [given] = escapes;
  if (given !== undefined && !['`', '\\'].includes(given.getValue())) {
    throw badRequest(`failed to parse Dockerfile: invalid escape token '${given.getValue()}' does not match \` or \\`);
  }
  if (escapes.length > 1) throw badRequest('failed to parse Dockerfile: only one escape parser directive can be used');
  const instructions = parsed.getInstructions();
  if (instructions.length === 0) throw badRequest(`the Dockerfile (${name}) cannot be empty`);
  const mark = parsed.getEscapeCharacter();
  const lines = text.split(/\r?\n/);
  const warnings: string[] = [];
  const steps = instructions.map(instruction => {
    const { joined, hasEmptyLine } = joinLines(argumentsOf(instruction, lines), mark);
    const original = `${instruction.getInstruction()}${joined === '' ? '' : ` ${joined}`}`;
    if (hasEmptyLine) warnings.push(original);
    return stepOf(instruction, joined, original, mark);
  });
  requireStage(steps);
  return { steps, escape: mark, warnings };
}

/** Instructions stand behind a FROM; before the first one only ARG may. */
function requireStage(steps: readonly Step[]): void {
  const [first] = steps.filter(({ kind }) => kind !== 'arg');
  if (first?.kind !== 'from') throw badRequest('no build stage in current context');
}

/** What stands behind the keyword, flags and all, line by line. */
function argumentsOf(instruction: Instruction, lines: readonly string[]): readonly string[] {
  const { start, end } = instruction.getRange();
  const [first = '', ...rest] = lines.slice(start.line, end.line + 1);
  return [first.slice(start.character + instruction.getInstruction().length).trimStart(), ...rest];
}

/** An instruction's text in one line: escaped ends of lines, comment lines and empty lines are left out. */
function joinLines([first = '', ...rest]: readonly string[], mark: string): { joined: string; hasEmptyLine: boolean } {
  const goesOn = new RegExp(`\\${mark}[ \\t]*$`);
  let joined = first.replace(goesOn, '');
  let hasEmptyLine = false;
  // A here-document is no continuation: its body is another instruction's business, BuildKit's.
  if (rest.length > 0 && !goesOn.test(first)) return { joined: joined.trimEnd(), hasEmptyLine };
  for (const line of rest) {
    if (/^[ \t]*#/.test(line)) continue;
    if (line.trim() === '') hasEmptyLine = true;
    else joined += line.replace(goesOn, '');
  }
  return { joined: joined.trim(), hasEmptyLine };
}

function stepOf(instruction: Instruction, joined: string, text: string, mark: string): Step {
  const keyword = instruction.getKeyword();
  const line = instruction.getRange().start.line + 1;
  const refuse = (message: string): Error => badRequest(`dockerfile parse error on line ${line}: ${message}`);
  const { flags, rest } = takeFlags(joined);
  const known = FLAGS[keyword] ?? [];
  const strange = flags.find(flag => !known.includes(flag.slice(2).split('=')[0] ?? ''));
  const atLeastOne = (): void => {
    if (rest === '') throw refuse(`${keyword} requires at least one argument`);
  };
  const exactlyOne = (): void => {
    if (rest === '') throw refuse(`${keyword} requires exactly one argument`);
  };
  const kindOf = (): StepKind => {
    switch (keyword) {
      case 'FROM':
        return parseFrom(rest, refuse);
      case 'ARG':
        atLeastOne();
        return { kind: 'arg', pairs: parsePairs(rest, keyword, mark) };
      case 'ENV':
      case 'LABEL':
        atLeastOne();
        return { kind: keyword === 'ENV' ? 'env' : 'label', pairs: parsePairs(rest, keyword, mark) };
      case 'COPY':
      case 'ADD':
        return { ...parseCopy(keyword, rest, refuse), from: flagValue(flags, 'from'), flags };
      case 'RUN':
        return { kind: 'run', command: commandOf(rest), flags };
      case 'CMD':
        return { kind: 'cmd', command: commandOf(rest) };
      case 'ENTRYPOINT':
        return { kind: 'entrypoint', command: commandOf(rest) };
      case 'SHELL': {
        const words = jsonWords(rest);
        if (words === undefined) throw refuse('SHELL requires the arguments to be in JSON form');
        if (words.length === 0) throw refuse('SHELL requires at least one argument');
        return { kind: 'shell', words };
      }
      case 'WORKDIR':
        exactlyOne();
        return { kind: 'workdir', value: rest };
      case 'USER':
        exactlyOne();
        return { kind: 'user', value: rest };
      case 'STOPSIGNAL':
        exactlyOne();
        return { kind: 'stopsignal', value: rest };
      case 'MAINTAINER':
        exactlyOne();
        return { kind: 'maintainer', value: rest };
      case 'EXPOSE':
        atLeastOne();
        return { kind: 'expose', words: wordsOf(rest) };
      case 'VOLUME':
        atLeastOne();
        return { kind: 'volume', words: jsonWords(rest) ?? wordsOf(rest) };
      case 'ONBUILD':
        return parseOnBuild(rest, refuse);
      case 'HEALTHCHECK':
        atLeastOne();
        return parseHealthcheck(rest, flags, refuse);
      default:
        throw refuse(`unknown instruction: ${instruction.getInstruction()}`);
    }
  };
  const kind = kindOf();
  if (strange !== undefined) throw refuse(`unknown flag: ${strange.split('=')[0]?.slice(2)}`);
  return { line, text, ...kind };
}

type Refuse = (message: string) => Error;

function parseFrom(rest: string, refuse: Refuse): StepKind {
  const [image = '', as, stage, ...more] = wordsOf(rest);
  const isNamed = as?.toLowerCase() === 'as' && stage !== undefined && more.length === 0;
  if (image === '' || (as !== undefined && !isNamed)) throw refuse('FROM requires either one or three arguments');
  if (stage !== undefined && !/^[a-z][a-z0-9-_.]*$/.test(stage.toLowerCase())) {
    throw refuse(
      `invalid name for build stage: ${JSON.stringify(stage)}, name can't start with a number or contain symbols`,
    );
  }
  return { kind: 'from', image, stage: stage?.toLowerCase() };
}

function parseCopy(
  keyword: 'COPY' | 'ADD',
  rest: string,
  refuse: Refuse,
): { kind: 'copy' | 'add'; sources: readonly string[]; to: string } {
  const words = jsonWords(rest) ?? wordsOf(rest);
  const to = words.at(-1);
  if (to === undefined || words.length === 1) {
    const found = words.length === 0 ? 'no arguments were provided' : 'only one was provided';
    throw refuse(`${keyword} requires at least two arguments, but ${found}. Destination could not be determined`);
  }
  return { kind: keyword === 'COPY' ? 'copy' : 'add', sources: words.slice(0, -1), to };
}

function parseOnBuild(rest: string, refuse: Refuse): StepKind {
  const [trigger = ''] = wordsOf(rest);
  const name = trigger.toUpperCase();
  if (name === '') throw refuse('ONBUILD requires at least one argument');
  if (name === 'ONBUILD') throw refuse("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
  if (name === 'FROM' || name === 'MAINTAINER') throw refuse(`${name} isn't allowed as an ONBUILD trigger`);
  return { kind: 'onbuild', value: rest };
}

function parseHealthcheck(rest: string, flags: readonly string[], refuse: Refuse): StepKind {
  const [type = ''] = wordsOf(rest);
  const command = rest.slice(type.length).trim();
  if (type.toUpperCase() === 'NONE') {
    if (command !== '') throw refuse('HEALTHCHECK NONE takes no arguments');
    return { kind: 'healthcheck', check: { Test: ['NONE'] } };
  }
  if (type.toUpperCase() !== 'CMD') {
    throw refuse(`Unknown type ${JSON.stringify(type.toUpperCase())} in HEALTHCHECK (try CMD)`);
  }
  if (command === '') throw refuse('Missing command after HEALTHCHECK CMD');
  const words = jsonWords(command);
  const Test = words === undefined ? ['CMD-SHELL', command] : ['CMD', ...words];
  const retries = flagValue(flags, 'retries') ?? '0';
  if (!/^[+-]?\d+$/.test(retries)) throw refuse(`strconv.ParseInt: parsing ${JSON.stringify(retries)}: invalid syntax`);
  if (Number(retries) < 0) throw refuse(`--retries cannot be negative (${Number(retries)})`);
  const span = (name: string): number => checkSpan(flagValue(flags, name) ?? '0', name, refuse);
  const spans = {
    Interval: span('interval'),
    Timeout: span('timeout'),
    StartPeriod: span('start-period'),
    StartInterval: span('start-interval'),
    Retries: Number(retries),
  };
  return {
    kind: 'healthcheck',
    check: { Test, ...Object.fromEntries(Object.entries(spans).filter(([, value]) => value !== 0)) },
  };
}

function checkSpan(text: string, name: string, refuse: Refuse): number {
  const span = parseGoDuration(text);
  if (span === undefined) throw refuse(`time: invalid duration ${JSON.stringify(text)}`);
  if (span !== 0 && span < 1e6) throw refuse(`Interval ${JSON.stringify(name)} cannot be less than 1ms`);
  return span;
}

/** `--name[=value]` at the beginning of an instruction's words. */
function takeFlags(text: string): { flags: readonly string[]; rest: string } {
  const flags: string[] = [];
  let rest = text;
  for (let found = /^(--[a-z]\S*)(?:\s+|$)/.exec(rest); found !== null; found = /^(--[a-z]\S*)(?:\s+|$)/.exec(rest)) {
    flags.push(found[1] ?? '');
    rest = rest.slice(found[0].length);
  }
  return { flags, rest };
}

function flagValue(flags: readonly string[], name: string): string | undefined {
  return flags.find(flag => flag.startsWith(`--${name}=`))?.slice(name.length + 3);
}

const wordsOf = (text: string): string[] => text.split(/[ \t\v\f\r]+/).filter(word => word !== '');

/** The words of a JSON array of strings; undefined when it is none: then it is the shell form. */
function jsonWords(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every(word => typeof word === 'string') ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function commandOf(text: string): CommandLine {
  const words = jsonWords(text);
  return words === undefined ? { shell: text } : { words };
}
