import { CommanderError } from 'commander';
import { EXIT_CODES, exitCodeOf, type Fault, faultOf } from '../../../shared/contract/fault.ts';
import { createContext } from './context.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { createProgram } from './program.ts';
import type { Doors } from './session.ts';
import { tellFault } from './text/fault-text.ts';

/** Runs one command line (without `node` and the script) and answers its exit code. Never rejects. */
export async function run(argv: readonly string[], io: Io, doors: Doors): Promise<number> {
  const dashes = argv.indexOf('--');
  const own = dashes < 0 ? argv : argv.slice(0, dashes);
  const commandLine = dashes < 0 ? undefined : argv.slice(dashes + 1);
  // Read before commander does: its own complaints must be worded as the user asked.
  const early: GlobalOptions = {
    color: !own.includes('--no-color'),
    json: own.includes('--json'),
    quiet: own.includes('--quiet') || own.includes('-q'),
  };
  let exitCode: number = EXIT_CODES.done;
  const program = createProgram(io, commandLine !== undefined, work => async (...given) => {
    // commander hands over the arguments, then the options, then the command itself.
    const options = program.opts<GlobalOptions>();
    exitCode = await work(createContext(io, doors, options, commandLine), ...given);
  });
  try {
    if (argv.length === 0) program.help();
    await program.parseAsync([...own], { from: 'user' });
    return exitCode;
  } catch (caught) {
    if (caught instanceof CommanderError && caught.exitCode === 0) return EXIT_CODES.done;
    const fault = caught instanceof CommanderError ? askedWrongly(caught) : faultOf(caught);
    tellFault(fault, createContext(io, doors, early, commandLine));
    return exitCodeOf(fault);
  }
}

/** Commander's complaint as a fault of ours: one shape for all. */
function askedWrongly(error: CommanderError): Fault {
  if (error.code === 'commander.help') {
    return {
      code: 'invalid-input',
      issues: [{ path: '', message: 'expected a command; "siloscope --help" lists them' }],
    };
  }
  const message = error.message.replace(/^error: /, '').replace(/\n\((Did you mean .*)\)$/s, '. $1');
  return { code: 'invalid-input', issues: [{ path: '', message }] };
}
