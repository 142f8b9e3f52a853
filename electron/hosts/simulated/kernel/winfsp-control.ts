import type { Subject, WinFspControl } from '../machine.ts';
import type { ControlDevice } from './control-device.ts';
import { foldName } from './fold-name.ts';
import { deviceOf } from './object-namespace.ts';
import { STATUS, systemCallError } from './status.ts';
import type { Win32Kernel } from './win32-kernel.ts';

/**
 * What the WinFsp DLL does for a subject: it opens the control device of the subject's own silo by name, so a silo
 * without the device is a silo without WinFsp.
 */
export function winfspControl(enter: () => Win32Kernel, subject: Subject): WinFspControl {
  const open = (kind: 'Disk' | 'Net'): ControlDevice => {
    const kernel = enter();
    const name = `\\Device\\WinFsp.${kind}${kernel.driver?.suffix ?? ''}`;
    const { control } = deviceOf(kernel.namespace.resolve(name, subject), name);
    if (control === undefined) throw systemCallError(STATUS.INVALID_DEVICE_REQUEST, name);
    return control;
  };
  const known = (name: string): NonNullable<Win32Kernel['driver']> => {
    const { driver } = enter();
    const wanted = foldName(name);
    if (driver === undefined || subject.silo !== 0 || foldName(driver.name) !== wanted) {
      throw systemCallError(STATUS.OBJECT_NAME_NOT_FOUND, name);
    }
    return driver;
  };
  const present = (): boolean => {
    try {
      open('Disk');
      return true;
    } catch {
      return false;
    }
  };
  return {
    drivers() {
      const { driver } = enter();
      // The drivers are services of the host's SCM; a container's has none of them.
      if (driver === undefined || subject.silo !== 0) return [];
      const { name, imagePath } = driver;
      return [{ name, version: enter().winfspVersion, loaded: driver.state().running, imagePath }];
    },
    present,
    createVolume: async ({ prefix, operations, processId }) =>
      open(prefix === undefined ? 'Disk' : 'Net').createVolume({ prefix, operations, processId }),
    listVolumes: () => (present() ? open('Net').listVolumes() : []),
    async load(name) {
      const driver = known(name);
      if (!driver.state().running) driver.start();
    },
    async unload(name) {
      if (!subject.elevated || subject.silo !== 0) throw systemCallError(STATUS.PRIVILEGE_NOT_HELD, name);
      known(name).unload();
    },
  };
}
