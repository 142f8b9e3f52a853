import type { Process } from '../../machine.ts';
import { statIfThere } from '../base/look-ups.ts';
import { STATUS } from '../base/nt-status.ts';
import { CollectingSink, emptySource, encodeText, linesOf, sourceOf } from '../base/streams.ts';
import { joinPath } from '../base/win32-path.ts';
import { type Session, writeError } from './session.ts';
import { formatOutput, type Value } from './value.ts';

/** Runs a program of PATH and gives its output by lines; a name that is nothing is an error record. */
export async function runProgram(
  session: Session,
  name: string,
  args: readonly string[],
  input: readonly Value[],
  script: string,
): Promise<readonly Value[]> {
  const path = await findProgram(session, name);
  if (path === undefined) {
    session.succeeded = false;
    const message = `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`;
    const category = `ObjectNotFound: (${name}:String) [], CommandNotFoundException`;
    await writeError(
      session.context.stderr,
      { command: name, message, category, id: 'CommandNotFoundException' },
      script,
    );
    return [];
  }
  const output = new CollectingSink();
  const process = await start(session, [path, ...args], output, input);
  // The console tells the child; what is left to do here is to live on.
  const undo = session.context.onControl(event => {
    if (event === 'shutdown') session.exitCode = STATUS.controlCExit;
  });
  const code = await process.ended;
  undo();
  session.lastExitCode = code | 0;
  session.succeeded = code === 0;
  return linesOf(output.text());
}

function start(
  session: Session,
  argv: readonly string[],
  stdout: CollectingSink,
  input: readonly Value[],
): Promise<Process> {
  return session.context.spawn({
    commandLine: argv.map(arg => (arg === '' || /[\s"]/.test(arg) ? `"${arg.replaceAll('"', '\\"')}"` : arg)).join(' '),
    cwd: session.cwd,
    environment: session.wholeEnvironment(),
    stdin: input.length === 0 ? emptySource : sourceOf(encodeText(formatOutput(input))),
    stdout,
    stderr: session.context.stderr,
  });
}

async function findProgram(session: Session, name: string): Promise<string | undefined> {
  const places = /[\\/:]/.test(name)
    ? ['']
    : (session.environment('PATH') ?? '').split(';').filter(place => place !== '');
  for (const place of places) {
    const path = place === '' ? session.path(name) : joinPath(session.path(place), name);
    for (const candidate of /\.[a-z0-9]+$/i.test(path) ? [path] : [`${path}.exe`, `${path}.com`]) {
      if ((await statIfThere(session.context.win32, candidate))?.directory === false) return candidate;
    }
  }
  return undefined;
}
