import type { ProgramContext } from '../../machine.ts';
import { DRIVES_FROM_Z } from '../base/drive-letters.ts';
import { dosDeviceTarget } from '../base/look-ups.ts';
import { isSystemCallError } from '../base/nt-status.ts';
import { win32Message } from '../base/win32-message.ts';

const COMPLETED = 'The command completed successfully.\r\n\r\n';

/** net.exe: use, start, stop. */
export async function net(context: ProgramContext): Promise<number> {
  const [verb = '', ...args] = context.argv.slice(1);
  switch (verb.toLowerCase()) {
    case 'use':
      return use(context, args);
    case 'start':
      return args[0] === undefined ? listStarted(context) : start(context, args[0]);
    case 'stop':
      return args[0] === undefined ? usage(context) : stop(context, args[0]);
    case 'helpmsg':
      await context.stdout.write(`\r\n${win32Message(Number(args[0]) || 0)}\r\n\r\n`);
      return 0;
    default:
      return usage(context);
  }
}

async function usage(context: ProgramContext): Promise<number> {
  await context.stderr.write(
    'The syntax of this command is:\r\n\r\nNET\r\n    [ HELPMSG | START | STOP | USE ]\r\n\r\n',
  );
  return 1;
}

/** A message of NET's own table, with where to read on. */
async function netError(context: ProgramContext, code: number): Promise<number> {
  await context.stderr.write(
    `${win32Message(code)}\r\n\r\nMore help is available by typing NET HELPMSG ${code}.\r\n\r\n`,
  );
  return 2;
}

async function systemError(context: ProgramContext, code: number): Promise<number> {
  await context.stderr.write(`System error ${code} has occurred.\r\n\r\n${win32Message(code)}\r\n\r\n`);
  return 2;
}

async function use(context: ProgramContext, args: readonly string[]): Promise<number> {
  const switches = args.filter(arg => arg.startsWith('/')).map(arg => arg.toLowerCase());
  const words = args.filter(arg => !arg.startsWith('/'));
  if (words.length === 0) return listConnections(context);
  const local = words.find(word => /^([A-Za-z]:|\*)$/.test(word));
  const remote = words.find(word => word.startsWith('\\\\'))?.replace(/\\+$/, '');
  try {
    if (switches.includes('/delete') || switches.includes('/d')) {
      const name = local ?? remote;
      if (name === undefined) return await usage(context);
      await context.win32.removeConnection(name.startsWith('\\\\') ? name : name.toUpperCase());
      await context.stdout.write(`${name} was deleted successfully.\r\n\r\n`);
      return 0;
    }
    if (remote === undefined) return await describeConnection(context, local ?? '');
    const drive = local === '*' ? freeDrive(context) : local?.toUpperCase();
    await context.win32.addConnection(drive, remote);
    if (local === '*') await context.stdout.write(`Drive ${drive ?? ''} is now connected to ${remote}.\r\n\r\n`);
    await context.stdout.write(COMPLETED);
    return 0;
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    return caught.win32 === 2250 ? netError(context, 2250) : systemError(context, caught.win32);
  }
}

function freeDrive(context: ProgramContext): string | undefined {
  return DRIVES_FROM_Z.find(drive => dosDeviceTarget(context.win32, drive) === undefined);
}

async function listConnections(context: ProgramContext): Promise<number> {
  await context.stdout.write('New connections will be remembered.\r\n\r\n');
  const connections = context.win32.connections();
  if (connections.length === 0) {
    await context.stdout.write('There are no entries in the list.\r\n\r\n');
    return 0;
  }
  const row = (status: string, local: string, remote: string, network: string): string =>
    `${status.padEnd(12)} ${local.padEnd(9)} ${remote.padEnd(25)} ${network}\r\n`;
  await context.stdout.write(`\r\n${row('Status', 'Local', 'Remote', 'Network')}\r\n${'-'.repeat(79)}\r\n`);
  for (const { local, remote, provider } of connections) {
    // A long remote name moves the network's name to a line of its own.
    const text =
      remote.length > 25
        ? `${row('OK', local, remote, '').trimEnd()}\r\n${' '.repeat(49)}${provider}\r\n`
        : row('OK', local, remote, provider);
    await context.stdout.write(text);
  }
  await context.stdout.write(COMPLETED);
  return 0;
}

async function describeConnection(context: ProgramContext, local: string): Promise<number> {
  const found = context.win32.connections().find(connection => connection.local.toUpperCase() === local.toUpperCase());
  if (found === undefined) return netError(context, 2250);
  const rows = [
    ['Local name', found.local],
    ['Remote name', found.remote],
    ['Resource type', 'Disk'],
    ['Status', 'OK'],
    ['# Opens', '0'],
    ['# Connections', '1'],
  ];
  await context.stdout.write(
    rows.map(([name = '', value = '']) => `${name.padEnd(18)}${value}\r\n`).join('') + COMPLETED,
  );
  return 0;
}

async function listStarted(context: ProgramContext): Promise<number> {
  const names = context.win32
    .services()
    .filter(({ type, state }) => state === 'running' && (type === 'own-process' || type === 'share-process'))
    .map(({ displayName }) => displayName)
    .sort((a, b) => a.localeCompare(b));
  const list = names.map(name => `   ${name}\r\n`).join('');
  await context.stdout.write(`These Windows services are started:\r\n\r\n${list}\r\n${COMPLETED}`);
  return 0;
}

async function start(context: ProgramContext, name: string): Promise<number> {
  const service = context.win32.service(name);
  if (service === undefined) return netError(context, 2185);
  if (service.state === 'running') return netError(context, 2182);
  try {
    await context.win32.startService(name);
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    return caught.win32 === 1056 ? netError(context, 2182) : systemError(context, caught.win32);
  }
  await context.stdout.write(`The ${service.displayName} service was started successfully.\r\n\r\n`);
  return 0;
}

async function stop(context: ProgramContext, name: string): Promise<number> {
  const service = context.win32.service(name);
  if (service === undefined) return netError(context, 2185);
  try {
    await context.win32.stopService(name);
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    if (caught.win32 !== 1062) return systemError(context, caught.win32);
    await context.stderr.write(
      `The ${service.displayName} service is not started.\r\n\r\nMore help is available by typing NET HELPMSG 3521.\r\n\r\n`,
    );
    return 2;
  }
  await context.stdout.write(`The ${service.displayName} service was stopped successfully.\r\n\r\n`);
  return 0;
}
