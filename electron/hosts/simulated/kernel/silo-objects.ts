import {
  type DeviceObject,
  DirectoryObject,
  directoryTemplate,
  globalLink,
  type KernelObject,
  link,
  opaque,
} from './objects.ts';
import { refusingOperations } from './refusing-operations.ts';

/**
 * Devices of the host that every silo sees through global links. Ground: the listing of a Server Core container's
 * `\Device` in P0 "Who Contains the Containers?", which calls the links "almost certainly global".
 */
export const CLONED_DEVICES = [
  'Ip',
  'Ip6',
  'Tcp',
  'Tcp6',
  'Udp',
  'Udp6',
  'RawIp6',
  'Afd',
  'ahcache',
  'CNG',
  'ConDrv',
  'DeviceApi',
  'DxgKrnl',
  'KsecDD',
  'LanmanDatagramReceiver',
  'LanmanRedirector',
  'MailslotRedirector',
  'Nsi',
  'Null',
  'WMIDataDevice',
] as const;

/** Directories of the host's root that a silo reaches through global links (wsc.def in Windows Internals 7, ch. 3). */
const GLOBAL_ROOT_LINKS = ['FileSystem', 'Driver', 'REGISTRY', 'PdcPort', 'SeRmCommandPort'] as const;

const linksTo = (path: string, names: readonly string[]): Record<string, KernelObject> =>
  Object.fromEntries(names.map(name => [name, globalLink(path + name)]));

const ROOT = directoryTemplate({
  ...linksTo('\\', GLOBAL_ROOT_LINKS),
  DosDevices: link('\\??'),
  GLOBALROOT: link(''),
  SystemRoot: link('\\GLOBAL??\\C:\\Windows'),
  BaseNamedObjects: new DirectoryObject(),
  KernelObjects: new DirectoryObject(
    directoryTemplate({
      MemoryErrors: opaque('Event'),
      LowMemoryCondition: opaque('Event'),
      HighMemoryCondition: opaque('Event'),
      Session0: opaque('Session'),
      SystemErrorPortReady: opaque('Event'),
    }),
  ),
  KnownDlls: new DirectoryObject(
    directoryTemplate({ 'ntdll.dll': opaque('Section'), 'kernel32.dll': opaque('Section') }),
  ),
  ObjectTypes: new DirectoryObject(
    directoryTemplate(
      Object.fromEntries(
        [
          'Device',
          'Directory',
          'Driver',
          'Event',
          'Job',
          'Key',
          'Process',
          'Section',
          'SymbolicLink',
          'Thread',
          'Type',
        ].map(name => [name, opaque('Type')]),
      ),
    ),
  ),
  'RPC Control': new DirectoryObject(
    directoryTemplate({ epmapper: opaque('ALPC Port'), lsasspirpc: opaque('ALPC Port') }),
  ),
  Security: new DirectoryObject(directoryTemplate({ LSA_AUTHENTICATION_INITIALIZED: opaque('Event') })),
});

const GLOBAL_DOS_DEVICES = directoryTemplate({
  GLOBALROOT: link(''),
  Global: link('\\GLOBAL??'),
  UNC: link('\\Device\\Mup'),
  PIPE: link('\\Device\\NamedPipe'),
  MAILSLOT: link('\\Device\\MailslotRedirector'),
  NUL: link('\\Device\\Null'),
  CON: link('\\Device\\ConDrv\\Console'),
  CONIN$: link('\\Device\\ConDrv\\CurrentIn'),
  CONOUT$: link('\\Device\\ConDrv\\CurrentOut'),
  AUX: link('\\DosDevices\\COM1'),
  PRN: link('\\DosDevices\\LPT1'),
  MountPointManager: link('\\Device\\MountPointManager'),
  Tcp: link('\\Device\\Tcp'),
  WMIDataDevice: link('\\Device\\WMIDataDevice'),
});

const CLONES = linksTo('\\Device\\', CLONED_DEVICES);
const OWN_DEVICES = directoryTemplate({ ...CLONES, Http: new DirectoryObject() });
const DEVICES_OF_A_SHARED_MUP = directoryTemplate({
  ...CLONES,
  Http: new DirectoryObject(),
  Mup: globalLink('\\Device\\Mup'),
});

const mountPointManager: DeviceObject = {
  type: 'Device',
  open: () => ({ operations: refusingOperations, path: '\\', winfsp: false }),
};

/** What differs from silo to silo. */
export interface SiloContent {
  readonly namedPipe: DeviceObject;
  /** Its `\Device\Mup`, where the scenario says that it is not the link to the host's. */
  readonly mup: KernelObject | undefined;
  /** `C:` and drive letters that were bound: link -> NT name. */
  readonly drives: readonly { readonly letter: string; readonly target: string }[];
  /** Names in `\Device` for them. */
  readonly devices: readonly { readonly name: string; readonly object: KernelObject }[];
}

/** The root directory of a server silo. What all silos have alike is shared. */
export function siloRoot(content: SiloContent): DirectoryObject {
  const root = new DirectoryObject(ROOT);
  const devices = new DirectoryObject(content.mup === undefined ? DEVICES_OF_A_SHARED_MUP : OWN_DEVICES);
  devices.set('NamedPipe', content.namedPipe);
  devices.set('MountPointManager', mountPointManager);
  if (content.mup !== undefined) devices.set('Mup', content.mup);
  for (const { name, object } of content.devices) devices.set(name, object);
  const dosDevices = new DirectoryObject(GLOBAL_DOS_DEVICES);
  for (const { letter, target } of content.drives) dosDevices.set(letter, link(target));
  root.set('Device', devices);
  root.set('GLOBAL??', dosDevices);
  return root;
}
