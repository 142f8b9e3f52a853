import type { ProgramContext } from '../../machine.ts';
import { identityOf } from '../winfsp/identity.ts';

/** hostname. */
export async function hostname(context: ProgramContext): Promise<number> {
  if (context.argv.length > 1) {
    await context.stderr.write(
      'sethostname: Use the Network Control Panel Applet to set hostname.\r\nhostname -s is not supported.\r\n',
    );
    return 1;
  }
  await context.stdout.write(`${context.environment.get('COMPUTERNAME') ?? context.machine.name}\r\n`);
  return 0;
}

/** whoami: the user; `/user` with the SID, `/groups` whether the token is elevated. */
export async function whoami(context: ProgramContext): Promise<number> {
  const [option] = context.argv.slice(1).map(arg => arg.toLowerCase());
  const { subject } = context.win32;
  const { user } = identityOf(subject);
  const name = subject.user.toLowerCase();
  if (option === undefined) {
    await context.stdout.write(`${name}\r\n`);
    return 0;
  }
  if (option === '/user') {
    const width = Math.max(name.length, 9);
    const sid = user.sid;
    await context.stdout.write(
      `\r\nUSER INFORMATION\r\n----------------\r\n\r\n${'User Name'.padEnd(width)} SID\r\n${'='.repeat(width)} ${'='.repeat(sid.length)}\r\n${name.padEnd(width)} ${sid}\r\n`,
    );
    return 0;
  }
  if (option === '/groups') {
    const level = subject.elevated ? ['High', 'S-1-16-12288'] : ['Medium', 'S-1-16-8192'];
    await context.stdout.write(
      `\r\nGROUP INFORMATION\r\n-----------------\r\n\r\nMandatory Label\\${level.join(' Mandatory Level Label ')}\r\n`,
    );
    return 0;
  }
  await context.stderr.write(
    `ERROR: Invalid argument/option - '${context.argv[1] ?? ''}'.\r\nType "WHOAMI /?" for usage.\r\n`,
  );
  return 1;
}

/** ipconfig: the adapters of the container's networks, as the registry has them; on the host one. */
export async function ipconfig(context: ProgramContext): Promise<number> {
  const { silo } = context.win32.subject;
  const adapters = silo === 0 ? [HOST_ADAPTER] : adaptersInside(context);
  const parts = adapters.map(({ name, address, mask, gateway }) => {
    const rows: readonly (readonly [string, string])[] = [
      ['Connection-specific DNS Suffix  ', ''],
      ['Link-local IPv6 Address . . . . ', `fe80::${(0x1000 + silo).toString(16)}%4`],
      ['IPv4 Address. . . . . . . . . . ', address],
      ['Subnet Mask . . . . . . . . . . ', mask],
      ['Default Gateway . . . . . . . . ', gateway],
    ];
    return `\r\nEthernet adapter ${name}:\r\n\r\n${rows.map(([label, value]) => `   ${label}. : ${value}\r\n`).join('')}`;
  });
  await context.stdout.write(`\r\nWindows IP Configuration\r\n\r\n${parts.join('')}`);
  return 0;
}

interface Adapter {
  readonly name: string;
  readonly address: string;
  readonly mask: string;
  readonly gateway: string;
}

const HOST_ADAPTER: Adapter = {
  name: 'Ethernet',
  address: '192.168.1.20',
  mask: '255.255.255.0',
  gateway: '192.168.1.1',
};

const INTERFACES = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\\Interfaces';

function adaptersInside({ win32 }: ProgramContext): Adapter[] {
  const { subkeys = [] } = win32.registryKey(INTERFACES) ?? {};
  return subkeys.map(key => {
    const { values = [] } = win32.registryKey(`${INTERFACES}\\${key}`) ?? {};
    const textOf = (name: string): string => String(values.find(value => value.name === name)?.data ?? '');
    return {
      name: textOf('Connection'),
      address: textOf('DhcpIPAddress'),
      mask: textOf('DhcpSubnetMask'),
      gateway: textOf('DhcpDefaultGateway'),
    };
  });
}
