import type { KnownError } from './known-error.ts';

const HCS_TABLE = 'Host Compute Service API reference (HcsHResult.md)';
const HCN_TABLE = 'Host Compute Network API reference (HCNHRESULT.md)';

/** Both faces of an error of the Host Compute Service: HRESULT and NTSTATUS. */
const both = (low: number): readonly number[] => [0x80370000 + low, 0xc0370000 + low];

/** Errors of the Host Compute Service, which makes containers; those whose text holds that of another come first. */
export const COMPUTE_ERRORS: readonly KnownError[] = [
  {
    code: '0xc0370101',
    names: ['HCS_E_IMAGE_MISMATCH'],
    values: both(0x101),
    texts: [/0x[c8]0370101/i, /container operating system does not match the host operating system/i],
    cause:
      "The image was built for another Windows build than the host, and process isolation shares the host's kernel.",
    fix: "Use an image of the host's build: `siloscope images` marks those that run here.",
    source: `${HCS_TABLE}; microsoft/Windows-Containers#399`,
  },
  {
    code: '0xc0370100',
    names: ['HCS_E_TERMINATED_DURING_START'],
    values: both(0x100),
    texts: [/0x[c8]0370100/i, /exited unexpectedly while starting/i],
    cause: 'The container ended while it started; the code does not say why.',
    fix: 'Check the pair of image and host with `siloscope images`, and start the base image alone: `docker run --rm --isolation=process IMAGE cmd /c ver`.',
    source: HCS_TABLE,
  },
  {
    code: '0xc0370106',
    names: ['HCS_E_UNEXPECTED_EXIT'],
    values: both(0x106),
    texts: [/0x[c8]0370106/i, /(?:virtual machine or container|compute system) exited unexpectedly/i],
    cause:
      'The container ended unexpectedly; the code does not say why. Seen where image and host do not go together, and where a bind has its target on a directory of the image that is not empty.',
    fix: 'Check the pair with `siloscope images`, and start the base image alone, without binds: `docker run --rm --isolation=process IMAGE cmd /c ver`.',
    source: `${HCS_TABLE}; microsoft/Windows-Containers#525, docker/for-win#14287, docker/for-win#644, docker/for-win#1929`,
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
    code: '0xc037010f',
    names: ['HCS_E_SYSTEM_ALREADY_EXISTS'],
    values: both(0x10f),
    texts: [/0x[c8]037010f/i, /(?:container|compute system) with the specified identifier already exists/i],
    cause: 'Windows still has a container of that id: the one before it did not end, or was not cleared away.',
    fix: 'See what HCS has with `hcsdiag list` as administrator, and end it with `hcsdiag kill ID`; a restart of the engine or of the host clears it, too.',
    source: `${HCS_TABLE}; microsoft/navcontainerhelper#956`,
  },
  {
    code: '0xc037010e',
    names: ['HCS_E_SYSTEM_NOT_FOUND', 'HCS_E_SYSTEM_ALREADY_STOPPED'],
    values: [...both(0x10e), ...both(0x110), 0x8037011f],
    texts: [
      /0x[c8]0370(?:10e|110)/i,
      /virtual machine or container with the specified identifier (?:does not exist|is not running)/i,
    ],
    cause: 'The container had ended before it could be asked.',
    fix: 'See why it ended: `docker logs NAME`, `docker inspect NAME`.',
    source: `${HCS_TABLE}; microsoft/hcsshim internal/hcs/errors.go`,
  },
  {
    code: '0xc0370105',
    names: ['HCS_E_INVALID_STATE'],
    values: both(0x105),
    texts: [/0x[c8]0370105/i],
    cause: 'The container is in a state in which this cannot be done, such as starting or stopping.',
    fix: 'Wait a moment and try again.',
    source: `${HCS_TABLE}; microsoft/hcsshim internal/hcs/errors.go`,
  },
  {
    code: '0xc0370103',
    values: [0xc0370103, 0x80370117],
    names: ['HCS_E_OPERATION_PENDING'],
    cause: 'It is under way: whoever asked did not wait for the end of it.',
    fix: 'Wait, and look again: `siloscope list`.',
    source: 'microsoft/hcsshim internal/hcs/errors.go',
  },
  {
    code: '0xc0370107',
    names: ['HCS_E_TERMINATED'],
    values: both(0x107),
    cause: 'The container was ended by force.',
    fix: 'Nothing to do, if that was meant (`docker kill`, a restart of the engine).',
    source: HCS_TABLE,
  },
  {
    code: '0x80370108',
    names: ['HCS_E_CONNECT_FAILED', 'HCS_E_CONNECTION_CLOSED'],
    values: [...both(0x108), ...both(0x10a)],
    cause: 'Windows had no connection with the inside of the container, or lost it: it hangs, or ended on the way.',
    fix: 'Start it again; if it stays, restart the engine, and look into the event log of Hyper-V-Compute.',
    source: `${HCS_TABLE}; docker/for-win#1546`,
  },
  {
    code: '0x80370109',
    names: ['HCS_E_CONNECTION_TIMEOUT', 'HCS_E_OPERATION_TIMEOUT'],
    values: [...both(0x109), ...both(0x118)],
    texts: [
      /response was not received from the virtual machine or container/i,
      /hcs(?:shim)?::[\w:]{1,60}: context deadline exceeded/i,
    ],
    cause: 'The container, or the service that makes containers, did not answer in time.',
    fix: 'Try again when the host is less busy; if it stays, restart the engine.',
    source: `${HCS_TABLE}; docker/for-win#9278`,
  },
  {
    code: '0x8037010d',
    names: ['HCS_E_INVALID_JSON'],
    values: both(0x10d),
    texts: [/container JSON document is invalid/i],
    cause: 'Windows does not accept what the engine asked for: engine and Windows are of ages that do not go together.',
    fix: 'Update the engine, then Windows; leave out options one by one to see which it is.',
    source: HCS_TABLE,
  },
  {
    code: '0x80370102',
    names: ['HCS_E_HYPERV_NOT_INSTALLED', 'HCS_E_SERVICE_NOT_AVAILABLE'],
    values: [...both(0x102), ...both(0x114)],
    texts: [/0x[c8]0370102/i, /could not be started because a required feature is not installed/i],
    cause: 'Windows lacks a feature for it; with Hyper-V isolation that is Hyper-V.',
    fix: 'Use process isolation, which WinFsp needs anyway: `--isolation=process`. If it was that, see that the feature Containers is on.',
    source: `${HCS_TABLE}; microsoft/navcontainerhelper#2774`,
  },
  {
    code: '0x80370112',
    names: ['HCS_E_INVALID_LAYER'],
    values: both(0x112),
    cause: 'A layer of the image has a format that this Windows does not know.',
    fix: "Take an image of the host's build: `siloscope images`.",
    source: HCS_TABLE,
  },
  {
    code: '0x8037011b',
    names: ['HCS_E_ACCESS_DENIED'],
    values: both(0x11b),
    cause: 'Only administrators and members of Hyper-V Administrators may ask the Host Compute Service.',
    fix: 'Run it as administrator, or add the user to that group and sign in again.',
    source: HCS_TABLE,
  },
  {
    code: '0x8037011c',
    names: ['HCS_E_GUEST_CRITICAL_ERROR'],
    values: both(0x11c),
    cause: 'The container reported a critical error and was stopped or restarted.',
    fix: 'Look into the event log of Hyper-V-Compute, and start it again.',
    source: HCS_TABLE,
  },
  {
    code: '0x8037011e',
    names: ['HCS_E_SERVICE_DISCONNECT'],
    values: both(0x11e),
    cause:
      'The Host Compute Service (vmcompute) went away in the midst of it; every container of the host is concerned.',
    fix: 'See that it runs (`sc.exe query vmcompute`), then restart the engine.',
    source: HCS_TABLE,
  },
  {
    texts: [/CreateComputeSystem[^\n]*cannot find the file specified/i],
    cause: 'A layer of the image does not fit the host, mostly after an upgrade of Windows.',
    fix: 'Pull the image again, for the new build.',
    source: 'moby/moby#40468, docker/for-win#5708',
  },
  {
    texts: [/CreateComputeSystem[^\n]*(?:The parameter is incorrect|Element not found)/i],
    cause:
      'Windows does not accept how the container is to be made, and does not say what of it; reported with every image alike after an update of Windows or of the engine.',
    fix: 'Start the base image alone: `docker run --rm --isolation=process IMAGE cmd /c ver`. If that fails too, update the engine, or turn the feature Containers off and on again.',
    source: 'moby/moby#42159, microsoft/hcsshim#715',
  },
  {
    texts: [/CreateProcess[^\n]*\(0x52e\)/i, /CreateProcess[^\n]*user name or password is incorrect/i],
    cause: 'The container has no such user.',
    fix: 'Name one that the image has, such as ContainerAdministrator or ContainerUser: `--user`.',
    source: 'microsoft/hcsshim internal/hcs; Win32 error 1326',
  },
  {
    texts: [/(?:hnsCall|HNS|endpoint)[^\n]{0,400}(?:being used by another process|specified port already exists)/i],
    values: [0x803b0013],
    names: ['HCN_E_PORT_ALREADY_EXISTS'],
    cause: 'A port that is to be published is taken on the host, or an endpoint of before still has it.',
    fix: 'Take another port (`-p`), or find who has it: `netstat -ano`. A restart of the Host Network Service (hns) and of the engine clears what was left.',
    source: `${HCN_TABLE}; Dynatrace/superdump#231`,
  },
  {
    values: [0x803b0001, 0x803b0002],
    names: ['HCN_E_NETWORK_NOT_FOUND', 'HCN_E_ENDPOINT_NOT_FOUND'],
    cause: "The container's network, or its endpoint there, is gone.",
    fix: 'See what there is: `docker network ls`. A restart of the engine makes its own again.',
    source: HCN_TABLE,
  },
  {
    values: [0x803b0010],
    names: ['HCN_E_NETWORK_ALREADY_EXISTS'],
    texts: [/HNS failed with error ?: The object already exists/i],
    cause: 'The Host Network Service has a network or an endpoint of that name already.',
    fix: 'See `docker network ls`, remove what nobody uses (`docker network prune`), and restart the engine.',
    source: `${HCN_TABLE}; docker/for-win#1126`,
  },
  {
    texts: [/failed to load vmcompute\.dll/i, /hnsCall failed in Win32: The service has not been started/i],
    cause:
      'The engine found no Host Compute Service or Host Network Service: the feature Containers is off or half set up.',
    fix: 'Turn it on as administrator, `Enable-WindowsOptionalFeature -Online -FeatureName Containers`, and restart Windows.',
    source: 'moby daemon/daemon_windows.go; docker/for-win#8226',
  },
  {
    texts: [/hns(?:Call)?\w* failed/i, /failed to create endpoint \S{1,100} on network/i],
    cause:
      "The Host Network Service (HNS) could not set up the container's network; the text says as much as is known.",
    fix: 'Restart hns and the engine: `sc.exe stop docker`, `sc.exe stop hns`, `sc.exe start hns`, `sc.exe start docker`.',
    source: 'moby daemon/libnetwork/drivers/windows; docker/for-win#667, moby/moby#34498',
  },
  {
    texts: [/ImportLayer|ProcessBaseLayer|ProcessBaseImage|failed to register layer/i],
    cause: 'A layer of the image could not be unpacked; the words of Windows behind it say at which step.',
    fix: "Make room, leave the engine's folder (DockerRootDir) out of the antivirus, and pull again; that folder must be on NTFS, neither compressed nor encrypted.",
    source: 'moby daemon/internal/distribution/xfer/download.go; microsoft/hcsshim#835, docker/for-win#933',
  },
  {
    values: [0xc03a001a],
    texts: [/must be uncompressed and unencrypted and must not be sparse/i],
    cause: "The engine's folder is compressed or encrypted, and virtual disks cannot be there.",
    fix: 'Take that off the folder: `compact /u /s:C:\\ProgramData\\docker`, `cipher /d`.',
    source: 'Windows winerror.h (virtual disk errors)',
  },
];
