import { z } from 'zod';
import builtIn from '../../assets/profiles/built-in.json' with { type: 'json' };
import { Profile } from './profile.ts';

/**
 * The profiles that come with Siloscope: data in assets/profiles/built-in.json, by the same schema as those of a user.
 * JSON has no comments, so the grounds of what stands there are here.
 *
 * Commands start with the program's hard-wired path, because the registry in a container has no WinFsp entries; the
 * switches that make a volume a disk or a network one are those of each program's sources (WinFsp-Container-Support.asciidoc).
 * `PATH`: programs that are not WinFsp's own look for its DLL there, and then in the registry, which a container lacks
 * (winfsp inc/winfsp/winfsp.h FspLoad, cgofuse fuse/host_cgo.go). The rest of it is a Windows image's own path.
 *
 * rclone: uploads that wait for their time are lost with the container, hence waited for. That needs `--rc`, which listens
 * inside the container only (vfs/rc.go vfs/stats, fs/rc/internal.go core/quit). A secret is the whole of rclone.conf, tokens
 * included (what rclone writes into it, such as renewed ones, ends with the container), or only the password of one that is
 * encrypted and in the image (fs/config/crypt.go GetPasswordCommand: arguments split at blanks, line ends cut off).
 *
 * JuiceFS: the end is cmd/umount.go. Secrets go apart, so that neither stands in the metadata URL (pkg/meta/utils.go
 * setPasswordFromEnv, cmd/mount.go).
 *
 * hubfs: knows the keyring of a desktop, which a container has not, or the argument (src/main.go).
 *
 * SSHFS-Win: sshfs gets an environment of its own, so no variable reaches it, and a path that is sshfs-win's own bin; the
 * DLL is looked for there by name, then in the registry, hence copied there by the recipe (sshfs-win.c sshfs_environ,
 * sshfs.c, winfsp opt/cygfuse/cygfuse.c).
 *
 * Recipes take the program from the host, so nothing is downloaded. WinFsp's DLL is found at launch, on the profile's
 * `PATH`, in the directory that is bound in; that of memfs is at the place where WinFsp's installer puts it, with the file
 * beside it that names its instance (`.sxs`). What may be missing is copied by a pattern.
 */
export const BUILT_IN_PROFILES: readonly Profile[] = z.array(Profile).parse(builtIn.profiles);
