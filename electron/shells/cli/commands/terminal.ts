import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import { statusText } from '../../../../shared/domain/error-decoder.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import type { Session } from '../session.ts';
import { teach } from '../teach.ts';

/** Leaves a terminal from here, as telnet has it: Ctrl-]. */
const LEAVE = '\u001d';

export function addTerminal(program: Command, act: Act): void {
  const made = program
    .command('terminal')
    .alias('exec')
    .description('open a shell in a container, or run a command there')
    .argument('<name>', "the container's name or id")
    .action(act(terminal));
  teach(made, {
    prose: [
      'It has a console of its own, beside the file system. Ctrl-] leaves it and ends its program. A command that ends with another exit code than 0 ends this one with 5. With --json: {"exitCode", "container", "output"}.',
    ],
    examples: ['siloscope terminal memfs-network', 'siloscope terminal memfs-network -- cmd /c dir Y:'],
  });
}

async function terminal(context: Context, container: string): Promise<number> {
  const { io, commandLine, options } = context;
  const output: string[] = [];
  const show = (data: string): void => {
    if (options.json === true) output.push(data);
    else io.stdout.write(data);
  };
  const { exitCode, container: name } = await context.withSession(session =>
    converse(context, session, container, show),
  );
  if (commandLine !== undefined && exitCode !== 0 && options.json !== true) {
    const argv = [...commandLine];
    throw new FaultError({ code: 'command-failed', argv, exitCode, stdout: '', stderr: '' });
  }
  context.answerIfJson({ exitCode, container: name, output: output.join('') });
  context.remark(page => page.gap().text(`The terminal into ${name} ended with ${statusText(exitCode)}.`));
  return commandLine !== undefined && exitCode !== 0 ? EXIT_CODES.refused : EXIT_CODES.done;
}

/** A terminal that nobody has sized says 0. */
function sized(count: number | undefined, otherwise: number): number {
  return count === undefined || count < 1 ? otherwise : Math.min(count, 1_000);
}

async function converse(
  { io, commandLine }: Context,
  session: Session,
  container: string,
  show: (data: string) => void,
): Promise<{ readonly exitCode: number; readonly container: string }> {
  const id = randomUUID();
  const size = (): { rows: number; columns: number } => ({
    rows: sized(io.stdout.rows, 25),
    columns: sized(io.stdout.columns, 80),
  });
  const command = commandLine === undefined ? {} : { command: [...commandLine] };
  const open = session.call('terminal.open', { id, container, ...size(), ...command }, ({ data }) => show(data));
  // What is said to a terminal that has just ended, or never came to be, is heard by nobody.
  const tell = (said: Promise<unknown>): void => void said.catch(() => undefined);
  const { stdin } = io;
  const undo = [
    stdin?.onData(data => {
      if (stdin.isTTY && data.includes(LEAVE)) tell(session.call('terminal.close', { id }));
      // A console's Enter is a carriage return.
      else tell(session.call('terminal.write', { id, data: stdin.isTTY ? data : data.replaceAll(/\r?\n/g, '\r') }));
    }),
    stdin?.onEnd(() => {
      if (commandLine === undefined) tell(session.call('terminal.write', { id, data: '\rexit\r' }));
    }),
    io.onResize?.(() => tell(session.call('terminal.resize', { id, ...size() }))),
  ];
  stdin?.setRaw(true);
  try {
    return await open;
  } finally {
    stdin?.setRaw(false);
    for (const end of undo) end?.();
  }
}
