import type { FindingCode, Severity } from '../domain/inspection.ts';

/** What a kind of finding is, apart from any that was found. */
export interface FindingKindWords {
  readonly title: string;
  /** One sentence. */
  readonly what: string;
  /** Why it matters and what to do, in some sentences. */
  readonly help: string;
  /** As it mostly is. */
  readonly severity: Severity;
}

/** Every kind of finding in words: the rules of a SARIF file, and what a policy can name. */
export const findingKindWords: Readonly<Record<FindingCode, FindingKindWords>> = {
  'unc-leak': {
    title: 'Volume seen or expected outside its silo',
    what: 'A volume mounted in one container can be reached, or is expected to be reached, from the host or from another container.',
    help: 'A WinFsp file system mounted as a network volume registers its UNC prefix with the Multiple UNC Provider, and containers under process isolation share that of the host. Mount it as a disk, which stays in its silo, or allow the prefix in the policy where it is meant to be shared. That containers reach each other in this way is inferred from sources; "siloscope inspect --probe --canary" proves it on the host at hand.',
    severity: 'serious',
  },
  'class-collision': {
    title: 'Several silos claim one class',
    what: 'Volumes of several namespaces share the first component of their UNC prefix.',
    help: 'WinFsp claims the whole first component of a prefix, and only one provider is expected to get it (inferred): the others may be unreachable by their UNC names. Give each container a class of its own.',
    severity: 'warning',
  },
  'prefix-collision': {
    title: 'Several silos mount one prefix',
    what: 'Volumes of several namespaces have the same UNC prefix.',
    help: 'Whoever opens the name gets one of them, and which is not said anywhere. Give each a prefix of its own.',
    severity: 'serious',
  },
  'shadows-server': {
    title: 'Volume with the name of a file server',
    what: "A volume's class is the name of a real file server.",
    help: 'While it is mounted, some or all shares of that server may be unreachable from the host and its containers, or the volume is. Choose another class.',
    severity: 'serious',
  },
  'ghost-mount-point': {
    title: 'Drive letter without a volume',
    what: 'A drive letter leads to a volume that is gone.',
    help: 'Mostly a file system ended without cleaning up. The letter stays taken until its session or its container ends.',
    severity: 'warning',
  },
  'fsd-stopped': {
    title: 'WinFsp driver not running',
    what: "WinFsp's kernel driver does not run on the host.",
    help: 'No WinFsp file system can start until it runs, and a container cannot start it: "siloscope fsd start" on the host does.',
    severity: 'serious',
  },
  'hyperv-no-winfsp': {
    title: 'Hyper-V container without WinFsp',
    what: 'A container under Hyper-V isolation has a kernel of its own, in which WinFsp is not.',
    help: 'Its namespace is not on this host and nothing can be said of it. A WinFsp file system needs process isolation.',
    severity: 'info',
  },
  'unmanaged-file-system': {
    title: 'File system not started by Siloscope',
    what: 'A container that Siloscope did not start runs a WinFsp file system.',
    help: 'It is inspected just the same. Nothing need be done if you know it.',
    severity: 'info',
  },
  'leaks-by-default': {
    title: 'Expected to leak unless it is told not to',
    what: 'A file system makes itself a network file system by default, and so is expected to leak although nobody gave it a UNC prefix.',
    help: 'JuiceFS, the service form of SSHFS-Win and hubfs under the WinFsp launcher register a UNC prefix of their own accord. Tell them to be a disk: --as-local-volume for JuiceFS, the form "cmd" for SSHFS-Win, no VolumePrefix for hubfs.',
    severity: 'warning',
  },
};
