import type { ProgramContext, ServiceStatus } from '../../machine.ts';
import { isSystemCallError } from '../base/nt-status.ts';
import { win32Message } from '../base/win32-message.ts';

const TYPES = {
  'kernel-driver': { code: 0x1, name: 'KERNEL_DRIVER' },
  'file-system-driver': { code: 0x2, name: 'FILE_SYSTEM_DRIVER' },
  'own-process': { code: 0x10, name: 'WIN32_OWN_PROCESS' },
  'share-process': { code: 0x20, name: 'WIN32_SHARE_PROCESS' },
} as const;

const STATES = {
  stopped: { code: 1, name: 'STOPPED' },
  'start-pending': { code: 2, name: 'START_PENDING' },
  'stop-pending': { code: 3, name: 'STOP_PENDING' },
  running: { code: 4, name: 'RUNNING' },
} as const;

/** sc.exe: query, queryex, qc, start, stop. Lines and exit codes as the service control tool prints them. */
export async function sc(context: ProgramContext): Promise<number> {
  const args = context.argv.slice(1);
  const [verb = '', name] = args;
  switch (verb.toLowerCase()) {
    case 'query':
    case 'queryex':
      return query(context, args.slice(1), verb.toLowerCase() === 'queryex');
    case 'qc':
      return name === undefined ? usage(context) : configuration(context, name);
    case 'start':
      return name === undefined ? usage(context) : start(context, name);
    case 'stop':
      return name === undefined ? usage(context) : stop(context, name);
    default:
      return usage(context, verb);
  }
}

async function usage(context: ProgramContext, verb = ''): Promise<number> {
  if (verb !== '') await context.stdout.write(`\r\nERROR:  Unrecognized command\r\n\r\n`);
  await context.stdout.write(
    [
      'DESCRIPTION:',
      '        Asks and tells the service control manager.',
      'USAGE:',
      '        sc <server> [command] [service name] <option1> <option2>...',
      '',
      '        query, queryex   state of one service or of all',
      '        qc               its configuration',
      '        start, stop',
      '',
    ].join('\r\n'),
  );
  return 1639;
}

async function refuse(context: ProgramContext, what: string, code: number): Promise<number> {
  await context.stdout.write(`[SC] ${what} FAILED ${code}:\r\n\r\n${win32Message(code)}\r\n\r\n`);
  return code;
}

async function query(context: ProgramContext, args: readonly string[], extended: boolean): Promise<number> {
  const { name, types, states } = selection(args);
  if (name !== undefined) {
    const service = context.win32.service(name);
    if (service === undefined) return refuse(context, 'EnumQueryServicesStatus:OpenService', 1060);
    await context.stdout.write(statusBlock(service, extended, false));
    return 0;
  }
  for (const service of context.win32.services()) {
    const running = service.state !== 'stopped';
    if (!types.includes(service.type) || !states.includes(running ? 'active' : 'inactive')) continue;
    await context.stdout.write(statusBlock(service, extended, true));
  }
  return 0;
}

interface Selection {
  readonly name: string | undefined;
  readonly types: readonly ServiceStatus['type'][];
  readonly states: readonly ('active' | 'inactive')[];
}

/** `type= driver state= all`: the value may be a word of its own. */
function selection(args: readonly string[]): Selection {
  const options = new Map<string, string>();
  let name: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const option = /^(type|state|bufsize|ri|group)=(.*)$/i.exec(args[at] ?? '');
    if (option === null) name ??= args[at];
    else options.set((option[1] ?? '').toLowerCase(), (option[2] || args[++at] || '').toLowerCase());
  }
  const type = options.get('type') ?? 'service';
  const drivers = ['kernel-driver', 'file-system-driver'] as const;
  const services = ['own-process', 'share-process'] as const;
  const types =
    type === 'all'
      ? [...drivers, ...services]
      : type === 'driver'
        ? drivers
        : type === 'filesys'
          ? (['file-system-driver'] as const)
          : type === 'kernel'
            ? (['kernel-driver'] as const)
            : services;
  const state = options.get('state') ?? 'active';
  return {
    name,
    types,
    states: state === 'all' ? ['active', 'inactive'] : [state === 'inactive' ? 'inactive' : 'active'],
  };
}

function statusBlock(service: ServiceStatus, extended: boolean, listed: boolean): string {
  const type = TYPES[service.type];
  const state = STATES[service.state];
  const hex = (value: number): string => `0x${value.toString(16)}`;
  const pad = (name: string): string => `        ${name.padEnd(19)}: `;
  const lines = [
    '',
    // One service alone has a blank after its name.
    listed ? `SERVICE_NAME: ${service.name}` : `SERVICE_NAME: ${service.name} `,
    ...(listed ? [`DISPLAY_NAME: ${service.displayName}`] : []),
    `${pad('TYPE')}${type.code.toString(16)}  ${type.name}  `,
    `${pad('STATE')}${state.code}  ${state.name} `,
  ];
  if (service.state !== 'stopped') {
    lines.push(
      `                                (${service.acceptsStop ? 'STOPPABLE' : 'NOT_STOPPABLE'}, NOT_PAUSABLE, IGNORES_SHUTDOWN)`,
    );
  }
  lines.push(
    `${pad('WIN32_EXIT_CODE')}${service.win32ExitCode}  (${hex(service.win32ExitCode)})`,
    `${pad('SERVICE_EXIT_CODE')}0  (0x0)`,
    `${pad('CHECKPOINT')}0x0`,
    `${pad('WAIT_HINT')}0x0`,
  );
  if (extended) lines.push(`${pad('PID')}${service.processId}`, pad('FLAGS'));
  return lines.map(line => `${line}\r\n`).join('');
}

async function start(context: ProgramContext, name: string): Promise<number> {
  if (context.win32.service(name) === undefined) return refuse(context, 'StartService: OpenService', 1060);
  try {
    await context.win32.startService(name);
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    return refuse(context, caught.win32 === 5 ? 'StartService: OpenService' : 'StartService', caught.win32);
  }
  const service = context.win32.service(name);
  if (service !== undefined) await context.stdout.write(statusBlock(service, true, false));
  return 0;
}

async function stop(context: ProgramContext, name: string): Promise<number> {
  if (context.win32.service(name) === undefined) return refuse(context, 'OpenService', 1060);
  try {
    await context.win32.stopService(name);
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    return refuse(
      context,
      caught.win32 === 5 || caught.win32 === 1060 ? 'OpenService' : 'ControlService',
      caught.win32,
    );
  }
  const service = context.win32.service(name);
  if (service !== undefined) await context.stdout.write(statusBlock(service, false, false));
  return 0;
}

async function configuration(context: ProgramContext, name: string): Promise<number> {
  const service = context.win32.service(name);
  if (service === undefined) return refuse(context, 'OpenService', 1060);
  const key = context.win32.registryKey(`HKLM\\SYSTEM\\CurrentControlSet\\Services\\${service.name}`);
  const value = (wanted: string): string | number | undefined =>
    key?.values.find(({ name: given }) => given.toLowerCase() === wanted.toLowerCase())?.data;
  const driver = context.win32.winfsp
    .drivers()
    .find(({ name: given }) => given.toLowerCase() === service.name.toLowerCase());
  const isDriver = service.type === 'kernel-driver' || service.type === 'file-system-driver';
  const startType = Number(value('Start') ?? (isDriver ? 3 : 2));
  const starts = ['0   BOOT_START', '1   SYSTEM_START', '2   AUTO_START', '3   DEMAND_START', '4   DISABLED'];
  const type = TYPES[service.type];
  const rows: readonly (readonly [string, string])[] = [
    ['TYPE', `${type.code.toString(16)}  ${type.name} `],
    ['START_TYPE', starts[startType] ?? String(startType)],
    ['ERROR_CONTROL', '1   NORMAL'],
    ['BINARY_PATH_NAME', String(value('ImagePath') ?? driver?.imagePath ?? '')],
    ['LOAD_ORDER_GROUP', String(value('Group') ?? '')],
    ['TAG', '0'],
    ['DISPLAY_NAME', service.displayName],
    ['DEPENDENCIES', ''],
    ['SERVICE_START_NAME', isDriver ? '' : 'LocalSystem'],
  ];
  const lines = rows.map(([label, text]) => `        ${label.padEnd(19)}: ${text}`);
  await context.stdout.write(
    `[SC] QueryServiceConfig SUCCESS\r\n\r\nSERVICE_NAME: ${service.name}\r\n${lines.join('\r\n')}\r\n`,
  );
  return 0;
}
