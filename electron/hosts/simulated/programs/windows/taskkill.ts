import type { Process, ProgramContext } from '../../machine.ts';
import { matchesWildcard } from '../base/wildcard.ts';

/** taskkill /pid n | /im name [/f]. A silo reaches its own processes only; the system's are out of a user's reach. */
export async function taskkill(context: ProgramContext): Promise<number> {
  const args = context.argv.slice(1);
  const value = (name: string): string | undefined => {
    const at = args.findIndex(arg => arg.toLowerCase() === name);
    return at < 0 ? undefined : args[at + 1];
  };
  const id = value('/pid');
  const image = value('/im');
  if (id === undefined && image === undefined) {
    await context.stderr.write(
      'ERROR: Invalid syntax. Neither /FI nor /PID nor /IM were specified.\r\nType "TASKKILL /?" for usage.\r\n',
    );
    return 1;
  }
  const { silo, elevated } = context.win32.subject;
  const found = context.machine
    .processes()
    .filter(process => (silo === 0 || process.silo === silo) && process.processId !== context.processId)
    .filter(process =>
      id === undefined ? matchesWildcard(image ?? '', process.imageName) : String(process.processId) === id,
    );
  if (found.length === 0) {
    await context.stderr.write(`ERROR: The process "${id ?? image ?? ''}" not found.\r\n`);
    return 128;
  }
  const own = (process: Process): boolean => elevated || process.silo === silo;
  let code = 0;
  for (const process of found) {
    const what =
      id === undefined ? `"${process.imageName}" with PID ${process.processId}` : `with PID ${process.processId}`;
    if (!own(process) || isSystem(process)) {
      await context.stderr.write(
        `ERROR: The process ${what} could not be terminated.\r\nReason: Access is denied.\r\n`,
      );
      code = 1;
      continue;
    }
    process.terminate(1);
    await context.stdout.write(`SUCCESS: The process ${what} has been terminated.\r\n`);
  }
  return code;
}

const isSystem = ({ processId, imageName }: Process): boolean =>
  processId <= 4 || /^(smss|csrss|wininit|services|lsass|CExecSvc|winlogon|Registry)(\.exe)?$/i.test(imageName);
