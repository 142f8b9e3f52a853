import type { ProgramContext } from '../../machine.ts';
import { dosDeviceTarget } from '../base/look-ups.ts';
import { isSystemCallError } from '../base/nt-status.ts';
import { fullPath } from '../base/win32-path.ts';

const PREFIX = '\\??\\';

/** subst: lists, `X: path`, `X: /d`. */
export async function subst(context: ProgramContext): Promise<number> {
  const [drive, target] = context.argv.slice(1);
  if (drive === undefined) return list(context);
  const refuse = async (sentence: string): Promise<number> => {
    await context.stdout.write(`${sentence}\r\n`);
    return 1;
  };
  if (!/^[A-Za-z]:$/.test(drive)) return refuse(`Invalid parameter - ${drive}`);
  const name = drive.toUpperCase();
  const current = dosDeviceTarget(context.win32, name);
  if (target === undefined) return refuse(`Invalid parameter - ${drive}`);
  if (target.toLowerCase() === '/d') {
    if (current?.startsWith(PREFIX) !== true) return refuse(`Invalid parameter - ${drive}`);
    context.win32.removeDosDevice(name);
    return 0;
  }
  if (current !== undefined) return refuse('Drive already SUBSTed');
  const path = fullPath(target, context.cwd);
  try {
    if (!(await context.win32.stat(path)).directory) return await refuse(`Path not found - ${path}`);
    context.win32.defineDosDevice(name, PREFIX + path);
    return 0;
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    return refuse(`Path not found - ${path}`);
  }
}

async function list(context: ProgramContext): Promise<number> {
  for (const letter of Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ', one => `${one}:`)) {
    const target = dosDeviceTarget(context.win32, letter);
    if (target?.startsWith(PREFIX) === true)
      await context.stdout.write(`${letter}\\: => ${target.slice(PREFIX.length)}\r\n`);
  }
  return 0;
}
