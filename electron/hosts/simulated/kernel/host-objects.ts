import type { FileSystemOperations } from '../machine.ts';
import { type DeviceObject, type DirectoryObject, link, opaque } from './objects.ts';
import { refusingOperations } from './refusing-operations.ts';
import { CLONED_DEVICES } from './silo-objects.ts';

/** A device whose files are those of one store. */
export function fileDevice(operations: FileSystemOperations): DeviceObject {
  return {
    type: 'Device',
    open: remainder => ({ operations, path: remainder === '' ? '\\' : remainder, winfsp: false }),
  };
}

/** A device that opens and knows no files. */
export const plainDevice: DeviceObject = {
  type: 'Device',
  open: () => ({ operations: refusingOperations, path: '\\', winfsp: false }),
};

const NOTHING = new Uint8Array(0);

/** `\Device\Null`: reads end at once, writes vanish. */
const nullDevice: DeviceObject = {
  type: 'Device',
  open: () => ({
    operations: { ...refusingOperations, read: () => Promise.resolve(NOTHING), write: () => Promise.resolve() },
    path: '\\',
    winfsp: false,
  }),
};

/** What the host's root needs from the kernel. */
export interface HostContent {
  readonly systemDisk: FileSystemOperations;
  readonly mup: DeviceObject;
  readonly namedPipe: DeviceObject;
}

const SYSTEM_VOLUME = '\\Device\\HarddiskVolume3';

/** Fills the host's root as Windows 10 and later lay it out (facts: naming-a-file.md and WinObj listings). */
export function fillHostRoot(root: DirectoryObject, { systemDisk, mup, namedPipe }: HostContent): void {
  for (const name of [
    'ArcName',
    'BaseNamedObjects',
    'Callback',
    'KnownDlls',
    'KnownDlls32',
    'NLS',
    'Security',
    'Windows',
  ]) {
    root.directory(name);
  }
  root.set('DosDevices', link('\\??'));
  root.set('SystemRoot', link('\\Device\\BootDevice\\Windows'));
  root.set('REGISTRY', opaque('Key'));
  for (const port of ['PdcPort', 'SeRmCommandPort', 'SmApiPort', 'PowerPort']) root.set(port, opaque('ALPC Port'));
  for (const event of ['UniqueSessionIdEvent', 'LanmanServerAnnounceEvent']) root.set(event, opaque('Event'));
  for (const driver of ['Ntfs', 'Npfs', 'Msfs', 'Mup', 'mrxsmb', 'rdbss', 'FltMgr', 'RAW']) {
    root.directory('FileSystem').set(driver, opaque('Driver'));
  }
  for (const driver of ['disk', 'volmgr', 'mountmgr', 'Tcpip', 'AFD', 'vmbusr', 'hvservice']) {
    root.directory('Driver').set(driver, opaque('Driver'));
  }
  for (const event of ['MemoryErrors', 'LowMemoryCondition', 'HighMemoryCondition']) {
    root.directory('KernelObjects').set(event, opaque('Event'));
  }
  for (const type of [
    'Device',
    'Directory',
    'Driver',
    'Event',
    'Job',
    'Key',
    'Process',
    'SymbolicLink',
    'Thread',
    'Type',
  ]) {
    root.directory('ObjectTypes').set(type, opaque('Type'));
  }
  root.directory('RPC Control').set('epmapper', opaque('ALPC Port'));

  const devices = root.directory('Device');
  for (const name of CLONED_DEVICES) devices.set(name, plainDevice);
  devices.set('LanmanRedirector', link('\\Device\\Mup\\;LanmanRedirector'));
  devices.set('WebDavRedirector', link('\\Device\\Mup\\;WebDavRedirector'));
  devices.set('Null', nullDevice);
  devices.set('Mup', mup);
  devices.set('NamedPipe', namedPipe);
  devices.set('MountPointManager', plainDevice);
  devices.set('HarddiskVolume3', fileDevice(systemDisk));
  devices.set('BootDevice', link(SYSTEM_VOLUME));
  devices.directory('Http');

  const names = root.directory('GLOBAL??');
  names.set('GLOBALROOT', link(''));
  names.set('Global', link('\\GLOBAL??'));
  names.set('UNC', link('\\Device\\Mup'));
  names.set('PIPE', link('\\Device\\NamedPipe'));
  names.set('MAILSLOT', link('\\Device\\MailslotRedirector'));
  names.set('NUL', link('\\Device\\Null'));
  names.set('CON', link('\\Device\\ConDrv\\Console'));
  names.set('MountPointManager', link('\\Device\\MountPointManager'));
  names.set('C:', link(SYSTEM_VOLUME));
  // The form in which HCS names a silo's root, `\\.\Silos\<id>`, suggests this one. [inferred]
  names.set('Silos', link('\\Silos'));
}
