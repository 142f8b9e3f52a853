import type { FileSystemOperations, MountedVolume } from '../machine.ts';

/** What the FSD's `\Device\WinFsp.Disk..` and `.Net..` answer to (FSP_FSCTL_*). One pair of devices a silo. */
export interface ControlDevice {
  createVolume(request: {
    readonly prefix: string | undefined;
    readonly operations: FileSystemOperations;
    readonly processId: number;
  }): MountedVolume;
  /** Names of the volumes of this very device's silo, prefix appended. */
  listVolumes(): readonly string[];
}
