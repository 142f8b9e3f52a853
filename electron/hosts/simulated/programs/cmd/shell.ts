import type { ByteSink, ByteSource, Process, ProgramContext } from '../../machine.ts';
import { longDate, longTime } from '../base/formats.ts';
import { fullPath } from '../base/win32-path.ts';

/** Where a command reads and writes. */
export interface Streams {
  readonly stdin: ByteSource;
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
}

/** Runs a command by its name, as if it had been typed. */
export type RunNamed = (shell: Shell, name: string, tail: string, streams: Streams) => Promise<number>;

/** One cmd.exe: its directory, variables and last error level. */
export class Shell {
  readonly context: ProgramContext;
  /** Upper-case name -> name as set, value. */
  readonly #variables = new Map<string, { readonly name: string; readonly value: string }>();
  /** `D:` -> its current directory. */
  readonly driveDirectories = new Map<string, string>();
  readonly directoryStack: string[] = [];
  cwd: string;
  errorLevel = 0;
  echo = true;
  delayedExpansion = false;
  /** The child that has the console. */
  foreground: Process | undefined;
  /** Set by `exit`. */
  exitCode: number | undefined;
  /** How many batch files are running in one another. */
  batchDepth = 0;
  /** The label that the running batch file is to go on at; `eof` leaves it. */
  jump: string | undefined;
  /** Ctrl-C came: nothing more of this line is run. */
  interrupted = false;

  readonly #runNamed: RunNamed;

  constructor(context: ProgramContext, runNamed: RunNamed) {
    this.context = context;
    this.#runNamed = runNamed;
    this.cwd = fullPath(context.cwd === '' ? 'C:\\' : context.cwd, 'C:\\');
    for (const [name, value] of context.environment) this.set(name, value);
    if (this.variable('PROMPT') === undefined) this.set('PROMPT', '$P$G');
    if (this.variable('NUMBER_OF_PROCESSORS') === undefined)
      this.set('NUMBER_OF_PROCESSORS', String(context.machine.processors));
    if (this.variable('PATHEXT') === undefined)
      this.set('PATHEXT', '.COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC');
  }

  /** For `call`. */
  call(name: string, tail: string, streams: Streams): Promise<number> {
    return this.#runNamed(this, name, tail, streams);
  }

  get win32(): ProgramContext['win32'] {
    return this.context.win32;
  }

  /** A set variable, or a dynamic one. */
  variable(name: string): string | undefined {
    const set = this.#variables.get(name.toUpperCase());
    if (set !== undefined) return set.value;
    const { clock, machine, commandLine } = this.context;
    switch (name.toUpperCase()) {
      case 'CD':
        return this.cwd;
      case 'ERRORLEVEL':
        return String(this.errorLevel | 0);
      case 'DATE':
        return longDate(clock.now());
      case 'TIME':
        return longTime(clock.now());
      case 'RANDOM':
        return String(machine.random.integer(32_768));
      case 'CMDCMDLINE':
        return commandLine;
      case 'CMDEXTVERSION':
        return '2';
      default:
        return undefined;
    }
  }

  set(name: string, value: string): void {
    this.#variables.set(name.toUpperCase(), { name: this.#variables.get(name.toUpperCase())?.name ?? name, value });
  }

  unset(name: string): boolean {
    return this.#variables.delete(name.toUpperCase());
  }

  /** Sorted by name, as `set` prints them. */
  variables(): { readonly name: string; readonly value: string }[] {
    return [...this.#variables.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, variable]) => variable);
  }

  /** What a child inherits. */
  environment(): Record<string, string> {
    return Object.fromEntries(this.variables().map(({ name, value }) => [name, value]));
  }

  /** A path as typed, made full. */
  path(text: string): string {
    return fullPath(text, this.cwd, this.driveDirectories);
  }

  changeDirectory(path: string): void {
    this.cwd = path;
    this.driveDirectories.set(path.slice(0, 2).toUpperCase(), path);
  }

  prompt(): string {
    const format = this.variable('PROMPT') ?? '$P$G';
    return format.replace(/\$(.)/gs, (_whole, letter: string) => this.#promptPart(letter.toUpperCase()));
  }

  #promptPart(letter: string): string {
    const now = this.context.clock.now();
    const { build, revision } = this.context.machine.version;
    const parts: Record<string, string> = {
      P: this.cwd,
      G: '>',
      L: '<',
      N: this.cwd.slice(0, 1),
      D: longDate(now),
      T: longTime(now),
      V: `Microsoft Windows [Version 10.0.${build}.${revision}]`,
      _: '\r\n',
      S: ' ',
      A: '&',
      B: '|',
      C: '(',
      F: ')',
      E: '\u001b',
      H: '\b \b',
      Q: '=',
      $: '$',
    };
    return parts[letter] ?? '';
  }
}
