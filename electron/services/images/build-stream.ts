import type { BuildProgress, BuildStep } from '../../../shared/domain/image-recipe.ts';
import type { DockerfileLine } from '../../../shared/domain/judge-recipe.ts';

/** What is known of a build from what the engine told. */
export interface BuildState {
  readonly step: BuildStep | undefined;
  readonly cached: boolean;
  /** The last of what the present step printed. */
  readonly output: string;
  /** Images that this build made, the oldest first; short ids. */
  readonly made: readonly string[];
  /** Of the image, once it is there. */
  readonly id: string | undefined;
  readonly isBuilt: boolean;
  readonly warnings: readonly string[];
  readonly error?: { readonly message: string; readonly exitCode?: number };
}

export const STARTED_BUILD: BuildState = {
  step: undefined,
  cached: false,
  output: '',
  made: [],
  id: undefined,
  isBuilt: false,
  warnings: [],
};

const MOST_OUTPUT = 8_000;
const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/**
 * The state after one object of the stream of the classic builder, and what of it is to be told. Total.
 * Ground: moby daemon/builder/dockerfile/builder.go; the order as observed on dockerd.
 */
export function applyBuildLine(
  state: BuildState,
  line: unknown,
  lines: readonly DockerfileLine[],
): { readonly state: BuildState; readonly told?: BuildProgress } {
  if (typeof line !== 'object' || line === null) return { state };
  const detail: unknown = Reflect.get(line, 'errorDetail');
  const message = textAt(line, 'error') ?? textAt(detail, 'message');
  if (message !== undefined) {
    const code: unknown = typeof detail === 'object' && detail !== null ? Reflect.get(detail, 'code') : undefined;
    const exitCode = typeof code === 'number' && Number.isInteger(code) ? code : undefined;
    return { state: { ...state, error: { message, ...(exitCode === undefined ? {} : { exitCode }) } } };
  }
  const id = textAt(Reflect.get(line, 'aux'), 'ID');
  if (id !== undefined) return { state: { ...state, id } };
  const said = textAt(line, 'stream');
  return said === undefined ? { state } : applyText(state, said.replace(ANSI, ''), lines);
}

function applyText(
  state: BuildState,
  said: string,
  lines: readonly DockerfileLine[],
): { readonly state: BuildState; readonly told?: BuildProgress } {
  const [, number, of, text = ''] = /^Step (\d+)\/(\d+) : (.*)$/s.exec(said.trimEnd()) ?? [];
  if (number !== undefined) {
    const line = lines[Number(number) - 1]?.line;
    const step: BuildStep = {
      number: Number(number),
      of: Number(of),
      text,
      ...(line === undefined ? {} : { line }),
    };
    return { state: { ...state, step, cached: false, output: '' }, told: { kind: 'step', step, cached: false } };
  }
  if (said.trim() === '---> Using cache') {
    const told: BuildProgress | undefined =
      state.step === undefined ? undefined : { kind: 'step', step: state.step, cached: true };
    return { state: { ...state, cached: true }, ...(told === undefined ? {} : { told }) };
  }
  const made = /^ ---> ([0-9a-f]{12})\n?$/.exec(said)?.[1];
  if (made !== undefined) {
    const isOwn = !state.cached && !/^FROM\b/i.test(state.step?.text ?? '');
    return { state: isOwn ? { ...state, made: [...state.made, made] } : state };
  }
  if (/^Successfully built [0-9a-f]{12}\s*$/.test(said)) return { state: { ...state, isBuilt: true } };
  if (/^\[Warning\]|^ ---> \[Warning\]/.test(said)) {
    return { state: { ...state, warnings: [...state.warnings, said.replace(/^ ---> /, '').trim()] } };
  }
  if (
    /^(?: ---> (?:Running in [0-9a-f]{12})?|Removing intermediate container .*|Successfully tagged .*)?\s*$/.test(said)
  ) {
    return { state };
  }
  const output = `${state.output}${said}`.slice(-MOST_OUTPUT);
  return { state: { ...state, output }, told: { kind: 'output', text: said.slice(-MOST_OUTPUT) } };
}

function textAt(value: unknown, key: string): string | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === 'string' ? found : undefined;
}
