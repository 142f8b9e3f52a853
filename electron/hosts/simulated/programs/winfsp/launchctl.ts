import type { ProgramContext } from '../../machine.ts';

/** launchctl-x64: asks WinFsp.Launcher, a service that the simulated machine does not run. */
export async function launchctl(context: ProgramContext): Promise<number> {
  const [verb = ''] = context.argv.slice(1);
  if (!['start', 'startWithSecret', 'stop', 'info', 'list'].includes(verb)) {
    await context.stderr.write(
      'usage: launchctl COMMAND ARGS\n\ncommands:\n    start, startWithSecret, stop, info, list\n\n',
    );
    return 87;
  }
  // ERROR_FILE_NOT_FOUND: nobody listens on the launcher's pipe.
  await context.stderr.write('KO CallNamedPipe = 2\n');
  return 2;
}

/** launcher-x64 is a service's program: from a command line it has nobody to talk to. */
export async function launcher(context: ProgramContext): Promise<number> {
  await context.stderr.write('The service WinFsp.Launcher has failed to run (Status=80070427).\n');
  return 1063;
}
