/**
 * The seams between the rooms of the simulated Windows host:
 * kernel/ implements `Machine` and `Win32`; programs/ are written against `ProgramContext`;
 * engine/ is written against `Machine`. None of them reaches into another room's files.
 */
import type { Clock } from '../../../shared/base/clock.ts';

/** NTSTATUS as an unsigned 32-bit number, e.g. 0xC0000034. */
export type NtStatus = number;

/** A failed system call. `status` is what the kernel said; Win32 callers see `win32` (RtlNtStatusToDosError). */
export interface SystemCallError extends Error {
  readonly name: 'SystemCallError';
  readonly status: NtStatus;
  readonly win32: number;
}

/** 0 is the host; others are server silo ids (from the process-id table, multiples of 4). */
export type SiloId = number;

/** Who asks: names resolve in this silo's root and this logon session's DosDevices. */
export interface Subject {
  readonly silo: SiloId;
  /** AuthenticationId, `00000000-0002210f`. LocalSystem is `00000000-000003e7` and uses the global DosDevices. */
  readonly logon: string;
  /** `NT AUTHORITY\SYSTEM`, `User Manager\ContainerAdministrator`, `WORKSTATION\user`. */
  readonly user: string;
  readonly elevated: boolean;
}

// ---------------------------------------------------------------- files

export interface FileStat {
  /** As stored, case kept. Empty for the root. */
  readonly name: string;
  readonly directory: boolean;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly modified: number;
  readonly readOnly: boolean;
  readonly hidden: boolean;
}

export interface VolumeInformation {
  readonly label: string;
  readonly serialNumber: number;
  /** `NTFS`, `FAT32`, `memfs`, ... */
  readonly fileSystemName: string;
  readonly totalBytes: number;
  readonly freeBytes: number;
}

/**
 * What a file system answers, whoever it is: NTFS, an SMB share, a user-mode program behind WinFsp.
 * Paths are relative to the volume's root, `\`-separated, leading `\`, case-insensitive. Rejects with SystemCallError.
 * Any call may never settle (a hung file system): callers bring their own limit.
 */
export interface FileSystemOperations {
  information(): Promise<VolumeInformation>;
  stat(path: string): Promise<FileStat>;
  list(path: string): Promise<readonly FileStat[]>;
  read(path: string): Promise<Uint8Array>;
  /** Creates the file if it is not there. */
  write(path: string, bytes: Uint8Array, how: 'replace' | 'append'): Promise<void>;
  createDirectory(path: string): Promise<void>;
  deleteFile(path: string): Promise<void>;
  removeDirectory(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
}

/**
 * The Win32 face of the kernel, bound to one subject. Paths are Win32 paths: `Y:\f.txt`, `\\class\share\f`,
 * `\\?\GLOBALROOT\Device\...`, `\\.\pipe\...`; relative ones are the caller's business. Rejects with SystemCallError.
 */
export interface Win32 extends FileSystemOperations {
  readonly subject: Subject;
  /** Of the volume that holds `path` (GetVolumeInformation, GetDiskFreeSpaceEx); default `C:\`. */
  information(path?: string): Promise<VolumeInformation>;
  /** FSP_FSCTL_QUERY_WINFSP on the opened path. */
  isWinFsp(path: string): Promise<boolean>;

  // DOS devices (kernel32)
  /** Raw target, e.g. `\Device\Volume{guid}`. Lives until undefined or until `owner` ends. */
  defineDosDevice(name: string, rawTarget: string, owner?: number): void;
  removeDosDevice(name: string): void;
  /**
   * Makes `directory` (which must not exist, its parent must) a junction to the disk volume `rawTarget`, deleted with
   * `owner` or by removeDirectory. How WinFsp mounts on a directory: src/dll/mount.c, FspMountSet_Directory.
   */
  createJunction?(directory: string, rawTarget: string, owner?: number): Promise<void>;
  /** Where the junction at the very end of a path leads; undefined for what is none. */
  readJunction?(path: string): Promise<string | undefined>;
  /** Targets of one name, or all names when absent. */
  queryDosDevice(name?: string): readonly string[];

  // object namespace (ntdll). Names resolve in the subject's silo.
  listDirectoryObject(path: string): readonly { readonly name: string; readonly type: string }[];
  readSymbolicLink(path: string): string;

  // registry: keys as `HKLM\SOFTWARE\...`; undefined when the key is missing
  registryKey(path: string): RegistryKey | undefined;

  // service control manager of the subject's silo
  services(): readonly ServiceStatus[];
  service(name: string): ServiceStatus | undefined;
  startService(name: string): Promise<void>;
  stopService(name: string): Promise<void>;

  // WinFsp's control device (\Device\WinFsp.Disk / .Net) of the subject's silo
  readonly winfsp: WinFspControl;

  // network redirector connections (net use)
  connections(): readonly { readonly local: string; readonly remote: string; readonly provider: string }[];
  addConnection(local: string | undefined, remote: string): Promise<void>;
  removeConnection(localOrRemote: string): Promise<void>;
}

export interface RegistryKey {
  readonly path: string;
  readonly values: readonly {
    readonly name: string;
    readonly type: 'REG_SZ' | 'REG_EXPAND_SZ' | 'REG_DWORD' | 'REG_MULTI_SZ';
    readonly data: string | number;
  }[];
  readonly subkeys: readonly string[];
}

export interface ServiceStatus {
  readonly name: string;
  readonly displayName: string;
  readonly type: 'kernel-driver' | 'file-system-driver' | 'own-process' | 'share-process';
  readonly state: 'stopped' | 'start-pending' | 'stop-pending' | 'running';
  readonly acceptsStop: boolean;
  readonly win32ExitCode: number;
  readonly processId: number;
}

export interface MountedVolume {
  /** `\Device\Volume{guid}` + prefix for a network volume. */
  readonly name: string;
  readonly device: string;
  /** Ends the volume: device gone, prefix unregistered. Mount points over it become ghosts unless removed. */
  close(): void;
  /** Settles when the volume is gone: closed by its server, or dropped with the FSD. Never rejects. */
  readonly ended?: Promise<void>;
}

export interface WinFspControl {
  /** FSD drivers known to the kernel, loaded or not (fsptool lsdrv). */
  drivers(): readonly {
    readonly name: string;
    readonly version: string;
    readonly loaded: boolean;
    readonly imagePath: string;
  }[];
  /** The control device answers in this silo. */
  present(): boolean;
  /**
   * Creates a volume in the subject's silo (FspFsctlCreateVolume). With a prefix: a network volume.
   * Rejects 0xC0000034 without a control device, 0xC0000035 when the prefix is taken in this silo,
   * 0xC000000D when the prefix is malformed.
   */
  createVolume(request: {
    readonly prefix?: string;
    readonly operations: FileSystemOperations;
    /** The serving process: the volume ends with it. */
    readonly processId: number;
  }): Promise<MountedVolume>;
  /** FSP_FSCTL_VOLUME_LIST of the subject's silo: names with the prefix appended for network volumes. */
  listVolumes(): readonly string[];
  /** FspFsctlStopService and its counterpart; refused without SeLoadDriverPrivilege. Unloading drops every volume in every silo. */
  load(driver: string): Promise<void>;
  unload(driver: string): Promise<void>;
}

// ---------------------------------------------------------------- processes and programs

export interface ByteSource {
  /** Next chunk, or undefined at the end. */
  read(): Promise<Uint8Array | undefined>;
}

export interface ByteSink {
  write(bytes: Uint8Array | string): Promise<void>;
}

export interface SpawnRequest {
  /** As CreateProcess has it. The program is its first token, searched in cwd, System32, Windows, PATH; `.exe` implied. */
  readonly commandLine: string;
  readonly cwd?: string;
  /** Case-insensitive names; replaces the silo's default environment when given. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: ByteSource;
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
  /** A pseudo console: output is a terminal's, input is echoed by the program's line editor. */
  readonly terminal?: { readonly rows: number; readonly columns: number };
}

export interface Process {
  readonly processId: number;
  readonly silo: SiloId;
  /** `memfs-x64.exe`. */
  readonly imageName: string;
  readonly commandLine: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Unsigned 32-bit exit code. Never rejects. */
  readonly ended: Promise<number>;
  readonly exitCode: number | undefined;
  /** TerminateProcess: at once, with everything it served. */
  terminate(exitCode: number): void;
  /** CTRL_C / CTRL_BREAK / CTRL_SHUTDOWN; programs that do not handle it end with 0xC000013A. */
  control(event: 'ctrl-c' | 'ctrl-break' | 'shutdown'): void;
  resize(rows: number, columns: number): void;
  /** Counters for `docker top` and `stats`: 100 ns units and bytes. */
  counters(): { readonly kernelTime: number; readonly userTime: number; readonly privateWorkingSet: number };
}

/** What a program is given. It returns its exit code; a thrown SystemCallError that it does not handle ends it with the status. */
export interface ProgramContext {
  /** Parsed by the rules of CommandLineToArgvW; argv[0] as typed. */
  readonly argv: readonly string[];
  readonly commandLine: string;
  /** Full path of the program's file. */
  readonly imagePath: string;
  readonly environment: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly stdin: ByteSource;
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
  readonly terminal: { readonly rows: number; readonly columns: number } | undefined;
  readonly processId: number;
  readonly win32: Win32;
  readonly machine: Machine;
  readonly clock: Clock;
  /** Aborts when the process is terminated: the program's promise is then ignored, its resources are taken away. */
  readonly signal: AbortSignal;
  /** Handles console control events. Answers the undo. A handled event does not end the process. */
  onControl(handler: (event: 'ctrl-c' | 'ctrl-break' | 'shutdown') => void): () => void;
  spawn(request: SpawnRequest): Promise<Process>;
}

export type Program = (context: ProgramContext) => Promise<number>;

/**
 * Programs by id. A file is a program when its bytes start with the line `MZ siloscope-program <id>\n`:
 * so a copied, bound or pulled executable runs wherever it ends up.
 */
export type ProgramTable = ReadonlyMap<string, Program>;

// ---------------------------------------------------------------- the machine, as the engine drives it

/** A container's file tree: image layers below, a writable scratch above, binds at their targets. Disk `C:`. */
export interface ContainerDisk {
  readonly operations: FileSystemOperations;
  /** Bytes written to the scratch layer. */
  scratchBytes(): number;
  /** The file tree as it is now; what is written afterwards does not show in it. */
  snapshot(): FileSystemOperations;
  /** What the scratch layer holds, or hides of the image: directories before what is in them. */
  changes(): Promise<readonly { readonly path: string; readonly gone: boolean }[]>;
}

export interface BindMount {
  readonly target: string;
  readonly readOnly: boolean;
  /** A directory of the host (`C:\...`), or a store of its own (a named Docker volume). */
  readonly source: { readonly hostPath: string } | { readonly store: FileSystemOperations };
}

/** A network adapter inside, as the registry there tells of it. */
export interface NetworkAdapter {
  readonly network: string;
  readonly address: string;
  readonly prefixLength: number;
  readonly gateway: string;
}

export interface ServerSiloRequest {
  /** Docker's 64-hex id; the job is named `\Container_<id>`. */
  readonly name: string;
  readonly hostname: string;
  readonly disk: ContainerDisk;
  readonly binds: readonly BindMount[];
  /** Pipes of the host made visible inside, e.g. `\\.\pipe\docker_engine`. */
  readonly pipes: readonly { readonly source: string; readonly target: string }[];
  readonly environment: Readonly<Record<string, string>>;
  /** Networks that it has joined; none by default. */
  readonly adapters?: readonly NetworkAdapter[];
  /** A utility VM of its own: own kernel, own object namespace, no WinFsp, nothing on this machine. */
  readonly hyperv: boolean;
}

/** A running container's compute system (HCS): a server silo, or a utility VM. */
export interface ComputeSystem {
  readonly name: string;
  /** 0 never occurs; undefined for a utility VM (no silo on this kernel). */
  readonly siloId: SiloId | undefined;
  /** The kernel's container GUID, lower case, no braces. */
  readonly containerGuid: string;
  /** As HCS has it. */
  readonly runtimeId: string;
  /** `user` as Docker has it: '' = ContainerAdministrator, `ContainerUser`, `nt authority\system`. Rejects with SystemCallError (0xC0000034/2 when the program is missing). */
  spawn(request: SpawnRequest & { readonly user: string }): Promise<Process>;
  /** smss.exe, csrss.exe, wininit.exe, services.exe, lsass.exe, CExecSvc.exe and what was spawned. */
  processes(): readonly Process[];
  /** HCS shutdown: CTRL_SHUTDOWN to all, then the end. */
  shutdown(): Promise<void>;
  terminate(): Promise<void>;
  readonly ended: Promise<void>;
}

export interface WindowsVersion {
  readonly major: 10;
  readonly minor: 0;
  readonly build: number;
  readonly revision: number;
  readonly displayVersion: string;
  readonly edition: string;
  readonly productType: 'client' | 'server';
  readonly buildLabEx: string;
}

/** One Windows machine: kernel, C: drive, processes. */
export interface Machine {
  readonly name: string;
  readonly version: WindowsVersion;
  readonly processors: number;
  readonly memoryBytes: number;
  readonly clock: Clock;
  /** Seeded: the same scenario and seed give the same ids. */
  readonly random: { guid(): string; hex(digits: number): string; integer(below: number): number };
  /** System calls as this subject. */
  win32(subject: Subject): Win32;
  /** The signed-in user's ordinary, non-elevated session; and LocalSystem. */
  readonly subjects: { readonly user: Subject; readonly elevated: Subject; readonly system: Subject };
  /** Runs a program on the host. Rejects like `ComputeSystem.spawn`. */
  spawn(subject: Subject, request: SpawnRequest): Promise<Process>;
  processes(): readonly Process[];
  createComputeSystem(request: ServerSiloRequest): Promise<ComputeSystem>;
  computeSystems(): readonly ComputeSystem[];
  /** A store with NTFS manners: for image layers, scratch disks and Docker volumes. */
  createStore(options: { readonly label: string; readonly totalBytes: number }): FileSystemOperations;
  /** A container disk over an image's read-only store. Cheap: nothing is copied until written. */
  createContainerDisk(image: FileSystemOperations, options: { readonly sizeBytes: number }): ContainerDisk;
  dispose(): Promise<void>;
}
