/** How rclone on Windows turns a mount path and its options into WinFsp's terms. Ground: rclone cmd/cmount/mountpoint_windows.go, cmd/mountlib/utils.go. */
export interface RcloneMount {
  /** `*` stands for a free drive letter. */
  readonly mountPoint: string;
  readonly network: boolean;
  /** The prefix (network) or the label (disk). */
  readonly volumeName: string;
  /** `--network-mode` was given up, because the mount point is a directory. */
  readonly ignoredNetworkMode: boolean;
}

const isShare = (text: string): boolean => /^\\\\[^\\?]+\\[^\\]/.test(text);

/** Colons and slashes become blanks, and 32 characters are enough. */
const plainName = (text: string): string => text.replaceAll(':', ' ').replaceAll('/', ' ').trim().slice(0, 32);

/** Total. `remote` names the volume when `volname` does not. */
export function planRcloneMount(
  remote: string,
  mountPath: string,
  options: { readonly networkMode: boolean; readonly volname: string | undefined },
): RcloneMount {
  const name = plainName(options.volname === undefined || options.volname === '' ? remote : options.volname);
  if (isShare(mountPath))
    return { mountPoint: '*', network: true, volumeName: mountPath.slice(1), ignoredNetworkMode: false };
  const free = mountPath === '' || mountPath === '*';
  const mountPoint = free ? '*' : mountPath.replace(/^([A-Za-z]:)\\$/, '$1');
  const directory = !free && !/^[A-Za-z]:$/.test(mountPoint);
  const network = options.networkMode && !directory;
  const ignoredNetworkMode = options.networkMode && directory;
  if (isShare(name)) return { mountPoint, network: true, volumeName: name.slice(1), ignoredNetworkMode };
  if (!network) return { mountPoint, network, volumeName: name, ignoredNetworkMode };
  return { mountPoint, network, volumeName: name === '' ? '\\server\\share' : `\\server\\${name}`, ignoredNetworkMode };
}
