import type { NetworkAdapter, RegistryKey, WindowsVersion } from '../machine.ts';
import type { Scenario } from '../scenario/schema.ts';
import { foldName } from './fold-name.ts';

type Value = RegistryKey['values'][number];

/** Keys by their full name, e.g. `HKLM\SOFTWARE\WOW6432Node\WinFsp`. Parents come by themselves. */
export type RegistryContent = Readonly<Record<string, readonly Value[]>>;

const ROOT_NAMES: Readonly<Record<string, string>> = {
  HKEY_LOCAL_MACHINE: 'HKLM',
  HKEY_CURRENT_USER: 'HKCU',
  HKEY_CLASSES_ROOT: 'HKCR',
  HKEY_USERS: 'HKU',
};

/** A read-only registry, as much of it as anybody here asks for. */
export class Registry {
  readonly #keys = new Map<string, { readonly path: string; values: readonly Value[]; readonly subkeys: string[] }>();

  constructor(content: RegistryContent) {
    for (const [path, values] of Object.entries(content)) this.#make(path).values = values;
  }

  /** The key, whatever its case and its trailing backslash; undefined when it is missing. */
  key(path: string): RegistryKey | undefined {
    const [root = '', ...rest] = path.replace(/\\+$/, '').split('\\');
    const known = [ROOT_NAMES[root.toUpperCase()] ?? root, ...rest].join('\\');
    return this.#keys.get(foldName(known));
  }

  #make(path: string): { values: readonly Value[]; readonly subkeys: string[] } {
    const found = this.#keys.get(foldName(path));
    if (found !== undefined) return found;
    const made = { path, values: [], subkeys: [] };
    this.#keys.set(foldName(path), made);
    const slash = path.lastIndexOf('\\');
    if (slash > 0) this.#make(path.slice(0, slash)).subkeys.push(path.slice(slash + 1));
    return made;
  }
}

const text = (name: string, data: string): Value => ({ name, type: 'REG_SZ', data });
const expandable = (name: string, data: string): Value => ({ name, type: 'REG_EXPAND_SZ', data });
const dword = (name: string, data: number): Value => ({ name, type: 'REG_DWORD', data });

/** A product code: each release of the installer has another. */
const WINFSP_PRODUCT = '{5CD1A0F6-8D6C-4F4C-9A0B-6B3D6D6A2A51}';

const CONTROL = 'HKLM\\SYSTEM\\CurrentControlSet\\Control';

/** What host and silos have alike: version and computer name. */
function commonRegistry(version: WindowsVersion, machineName: string): RegistryContent {
  return {
    'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion': [
      text('BuildLabEx', version.buildLabEx),
      text('CurrentBuild', String(version.build)),
      text('CurrentBuildNumber', String(version.build)),
      dword('CurrentMajorVersionNumber', version.major),
      dword('CurrentMinorVersionNumber', version.minor),
      text('CurrentVersion', '6.3'),
      text('DisplayVersion', version.displayVersion),
      text('EditionID', editionId(version.edition)),
      text('InstallationType', version.productType === 'server' ? 'Server' : 'Client'),
      // Windows 11 still says 10 here; the real one does too.
      text('ProductName', version.edition.replace('Windows 11', 'Windows 10')),
      text('SystemRoot', 'C:\\Windows'),
      dword('UBR', version.revision),
    ],
    [`${CONTROL}\\ComputerName\\ComputerName`]: [text('ComputerName', machineName)],
    [`${CONTROL}\\ComputerName\\ActiveComputerName`]: [text('ComputerName', machineName)],
    [`${CONTROL}\\ProductOptions`]: [text('ProductType', version.productType === 'server' ? 'ServerNT' : 'WinNT')],
  };
}

function editionId(edition: string): string {
  if (/datacenter/i.test(edition)) return 'ServerDatacenter';
  if (/standard/i.test(edition)) return 'ServerStandard';
  if (/enterprise/i.test(edition)) return 'Enterprise';
  return /home/i.test(edition) ? 'Core' : 'Professional';
}

/** The mark by which programs know a container; WinFsp reads it (winfsp src/dll/fsctl.c). */
export function siloRegistry(
  version: WindowsVersion,
  machineName: string,
  adapters: readonly NetworkAdapter[] = [],
): RegistryContent {
  return {
    ...commonRegistry({ ...version, edition: 'Windows Server Datacenter', productType: 'server' }, machineName),
    [CONTROL]: [dword('ContainerType', 2), text('CurrentUser', 'USERNAME')],
    ...Object.fromEntries(adapters.map((adapter, index) => [`${INTERFACES}\\{${index}}`, adapterValues(adapter)])),
  };
}

/** Below it a key for each network adapter. */
const INTERFACES = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\\Interfaces';

function adapterValues({ network, address, prefixLength, gateway }: NetworkAdapter): Value[] {
  const mask = prefixLength === 0 ? 0 : (0xffff_ffff << (32 - prefixLength)) >>> 0;
  return [
    text('Connection', `vEthernet (${network})`),
    text('DhcpIPAddress', address),
    text('DhcpSubnetMask', [24, 16, 8, 0].map(shift => (mask >>> shift) & 255).join('.')),
    text('DhcpDefaultGateway', gateway),
  ];
}

/** The network providers: who is in ProviderOrder, and under which device each registers with MUP. */
export interface NetworkProvider {
  readonly service: string;
  readonly displayName: string;
  readonly deviceName: string;
}

export function networkProviders(winfspInstalled: boolean): readonly NetworkProvider[] {
  const known = [
    {
      service: 'LanmanWorkstation',
      displayName: 'Microsoft Windows Network',
      deviceName: '\\Device\\LanmanRedirector',
    },
    { service: 'webclient', displayName: 'Web Client Network', deviceName: '\\Device\\WebDavRedirector' },
  ];
  // The installer puts itself first, under a name that carries no side-by-side suffix (winfsp src/dll/np.c).
  return winfspInstalled
    ? [{ service: 'WinFsp.Np', displayName: 'WinFsp.Np', deviceName: '\\Device\\WinFsp.Mup' }, ...known]
    : known;
}

export interface HostRegistryOptions {
  readonly version: WindowsVersion;
  readonly machineName: string;
  readonly providers: readonly NetworkProvider[];
  readonly winfsp:
    | {
        readonly version: string;
        readonly installDirectory: string;
        readonly sxsDirectory: string | undefined;
        readonly launcherServices: Scenario['winfsp']['launcherServices'];
      }
    | undefined;
  readonly services: readonly {
    readonly name: string;
    readonly displayName: string;
    readonly imagePath: string;
    readonly driver: boolean;
  }[];
  readonly prefixCacheSeconds: number;
}

export function hostRegistry(options: HostRegistryOptions): RegistryContent {
  const { version, machineName, providers, winfsp, services, prefixCacheSeconds } = options;
  const content: Record<string, readonly Value[]> = {
    ...commonRegistry(version, machineName),
    [`${CONTROL}\\NetworkProvider\\Order`]: [text('ProviderOrder', providers.map(({ service }) => service).join(','))],
  };
  if (winfsp !== undefined) {
    const { version: winfspVersion, installDirectory, sxsDirectory, launcherServices } = winfsp;
    content['HKLM\\SOFTWARE\\WOW6432Node\\WinFsp'] = [
      text('InstallDir', `${installDirectory}\\`),
      ...(sxsDirectory === undefined ? [] : [text('SxsDir', `${sxsDirectory}\\`)]),
    ];
    content['HKLM\\SOFTWARE\\WOW6432Node\\WinFsp\\Services'] = [];
    for (const { name, executable, commandLine } of launcherServices) {
      content[`HKLM\\SOFTWARE\\WOW6432Node\\WinFsp\\Services\\${name}`] = [
        text('Executable', executable),
        text('CommandLine', commandLine),
        dword('JobControl', 1),
      ];
    }
    // The installer's own entry: a 32-bit one, under its product code. Ground: winfsp build/VStudio/installer/Product.wxs.
    content[`HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\${WINFSP_PRODUCT}`] = [
      text('DisplayName', 'WinFsp'),
      text('DisplayVersion', winfspVersion),
      text('Publisher', 'Navimatics LLC'),
    ];
  }
  for (const { name, displayName, imagePath, driver } of services) {
    content[`HKLM\\SYSTEM\\CurrentControlSet\\Services\\${name}`] = [
      text('DisplayName', displayName),
      expandable('ImagePath', imagePath),
      dword('Start', driver ? 3 : 2),
      dword('Type', driver ? 2 : 16),
    ];
  }
  for (const { service, displayName, deviceName } of providers) {
    content[`HKLM\\SYSTEM\\CurrentControlSet\\Services\\${service}\\NetworkProvider`] = [
      text('DeviceName', deviceName),
      text('Name', displayName),
    ];
  }
  content['HKLM\\SYSTEM\\CurrentControlSet\\Services\\Mup\\Parameters'] = [
    dword('PrefixCacheTimeoutInSeconds', Math.round(prefixCacheSeconds)),
  ];
  return content;
}
