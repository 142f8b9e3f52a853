import type { ByteSink, ProgramContext } from '../../machine.ts';
import { fullPath } from '../base/win32-path.ts';
import type { Value } from './value.ts';

/** One powershell.exe: its location, variables and what ran last. */
export class Session {
  readonly context: ProgramContext;
  readonly variables = new Map<string, readonly Value[]>();
  readonly #environment = new Map<string, { name: string; value: string }>();
  cwd: string;
  /** `$?` of the last statement. */
  succeeded = true;
  /** `$LASTEXITCODE`. */
  lastExitCode: number | undefined;
  exitCode: number | undefined;

  constructor(context: ProgramContext) {
    this.context = context;
    this.cwd = fullPath(context.cwd === '' ? 'C:\\' : context.cwd, 'C:\\');
    for (const [name, value] of context.environment) this.setEnvironment(name, value);
  }

  environment(name: string): string | undefined {
    return this.#environment.get(name.toUpperCase())?.value;
  }

  setEnvironment(name: string, value: string): void {
    this.#environment.set(name.toUpperCase(), { name, value });
  }

  wholeEnvironment(): Record<string, string> {
    return Object.fromEntries([...this.#environment.values()].map(({ name, value }) => [name, value]));
  }

  path(text: string): string {
    return fullPath(text.replace(/^Microsoft\.PowerShell\.Core\\FileSystem::/i, ''), this.cwd);
  }

  /** `$name`, `$env:name` and the automatic variables. */
  variable(name: string): readonly Value[] {
    const lower = name.toLowerCase();
    if (lower.startsWith('env:')) {
      const value = this.environment(name.slice(4));
      return value === undefined ? [] : [value];
    }
    switch (lower) {
      case 'true':
        return [true];
      case 'false':
        return [false];
      case 'null':
        return [];
      case '?':
        return [this.succeeded];
      case 'lastexitcode':
        return this.lastExitCode === undefined ? [] : [this.lastExitCode];
      case 'pwd':
        return [this.cwd];
      case 'pid':
        return [this.context.processId];
      default:
        return this.variables.get(lower) ?? [];
    }
  }
}

/** An error record on standard error, worded as Windows PowerShell words it. */
export interface PowerShellError {
  readonly command: string;
  readonly message: string;
  readonly category: string;
  readonly id: string;
}

const WIDTH = 120;

/** Prints an error record: message, position, category and id. */
export async function writeError(stderr: ByteSink, error: PowerShellError, statement: string): Promise<void> {
  const line = statement.trim().split('\n')[0] ?? '';
  const lines = [
    ...wrap(`${error.command} : ${error.message}`),
    'At line:1 char:1',
    `+ ${line}`,
    `+ ${'~'.repeat(Math.max(1, line.length))}`,
    ...wrap(`    + CategoryInfo          : ${error.category}`),
    ...wrap(`    + FullyQualifiedErrorId : ${error.id}`),
    ' ',
  ];
  await stderr.write(lines.map(text => `${text}\r\n`).join(''));
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length >= WIDTH) {
    const blank = rest.lastIndexOf(' ', WIDTH - 1);
    const cut = blank > 8 ? blank + 1 : WIDTH - 1;
    lines.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...lines, rest];
}
