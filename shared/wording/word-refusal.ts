import { assertNever } from '../base/assert-never.ts';
import type { DockerRunRefusal } from '../domain/docker-run.ts';
import type { FileSystemCommand, KindBecause } from '../domain/file-system-command.ts';
import type { MountPointRefusal } from '../domain/mount-point.ts';
import { LONGEST_UNC_PREFIX, type UncPrefixRefusal } from '../domain/unc-prefix.ts';

/** Why a UNC prefix is refused. */
export function wordUncPrefixRefusal(because: UncPrefixRefusal): string {
  switch (because) {
    case 'empty':
      return 'A UNC prefix has two parts, such as \\memfs\\share.';
    case 'no-leading-backslash':
      return 'A UNC prefix begins with a backslash.';
    case 'two-leading-backslashes':
      return 'WinFsp wants one leading backslash, not two; Windows adds the other one.';
    case 'forward-slash':
      return 'A UNC prefix is written with backslashes.';
    case 'one-part-only':
      return 'A UNC prefix has two parts, a class and an instance: \\class\\instance.';
    case 'empty-part':
      return 'A part of the UNC prefix is empty.';
    case 'illegal-character':
      return 'A UNC prefix holds none of < > : " | ? * and no control characters, and does not begin with a semicolon.';
    case 'too-long':
      return `A UNC prefix has at most ${LONGEST_UNC_PREFIX} characters.`;
    default:
      return assertNever(because, 'prefix refusal');
  }
}

/** Why a mount point is refused. */
export function wordMountPointRefusal(because: MountPointRefusal): string {
  switch (because) {
    case 'empty':
      return 'A mount point is a drive letter such as Y:, a directory, or * for any free letter.';
    case 'letter-without-colon':
      return 'A drive letter is written with its colon.';
    case 'trailing-backslash':
      return 'WinFsp wants the drive letter without a backslash.';
    case 'unc-path':
      return 'A UNC path is no mount point; give it as the UNC prefix.';
    case 'forward-slash':
      return 'A mount point is written with backslashes.';
    case 'relative-path':
      return 'A directory is given by its full path, such as C:\\mnt\\data.';
    case 'illegal-character':
      return 'A directory holds none of < > : " | ? * and no control characters.';
    case 'system-drive':
      return 'C: is the system drive of every Windows and every container.';
    case 'network-volume-needs-a-letter':
      return 'A network volume can be mounted on a drive letter only.';
    case 'letter-taken':
      return 'That drive letter is taken.';
    default:
      return assertNever(because, 'mount point refusal');
  }
}

/** Why a pasted line is not understood. */
export function wordDockerRunRefusal(because: DockerRunRefusal): string {
  switch (because) {
    case 'not-docker-run':
      return 'The line is no `docker run`.';
    case 'no-image':
      return 'The line names no image.';
    case 'flag-without-value':
      return 'The last flag lacks its value.';
    default:
      return assertNever(because, 'docker run refusal');
  }
}

/** What on its command line makes a file system a disk or a network one. */
export function wordKindBecause(because: KindBecause): string {
  switch (because) {
    case 'disk-by-default':
      return 'it is a disk unless told otherwise';
    case 'disk-by-switch':
      return 'a switch makes it a disk';
    case 'network-by-default':
      return 'it makes itself a network file system unless told otherwise';
    case 'unc-prefix-switch':
      return 'its switch -u gives it a UNC prefix';
    case 'volume-prefix-option':
      return 'its option VolumePrefix gives it a UNC prefix';
    case 'network-mode-switch':
      return 'its switch --network-mode gives it a UNC prefix';
    case 'volume-name-is-unc':
      return 'its volume name is a UNC path';
    case 'mount-point-is-unc':
      return 'its mount point is a UNC path';
    case 'service-form':
      return 'its service form (svc) always has a UNC prefix';
    case 'launcher-form':
      return "its option VolumePrefix gives it the UNC prefix of WinFsp's launcher";
    default:
      return assertNever(because, 'kind reason');
  }
}

/** A program as a person calls it. */
export function wordProgram(program: FileSystemCommand['program']): string {
  switch (program) {
    case 'memfs':
    case 'rclone':
    case 'hubfs':
      return program;
    case 'juicefs':
      return 'JuiceFS';
    case 'sshfs-win':
      return 'SSHFS-Win';
    case 'winfsp-native':
      return 'a WinFsp file system';
    case 'winfsp-fuse':
      return 'a WinFsp-FUSE file system';
    default:
      return assertNever(program, 'program');
  }
}
