import type { ProgramContext } from '../../machine.ts';
import { dosDeviceTarget } from '../base/look-ups.ts';
import { isSystemCallError, STATUS, win32Of, win32OfStatus } from '../base/nt-status.ts';
import { decodeText } from '../base/streams.ts';
import { identityOf, knownIdentity } from './identity.ts';
import { driverOf, runsInContainer, startFsd } from './start-fsd.ts';
import { findBesideOrOnPath, type WinFspDll } from './winfsp-dll.ts';

const INVALID_PARAMETER = 87;
const NOT_SUPPORTED = 50;

type Command = (context: ProgramContext, dll: WinFspDll, args: readonly string[]) => number | Promise<number>;

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['lsvol', listVolumes],
  ['id', printId],
  ['perm', refusePermissions],
  ['lsdrv', listDrivers],
  ['load', load],
  ['unload', unload],
  ['ver', printVersion],
]);

/** fsptool-x64: what WinFsp says of itself. Ground: winfsp src/fsptool/fsptool.c. Lines end with a bare line feed. */
export async function fsptool(context: ProgramContext): Promise<number> {
  const dll = await findBesideOrOnPath(context);
  if (dll === undefined) return STATUS.dllNotFound;
  const [name = '', ...args] = context.argv.slice(1);
  const command = COMMANDS.get(name);
  if (command === undefined || args.length > (name === 'id' || name === 'perm' ? 1 : 0)) return usage(context);
  return command(context, dll, args);
}

/** The machine keeps no access lists, so there is nothing to translate: said, not made up. */
async function refusePermissions(context: ProgramContext): Promise<number> {
  await context.stderr.write('fsptool: the simulated machine keeps no permissions\n');
  return NOT_SUPPORTED;
}

async function usage(context: ProgramContext): Promise<number> {
  await context.stderr.write(
    [
      'usage: fsptool COMMAND ARGS',
      '',
      'commands:',
      '    lsvol                           volumes of this namespace, with drive letters',
      '    id [NAME|SID|UID]               who a user is',
      '    perm [PATH|SDDL|UID:GID:MODE]   what permissions mean',
      '    lsdrv                           installed drivers, R for running',
      '    load                            start the driver',
      '    unload                          stop the driver; every volume goes with it',
      '    ver                             version and side-by-side id',
      '',
      '',
    ].join('\n'),
  );
  return INVALID_PARAMETER;
}

/** A letter is shown when its own target is the volume; `-` otherwise. From Z down, and each letter once. */
async function listVolumes(context: ProgramContext): Promise<number> {
  if (!context.win32.winfsp.present()) return win32OfStatus(STATUS.noSuchDevice);
  const letters = new Map<string, string>();
  // Few of the 26 letters are there: the list of names is cheaper than 26 questions that mostly fail.
  const defined = new Set(context.win32.queryDosDevice().map(name => name.toUpperCase()));
  for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
    if (!defined.has(`${letter}:`)) continue;
    const target = dosDeviceTarget(context.win32, `${letter}:`);
    if (target !== undefined) letters.set(target, `${letter}:`);
  }
  // Two lists are asked for, first the disk device's, then the network device's.
  const names = context.win32.winfsp.listVolumes();
  for (const name of [...names.filter(isDisk), ...names.filter(other => !isDisk(other))]) {
    await context.stdout.write(`${(letters.get(name) ?? '-').padEnd(4)}${name}\n`);
    letters.delete(name);
  }
  return 0;
}

/** A network volume's name carries its prefix after the device: a third backslash. */
const isDisk = (name: string): boolean => name.split('\\').length <= 3;

async function listDrivers(context: ProgramContext): Promise<number> {
  // A container's own service manager knows no WinFsp driver.
  const drivers = runsInContainer(context) ? [] : context.win32.winfsp.drivers();
  for (const { name, loaded } of drivers) await context.stdout.write(`${(loaded ? 'R' : '-').padEnd(4)}${name}\n`);
  return 0;
}

async function load(context: ProgramContext, dll: WinFspDll): Promise<number> {
  return win32OfStatus(await startFsd(context, dll));
}

async function unload(context: ProgramContext, dll: WinFspDll): Promise<number> {
  if (runsInContainer(context)) return 0;
  const driver = driverOf(context, dll);
  if (driver === undefined) return 0;
  try {
    await context.win32.winfsp.unload(driver.name);
    return 0;
  } catch (caught) {
    if (isSystemCallError(caught) && caught.status === STATUS.nameNotFound) return 0;
    return win32Of(caught);
  }
}

async function printVersion(context: ProgramContext, dll: WinFspDll): Promise<number> {
  const version = /version (\S+)/.exec(await textOf(context, dll.path))?.[1] ?? '2.1';
  const [major = '2', minor = '0'] = version.split('.');
  const ident = (await textOf(context, dll.path.replace(/\.dll$/i, '.sxs'))).trim();
  await context.stdout.write(`${major}.${minor}${ident === '' ? '' : ` (SxS=${ident})`}\n`);
  return 0;
}

/** A file beside the DLL, or the DLL's own version resource; empty when it is not there. */
async function textOf(context: ProgramContext, path: string): Promise<string> {
  try {
    return decodeText(await context.win32.read(path));
  } catch (caught) {
    if (isSystemCallError(caught)) return '';
    throw caught;
  }
}

async function printId(context: ProgramContext, _dll: WinFspDll, [name]: readonly string[]): Promise<number> {
  if (name === undefined) {
    const { user, owner, group } = identityOf(context.win32.subject);
    await context.stdout.write(`User=${user.sid}(${user.name}) (uid=${user.id})\n`);
    await context.stdout.write(`Owner=${owner.sid}(${owner.name}) (uid=${owner.id})\n`);
    await context.stdout.write(`Group=${group.sid}(${group.name}) (gid=${group.id})\n`);
    return 0;
  }
  const found = knownIdentity(context.win32.subject, name);
  if (found === undefined) return 1332;
  await context.stdout.write(`${found.sid}(${found.name}) (uid=${found.id})\n`);
  return 0;
}
