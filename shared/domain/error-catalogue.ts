import { BUILD_ERRORS } from './build-errors.ts';
import { COMPUTE_ERRORS } from './compute-errors.ts';
import { ENGINE_ERRORS } from './engine-errors.ts';
import { FILE_SYSTEM_ERRORS } from './file-system-errors.ts';
import type { KnownError } from './known-error.ts';
import { REMOTE_ERRORS } from './remote-errors.ts';
import { STATUS_ERRORS } from './status-errors.ts';
import { WIN32_ERRORS } from './win32-errors.ts';

const WINFSP_CONTAINERS = 'WinFsp-Container-Support.asciidoc';

/** The cause of a start that finds no program. */
export const PROGRAM_NOT_IN_IMAGE = 'The program to run is not in the image.';

/** Errors known by their text, the most telling first. */
const BY_TEXT: readonly KnownError[] = [
  {
    texts: [/a Windows version [\d.]+-based image is incompatible with a [\d.]+ host/i],
    cause: 'The image is newer than the host; the engine does not even download it.',
    fix: "Take an image of the host's build or older: `siloscope images` marks those that run here.",
    source: 'moby daemon/internal/distribution/pull_v2_windows.go',
  },
  {
    texts: [/no matching manifest for windows/i],
    cause: 'The tag has no image for this Windows, or only one for Linux.',
    fix: "Choose a tag of the host's build, such as ltsc2022 or ltsc2025: `siloscope images`.",
    source: 'moby daemon/internal/distribution/pull_v2.go; docker/for-win#2764',
  },
  {
    texts: [
      /cannot download image with operating system "linux" when requesting "windows"/i,
      /operating system is not supported/i,
      /image operating system "linux" cannot be used on this platform/i,
    ],
    cause: 'It is a Linux image, and the engine runs Windows containers.',
    fix: 'Choose a Windows base image: `siloscope images`.',
    source: 'moby daemon/internal/distribution/pull_v2.go',
  },
  {
    texts: [/pull access denied/i, /repository does not exist/i],
    cause: 'The repository does not exist under this name, or it wants a login.',
    fix: "Check the name; Microsoft's base images are in mcr.microsoft.com/windows/... If it is private: `docker login`.",
    source: 'moby daemon/internal/distribution/errors.go',
  },
  {
    texts: [/manifest unknown/i, /manifest for \S+ not found/i],
    cause: 'The repository has no such tag. Windows base images have no `latest`.',
    fix: 'Name a tag, such as ltsc2022 or ltsc2025: `siloscope images`.',
    source: 'Windows base image lifecycle',
  },
  {
    texts: [/unexpected EOF/i, /filesystem layer verification failed/i],
    cause: 'The download broke off in the middle.',
    fix: 'Try again; a pull does not download finished layers twice.',
    source: 'moby daemon/internal/distribution/xfer/download.go',
  },
  {
    texts: [
      /\/v2\/[^\n]{0,400}(?:dial tcp|no such host|proxyconnect)/i,
      /TLS handshake timeout/i,
      /request canceled while waiting for connection/i,
    ],
    cause: 'The engine could not reach the registry.',
    fix: 'Check the network and the proxy settings of the engine, then pull again.',
    source: 'moby daemon/internal/distribution/errors.go',
  },
  {
    texts: [/dial tcp: lookup /i, /no such host/i],
    cause: 'A server could not be reached: its name is not known here.',
    fix: 'Check the name, and the DNS server of whoever asked: a container may have another than the host.',
    source: 'Go net (DNSError)',
  },
  {
    texts: [/toomanyrequests/i, /pull rate limit/i],
    cause: 'The registry answers no more pulls from here for a while.',
    fix: 'Wait, or sign in: `docker login`.',
    source: 'Docker Hub usage and limits',
  },
  {
    texts: [/Do not attach the filter to the volume at this time/i],
    cause:
      'A WinFsp volume of the host was given as the source of a bind mount; Windows cannot bind custom file systems.',
    fix: 'Run the file system inside the container instead: `siloscope launch`.',
    source: 'winfsp/winfsp#498, microsoft/Windows-Containers#335',
  },
  {
    texts: [/bind source path does not exist/i],
    cause: 'The engine does not see that path: it is misspelt, or the drive belongs to another session or token.',
    fix: 'Check the path with `dir`; for a drive of yours run the file system inside the container instead.',
    source: 'moby daemon/volume/mounts/windows_parser.go; moby/moby#27099, winfsp/winfsp#112',
  },
  {
    texts: [/destination path \(c:\) cannot be 'c:' or 'c:\\'/i],
    cause: "C: is the container's own system drive and cannot be mounted over.",
    fix: 'Mount to a directory or to another letter.',
    source: 'moby daemon/volume/mounts/windows_parser.go',
  },
  {
    texts: [/invalid volume specification/i, /invalid mount config for type/i],
    cause:
      'The bind mount is not written as Windows wants it: `C:\\source:C:\\target[:ro]`, both absolute, the source a directory.',
    fix: 'Correct the bind. UNC paths cannot be bound.',
    source: 'moby daemon/volume/mounts/windows_parser.go',
  },
  {
    texts: [/volume does not contain a recognized file system/i],
    values: [1005, 0x800703ed, 0xc000014f],
    names: ['ERROR_UNRECOGNIZED_VOLUME', 'STATUS_UNRECOGNIZED_VOLUME'],
    cause: 'A program wanted a file system that the volume does not say it is; often only NTFS will do.',
    fix: 'Give the volume the name NTFS: memfs `-F NTFS`, WinFsp-FUSE `-o ExactFileSystemName=NTFS`.',
    source: 'winfsp/winfsp#603',
  },
  {
    texts: [/invalid isolation \(/i],
    cause: 'Windows knows the isolations default, process and hyperv.',
    fix: 'Use `--isolation=process`.',
    source: 'moby daemon/internal/runconfig/hostconfig_windows.go',
  },
  {
    texts: [/Conflict\. The container name /i],
    cause: 'Another container has that name.',
    fix: 'Choose another name, or remove the old container: `docker rm NAME`.',
    source: 'moby daemon/names.go',
  },
  {
    texts: [
      /Removal In Progress/i,
      /failed to detach VHD/i,
      /failed to remove root filesystem/i,
      /DestroyLayer failed/i,
      /is marked for removal/i,
    ],
    cause: "Something still holds the container's layer: a process, an antivirus or another filter.",
    fix: 'Wait and try again; if it stays, restart the engine.',
    source: 'moby/moby#40162, moby/moby#36218',
  },
  {
    texts: [/No such container/i],
    cause: 'There is no container of that name.',
    fix: 'See what there is: `siloscope list --all`.',
    source: 'moby daemon/container.go',
  },
  {
    texts: [/No such image/i],
    cause: 'The image is not on this host.',
    fix: 'Pull it: `siloscope images --pull REFERENCE`.',
    source: 'moby daemon/images/image.go',
  },
  {
    texts: [
      /error during connect[^\n]*cannot find the file/i,
      /pipe[\\/]docker_engine[^\n]*cannot find the file/i,
      /ENOENT[^\n]*docker_engine/i,
      /docker daemon is not running/i,
    ],
    cause: 'No engine listens on its pipe: it is stopped, or Docker Desktop runs Linux containers.',
    fix: 'Start the engine (`sc.exe start docker`), or switch Docker Desktop to Windows containers.',
    source: 'docker/for-win#12614, docker/for-win#1679',
  },
  {
    texts: [/docker_engine[^\n]*Access is denied/i, /EACCES[^\n]*docker_engine/i, /EPERM[^\n]*docker_engine/i],
    cause: 'The engine is there and does not let this user in.',
    fix: 'Add the user to the group docker-users (or the group in daemon.json) and sign in again, or run as administrator.',
    source: 'moby daemon/listeners/listeners_windows.go; docker/for-win#1679',
  },
  {
    texts: [/not enough space on the disk/i, /no space left on device/i, /ENOSPC/],
    code: 'ERROR_DISK_FULL',
    values: [112, 0x80070070, 0xc000007f],
    names: ['STATUS_DISK_FULL'],
    cause: 'The disk is full.',
    fix: 'Make room: `docker system prune` removes what no container uses (it says what first).',
    source: 'Win32 error 112',
  },
  {
    texts: [/KO launcher: error 2\b/i],
    cause:
      'The WinFsp launcher found no such thing: to start, no class of that name or not the program that is registered for it; to stop or ask, no running instance of that name.',
    fix: 'See the classes under HKLM\\SOFTWARE\\WOW6432Node\\WinFsp\\Services, and their entry `Executable`.',
    source: 'winfsp src/launcher/launcher.c, src/dll/launch.c; winfsp/winfsp#581',
  },
  {
    texts: [/KO launcher: error 183\b/i],
    cause: 'An instance of that class and name runs already.',
    fix: 'Stop it first, `launchctl-x64 stop CLASS INSTANCE`, or give the new one another name.',
    source: 'winfsp src/launcher/launcher.c',
  },
  {
    texts: [/KO launcher: error 5\b/i],
    cause: 'The class does not let this user start or stop it.',
    fix: 'See its entry `Security` (SDDL) under HKLM\\SOFTWARE\\WOW6432Node\\WinFsp\\Services, or run it as administrator.',
    source: 'winfsp src/launcher/launcher.c',
  },
  {
    texts: [
      /encountered an error during (?:hcs::System::)?CreateProcess[^\n]*cannot find the (?:file|path) specified/i,
    ],
    cause: PROGRAM_NOT_IN_IMAGE,
    fix: 'Use an image that holds it (`--image`), or bind its directory in (`-v C:\\tools:C:\\tools:ro`). Of WinFsp itself its installation directory is bound already.',
    source: `moby daemon/errors.go; ${WINFSP_CONTAINERS}`,
  },
];

export const KNOWN_ERRORS: readonly KnownError[] = [
  ...FILE_SYSTEM_ERRORS,
  ...BUILD_ERRORS,
  ...BY_TEXT,
  ...COMPUTE_ERRORS,
  ...ENGINE_ERRORS,
  ...REMOTE_ERRORS,
  ...STATUS_ERRORS,
  ...WIN32_ERRORS,
];
