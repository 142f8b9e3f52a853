import { z } from 'zod';
import { NamespaceId } from './namespace.ts';

/** `disk`: a device of its own in its silo. `network`: a link to a MUP provider, reached by its UNC prefix as well. */
export const VolumeKind = z.enum(['disk', 'network']);
export type VolumeKind = z.infer<typeof VolumeKind>;

/**
 * A volume that a user-mode file system exposes.
 * Ground for the shapes: winfsp src/sys/volume.c (disk = device object, network = symbolic link to the provider).
 */
export const Volume = z.object({
  /** `\Device\Volume{guid}`, without the prefix. Unique on a kernel. */
  device: z.string(),
  kind: VolumeKind,
  /** The namespace in which it was created. */
  home: NamespaceId,
  /** `\class\instance`, as given to `-u`. Network volumes only. */
  uncPrefix: z.string().optional(),
  /** The MUP provider it links to, e.g. `\Device\WinFsp.Mup+2.1{guid}`. Network volumes only. */
  provider: z.string().optional(),
  /** Mount points in its home namespace: `Y:` or a directory. */
  mountPoints: z.array(z.string()),
  /**
   * Whose those drive letters are: a logon session's, by its LUID, or everybody's, `global`. Another session of the same
   * user, such as an elevated one, has not the letters of this one. Absent: not observed.
   */
  letters: z.array(z.object({ mountPoint: z.string(), session: z.string() })).optional(),
  fileSystem: z
    .object({
      /** The program's file name, e.g. `memfs-x64.exe`. */
      program: z.string(),
      processId: z.int().positive().optional(),
      commandLine: z.string().optional(),
    })
    .optional(),
});
export type Volume = z.infer<typeof Volume>;
