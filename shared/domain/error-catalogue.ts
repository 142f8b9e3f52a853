import { BUILD_ERRORS } from './build-errors.ts';
import { FILE_SYSTEM_ERRORS } from './file-system-errors.ts';
import type { KnownError } from './known-error.ts';
import { STATUS_ERRORS } from './status-errors.ts';

const WINFSP_CONTAINERS = 'WinFsp-Container-Support.asciidoc';

/** The cause of a start that finds no program. */
export const PROGRAM_NOT_IN_IMAGE = 'The program to run is not in the image.';

/** Errors known by their text, the most telling first. */
const BY_TEXT: readonly KnownError[] = [
  {
    code: '0xc0370101',
    values: [0xc0370101, 0x80370101],
    texts: [/0x[c8]0370101/i, /container operating system does not match the host operating system/i],
    cause:
      "The image was built for another Windows build than the host, and process isolation shares the host's kernel.",
    fix: "Use an image of the host's build: `siloscope images` marks those that run here.",
    source: 'Windows container version compatibility; microsoft/Windows-Containers#399',
  },
  {
    code: '0xc0370106',
    values: [0xc0370106, 0x80370106],
    texts: [/0x[c8]0370106/i, /virtual machine or container exited unexpectedly/i],
    cause:
      'The container ended while it started; under process isolation mostly an image and a host that do not go together.',
    fix: 'Check the pair with `siloscope images`, and start the base image alone: `docker run --rm --isolation=process IMAGE cmd /c ver`.',
    source: 'microsoft/Windows-Containers#525, docker/for-win#14287',
  },
  {
    code: '0x6be',
    values: [0x800706be, 0x6be],
    texts: [/\(0x6be\)/i, /remote procedure call failed/i],
    cause: 'The service that creates containers failed on the way; seen on Windows 11 under process isolation.',
    fix: 'Restart the engine, check the image with `siloscope images`, and look into the event log of Hyper-V-Compute.',
    source: 'microsoft/Windows-Containers#525',
  },
  {
    code: '0xc037010e',
    values: [0xc037010e, 0x8037010e],
    texts: [
      /0x[c8]037010e/i,
      /virtual machine or container with the specified identifier (?:does not exist|is not running)/i,
    ],
    cause: 'The container ended before it could be asked.',
    fix: 'See why it ended: `docker logs NAME`, `docker inspect NAME`.',
    source: 'microsoft/hcsshim internal/hcs/errors.go',
  },
  {
    code: '0xc0370105',
    values: [0xc0370105, 0x80370105],
    texts: [/0x[c8]0370105/i],
    cause: 'The container is in a state in which this cannot be done, such as starting or stopping.',
    fix: 'Wait a moment and try again.',
    source: 'microsoft/hcsshim internal/hcs/errors.go',
  },
  {
    code: '0x80370102',
    values: [0x80370102, 0xc0370102],
    texts: [/0x[c8]0370102/i],
    cause: 'Hyper-V isolation was asked for and Hyper-V is not there.',
    fix: 'Use process isolation, which WinFsp needs anyway: `--isolation=process`.',
    source: 'Host Compute Service API reference',
  },
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
    fix: 'Pull again; finished layers are not downloaded twice.',
    source: 'moby daemon/internal/distribution/xfer/download.go',
  },
  {
    texts: [
      /dial tcp: lookup /i,
      /no such host/i,
      /TLS handshake timeout/i,
      /request canceled while waiting for connection/i,
    ],
    cause: 'The engine could not reach the registry.',
    fix: 'Check the network and the proxy settings of the engine, then pull again.',
    source: 'moby daemon/internal/distribution/errors.go',
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
    cause: 'The program asked for NTFS and the volume says it is something else.',
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
    texts: [/Removal In Progress/i, /failed to detach VHD/i, /is marked for removal/i],
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
    cause: 'The disk is full.',
    fix: 'Make room: `docker system prune` removes what no container uses (it says what first).',
    source: 'Win32 error 112',
  },
  {
    texts: [/KO launcher: error 2/i],
    cause: 'The program that is registered with the WinFsp launcher is missing.',
    fix: 'Correct the `Executable` entry of that service under HKLM\\SOFTWARE\\WOW6432Node\\WinFsp\\Services.',
    source: 'winfsp/winfsp#581',
  },
  {
    texts: [
      /encountered an error during (?:hcs::System::)?CreateProcess[^\n]*cannot find the (?:file|path) specified/i,
    ],
    cause: PROGRAM_NOT_IN_IMAGE,
    fix: 'Use an image that holds it (`--image`), or bind its directory in (`-v C:\\tools:C:\\tools:ro`). Of WinFsp itself its installation directory is bound already.',
    source: `moby daemon/errors.go; ${WINFSP_CONTAINERS}`,
  },
  {
    texts: [/CreateComputeSystem[^\n]*cannot find the file specified/i],
    cause: 'A layer of the image does not fit the host, mostly after an upgrade of Windows.',
    fix: 'Pull the image again, for the new build.',
    source: 'moby/moby#40468',
  },
];

export const KNOWN_ERRORS: readonly KnownError[] = [
  ...FILE_SYSTEM_ERRORS,
  ...BUILD_ERRORS,
  ...BY_TEXT,
  ...STATUS_ERRORS,
];
