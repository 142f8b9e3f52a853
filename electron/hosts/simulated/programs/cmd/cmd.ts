import type { ProgramContext } from '../../machine.ts';
import { Keyboard, type Typed } from '../base/keyboard.ts';
import { STATUS } from '../base/nt-status.ts';
import { LineReader } from '../base/streams.ts';
import { exists } from './find-program.ts';
import { runLine, runNamed } from './interpreter.ts';
import { Shell, type Streams } from './shell.ts';
import { parseCmdSwitches } from './switches.ts';

/** cmd.exe: `/c` and `/k` commands, and a prompt that reads standard input. */
export async function cmd(context: ProgramContext): Promise<number> {
  const shell = new Shell(context, runNamed);
  let die = (): void => undefined;
  const ended = new Promise<number>(resolve => {
    die = () => resolve(STATUS.controlCExit);
  });
  const console = consoleOf(shell, () => die());
  context.onControl(event => {
    if (event === 'shutdown' || !console.interrupt(event)) die();
  });
  return Promise.race([runShell(shell, console), ended]);
}

interface Console {
  readonly streams: Streams;
  /** The next line typed; undefined at the end of the input. */
  line(): Promise<Typed | undefined>;
  /** Ctrl-C. False when nobody here takes it: cmd itself ends. */
  interrupt(event: 'ctrl-c' | 'ctrl-break'): boolean;
  /** cmd has begun to read lines. */
  interactive: boolean;
}

function consoleOf(shell: Shell, die: () => void): Console {
  const { stdin, stdout, stderr, terminal } = shell.context;
  // The console tells the child of an event by itself; only a key that was typed here has to be passed on.
  const interrupt = (event: 'ctrl-c' | 'ctrl-break'): boolean => {
    shell.interrupted ||= event === 'ctrl-c';
    if (shell.foreground !== undefined) return true;
    keyboard?.interrupt();
    return made.interactive;
  };
  const keyboard =
    terminal === undefined
      ? undefined
      : new Keyboard(stdin, stdout, () => {
          shell.foreground?.control('ctrl-c');
          if (!interrupt('ctrl-c')) die();
        });
  const lines = new LineReader(stdin);
  const made: Console = {
    streams: { stdin: keyboard ?? lines, stdout, stderr },
    line: () => keyboard?.line() ?? lines.next().then(line => (line === undefined ? undefined : { line })),
    interrupt,
    interactive: false,
  };
  return made;
}

async function runShell(shell: Shell, console: Console): Promise<number> {
  const { commandLine } = shell.context;
  const switches = await parseCmdSwitches(commandLine, path => exists(shell, shell.path(path), 'file'));
  shell.echo = !switches.quiet;
  shell.delayedExpansion = switches.delayedExpansion;
  if (switches.command !== undefined) {
    const code = await runLine(shell, switches.command, console.streams);
    if (!switches.stays) return shell.exitCode ?? code;
  }
  return readLines(shell, console, switches.command === undefined);
}

async function readLines(shell: Shell, console: Console, greets: boolean): Promise<number> {
  const { stdout, terminal, machine } = shell.context;
  console.interactive = true;
  if (greets) {
    const { build, revision } = machine.version;
    await stdout.write(
      `Microsoft Windows [Version 10.0.${build}.${revision}]\r\n(c) Microsoft Corporation. All rights reserved.\r\n`,
    );
  }
  while (shell.exitCode === undefined) {
    if (shell.echo) await stdout.write(`\r\n${shell.prompt()}`);
    const typed = await console.line();
    if (typed === undefined) return shell.errorLevel;
    shell.interrupted = false;
    if ('interrupted' in typed) continue;
    const { line } = typed;
    // Without a terminal nobody has echoed what was read.
    if (terminal === undefined && shell.echo) await stdout.write(`${line}\r\n`);
    if (line.trim() !== '') await runLine(shell, line, console.streams);
  }
  return shell.exitCode;
}
