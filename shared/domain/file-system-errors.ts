import { type KnownError, MORE_LOG } from './known-error.ts';

const WINFSP_CONTAINERS = 'WinFsp-Container-Support.asciidoc';
const NO_FSD = {
  cause:
    "WinFsp's kernel driver (the FSD) does not answer: it is stopped, broken or not installed. A container cannot start it.",
  fix: 'Start it on the host: `siloscope fsd start`; `siloscope doctor` says what is wrong with it.',
  source: `${WINFSP_CONTAINERS}; winfsp/winfsp#592`,
} as const;
const FREE_LETTER = 'Choose a free letter; inside a container only C: is taken at first.';

/** What file systems print when they do not start: tried before everything else, since the step that failed tells more than its status. */
export const FILE_SYSTEM_ERRORS: readonly KnownError[] = [
  {
    texts: [/cannot mount \w+[\s\S]{0,400}?Status=c000000e/i, /could not find unused drive letter/i],
    cause: 'No drive letter is free.',
    fix: 'Free one, or name a directory of a disk volume as its mount point.',
    source: 'winfsp src/dll/mount.c; rclone cmd/cmount/mountpoint_windows.go',
  },
  {
    texts: [
      /cannot mount \w+[\s\S]{0,400}?Status=c0000035/i,
      /Cannot set WinFsp-FUSE file system mount point\.[\s\S]{0,400}?Status=c0000035/i,
      /file system: mount point in use/i,
      /mountpoint path already exists: [A-Za-z]:$/im,
    ],
    cause: 'Its drive letter or mount point is taken in that namespace.',
    fix: FREE_LETTER,
    source: 'winfsp src/dll/mount.c, src/dll/fuse/fuse.c; rclone cmd/cmount/mountpoint_windows.go',
  },
  {
    texts: [/mountpoint path already exists/i, /Mount point \S.* cannot be an existing folder/i],
    cause: 'Its mount point exists already; WinFsp makes the directory itself.',
    fix: 'Name a directory that does not exist, in one that does.',
    source: 'winfsp src/dll/mount.c; rclone and JuiceFS on Windows',
  },
  {
    texts: [
      /file system: invalid mount point/i,
      /parent of mountpoint directory does not exist/i,
      /Parent directory \S.* of mount point \S.* does not exist/i,
    ],
    cause: 'The directory in which it should be mounted does not exist, seen from this namespace.',
    fix: 'Create the parent directory, or mount it on a drive letter.',
    source: 'winfsp src/dll/fuse/fuse.c; rclone and JuiceFS on Windows',
  },
  {
    texts: [/Cannot mount to a local directory when --as-local-volume is not set/i],
    cause: 'JuiceFS is a network file system unless told otherwise, and those take drive letters only.',
    fix: 'Name a drive letter, or add `--as-local-volume`.',
    source: 'juicefs cmd/mount_windows.go',
  },
  { texts: [/cannot create \w+[\s\S]{0,400}?Status=c000000e/i], code: 'STATUS_NO_SUCH_DEVICE', ...NO_FSD },
  { texts: [/FSD not found/i, /FspFileSystemCreate[^\n]*C0000034/i], code: 'STATUS_OBJECT_NAME_NOT_FOUND', ...NO_FSD },
  {
    texts: [/file system: access denied/i],
    code: 'STATUS_ACCESS_DENIED',
    cause: "WinFsp's driver does not let this user make volumes.",
    fix: 'Run the file system as ContainerAdministrator, or see who may start it: `sc.exe sdshow`.',
    source: 'winfsp src/dll/fuse/fuse.c',
  },
  {
    texts: [
      /cgofuse: cannot find winfsp/i,
      /winfsp-(?:x64|x86|a64)\.dll not found/i,
      /Unable to load DLL 'winfsp-(?:x64|x86|a64)/i,
    ],
    cause: 'The program did not find the WinFsp DLL: a container has no WinFsp entries in its registry.',
    fix: 'Bind WinFsp\'s directory into the container at the same path and put its bin directory first in PATH: `-e "PATH=C:\\Program Files (x86)\\WinFsp\\bin;C:\\Windows\\system32;C:\\Windows"`, or under `environment` of a profile of your own.',
    source: `${WINFSP_CONTAINERS}; winfsp inc/winfsp/winfsp.h (FspLoad), cgofuse fuse/host_cgo.go`,
  },
  {
    texts: [/WinFsp\S{0,60} service failed to start[\s\S]{0,80}cannot find the file specified/i],
    cause: "The file of WinFsp's driver is not where its service says.",
    fix: 'Repair the installation of WinFsp; `siloscope doctor` says which service and file it is.',
    source: 'winfsp/winfsp#592',
  },
  {
    texts: [/Cannot set WinFsp-FUSE file system mount point\.[\s\S]{0,400}?Status=c0000022/i],
    code: 'STATUS_ACCESS_DENIED',
    cause: 'A mount point of the mount manager (`\\\\.\\X:`) needs an administrator.',
    fix: 'Name the letter alone, `X:`, or run it as administrator.',
    source: 'winfsp/winfsp#535',
  },
  {
    texts: [/Status=c00000ca/i],
    code: 'STATUS_NETWORK_ACCESS_DENIED',
    cause: 'A network volume cannot be mounted on a directory.',
    fix: 'Mount it on a drive letter.',
    source: 'winfsp src/dll/mount.c; winfsp/winfsp#102',
  },
  {
    texts: [/didn't find section in config file/i],
    cause: "rclone's configuration has no remote of that name.",
    fix: 'Put rclone.conf into the container and name it by `--config`, or give the remote in full, such as `:memory:`.',
    source: 'rclone fs/config',
  },
  {
    texts: [/hubfs: unknown provider/i],
    cause: 'hubfs knows github.com and gitlab.com only.',
    fix: 'Name one of them as its remote.',
    source: 'hubfs src/main.go',
  },
  {
    texts: [/Failed to create system service/i],
    cause: 'In the background JuiceFS becomes a Windows service, which a container does not let it.',
    fix: 'Leave out `-d` and `--background`: in a container it runs in the foreground.',
    source: 'juicefs cmd/mount_windows.go',
  },
  {
    texts: [/cannot open debug log file/i],
    cause: 'The log file that memfs was given by `-D` cannot be opened.',
    fix: 'Name a file in a directory that exists, or `-D -` for standard error.',
    source: 'winfsp tst/memfs/memfs-main.c',
  },
  {
    texts: [/KO CallNamedPipe/i],
    cause: 'The WinFsp launcher does not run: nobody listens on its pipe.',
    fix: 'Start it on the host: `sc.exe start WinFsp.Launcher`. Containers have none.',
    source: 'winfsp src/launcher/launchctl.c',
  },
  {
    texts: [
      /^usage: (?:memfs OPTIONS|hubfs |sshfs-win |fsptool |launchctl )/im,
      /Command mount needs \d+ arguments/i,
      /unknown command "[^"]*" for "rclone"/i,
      /flag needs an argument/i,
      /This command requires at least \d+ arguments/i,
      /No help topic for /i,
      /Invalid argument "/i,
    ],
    cause: 'The program does not understand its command line.',
    fix: 'Correct it; what it printed is its usage. `siloscope profiles` shows command lines that work.',
    source: "the program's own usage",
  },
];

/** Last words that name no reason: believed only when nothing else is known. */
export const VAGUE_ERRORS: readonly KnownError[] = [
  {
    texts: [
      /Mount failed/i,
      /FUSE main returns 1/i,
      /mount command exit with error/i,
      /file system: unspecified error/i,
      /Cannot (?:create|start) WinFsp-FUSE file system/i,
    ],
    cause: 'The file system ended and kept the reason to itself.',
    fix: MORE_LOG,
    source: 'winfsp/winfsp#438, juicedata/juicefs#4565',
  },
  {
    texts: [/\bexit(?:ed)?(?: with)?(?: ?(?:code|status))?[ :=(]+1\b(?![.:]\d)/i],
    cause:
      'The program ended with 1, which is its own number and not one of Windows: it failed and the reason is elsewhere, if anywhere.',
    fix: `Read the end of its log: \`siloscope logs NAME\`. ${MORE_LOG}`,
    source: 'winfsp/winfsp#438, juicedata/juicefs#4565',
  },
];
