import type { SimulatedHost } from '../../electron/hosts/simulated/simulated-host.ts';

/** Drive letters that lead to a volume which is no more. */
export function ghostsOf(where: string, win32: ReturnType<SimulatedHost['machine']['win32']>): string[] {
  const devices = new Set(win32.listDirectoryObject('\\Device').map(({ name }) => `\\device\\${name}`.toLowerCase()));
  return win32.queryDosDevice().flatMap(name => {
    const [target = ''] = /^[a-z]:$/i.test(name) ? win32.queryDosDevice(name) : [];
    const [device] = /^\\Device\\Volume\{[^}]+\}/i.exec(target) ?? [];
    return device === undefined || devices.has(device.toLowerCase())
      ? []
      : [`a ghost in ${where}: ${name} to ${target}`];
  });
}
