import type { Clock } from '../../../../shared/base/clock.ts';
import type {
  ComputeSystem,
  Machine,
  ProgramTable,
  SiloId,
  SpawnRequest,
  Subject,
  WindowsVersion,
} from '../machine.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { SimulatedComputeSystem } from './compute-system.ts';
import { OverlayDisk } from './container-disk.ts';
import { defaultEnvironment } from './environment.ts';
import { startHostProcesses } from './host-processes.ts';
import { Kernel } from './kernel.ts';
import { type CompleteRequest, type LaunchPad, launch } from './launch.ts';
import type { PrefixCacheEntry } from './mup.ts';
import { NtfsStore } from './ntfs-store.ts';
import { deviceOf } from './object-namespace.ts';
import { createRandom } from './random.ts';
import { createServerSilo, siloSubject } from './server-silo.ts';
import { SimulatedNetwork } from './smb-redirector.ts';
import { STATUS, systemCallError } from './status.ts';
import { buildSystemDisk } from './system-disk.ts';
import { createUtilityVm } from './utility-vm.ts';

/** What a machine is made from: parts of a scenario, and what the other rooms bring. */
export type MachineOptions = Pick<
  Scenario,
  'windows' | 'winfsp' | 'behaviour' | 'network' | 'ghosts' | 'faults' | 'seed'
> & {
  readonly clock: Clock;
  readonly programs: ProgramTable;
  /** Files of the host's C:, full path -> text. Programs start with their `MZ` line. */
  readonly hostFiles: Readonly<Record<string, string>>;
  /** Services of the host that do not run from the start, by name. */
  readonly stoppedServices?: readonly string[];
};

/** The machine, with what a test may want to know and no program can ask. */
export interface SimulatedMachine extends Machine {
  /** Every server name that anyone asked the simulated network for, in order, repetitions kept. */
  networkLog(): readonly string[];
  /** MUP's providers in the order in which they are asked, and the host's prefix cache. */
  mup(): { readonly providers: readonly string[]; readonly prefixCache: readonly PrefixCacheEntry[] };
  /** FSP_FSCTL_VOLUME_LIST of the control device that this name leads the subject to. Throws SystemCallError. */
  volumesOf(subject: Subject, device: string): readonly string[];
  /** The FSD goes away under everybody, as after `fsptool unload`; nothing when it is not loaded. */
  unloadFsd(): void;
  /** Who a silo's processes run as: '' or `ContainerAdministrator`, `ContainerUser`, `NT AUTHORITY\SYSTEM`. */
  subjectIn(silo: SiloId, user?: string): Subject;
}

const FIRST_ID = 4_816;
const USER_LOGON = '00000000-0002210f';
const ELEVATED_LOGON = '00000000-000220d1';
const SYSTEM_LOGON = '00000000-000003e7';

/** Boots a simulated Windows host. */
export function createMachine(options: MachineOptions): SimulatedMachine {
  return new HostMachine(options);
}

class HostMachine implements SimulatedMachine {
  readonly name: string;
  readonly version: WindowsVersion;
  readonly processors: number;
  readonly memoryBytes: number;
  readonly clock: Clock;
  readonly random: Machine['random'];
  readonly subjects: Machine['subjects'];
  readonly #options: MachineOptions;
  readonly #kernel: Kernel;
  readonly #network: SimulatedNetwork;
  readonly #pad: LaunchPad;
  readonly #systems = new Set<SimulatedComputeSystem>();
  readonly #lifetime = new AbortController();
  #serial = 0;

  constructor(options: MachineOptions) {
    const { windows, winfsp, behaviour, network, faults, clock } = options;
    this.#options = options;
    this.name = windows.machineName;
    this.version = versionOf(windows);
    this.processors = windows.processors;
    this.memoryBytes = windows.memoryBytes;
    this.clock = clock;
    this.random = createRandom(options.seed);
    const user = `${windows.machineName}\\${windows.user}`;
    this.subjects = {
      user: { silo: 0, logon: USER_LOGON, user, elevated: false },
      elevated: { silo: 0, logon: ELEVATED_LOGON, user, elevated: true },
      system: { silo: 0, logon: SYSTEM_LOGON, user: 'NT AUTHORITY\\SYSTEM', elevated: true },
    };
    this.#network = new SimulatedNetwork(clock, network, behaviour.unknownServerMs, this.#lifetime.signal);
    this.#kernel = new Kernel({
      clock,
      random: this.random,
      machineName: this.name,
      version: this.version,
      behaviour,
      network: this.#network,
      winfsp,
      faults,
      systemDisk: buildSystemDisk(clock, options),
      stoppedServices: options.stoppedServices,
      firstId: FIRST_ID,
    });
    const kernel = this.#kernel;
    this.#pad = {
      clock,
      programs: options.programs,
      machine: this,
      processTable: kernel.processTable,
      win32: (subject, process) => kernel.win32(subject, process),
      checkAlive: subject => kernel.checkAlive(subject),
    };
    startHostProcesses(kernel.processTable);
    this.#setUp();
  }

  win32(subject: Subject): ReturnType<Machine['win32']> {
    return this.#kernel.win32(subject);
  }

  spawn(subject: Subject, request: SpawnRequest): ReturnType<Machine['spawn']> {
    return launch(this.#pad, subject, this.#complete(subject, request));
  }

  processes(): ReturnType<Machine['processes']> {
    return this.#kernel.processTable.all();
  }

  async createComputeSystem(request: Parameters<Machine['createComputeSystem']>[0]): Promise<ComputeSystem> {
    const system = request.hyperv
      ? await createUtilityVm({ host: this.#kernel, machine: this, pad: this.#pad, network: this.#network, request })
      : await createServerSilo(this.#kernel, this.#pad, request);
    this.#systems.add(system);
    void system.ended.then(() => this.#systems.delete(system));
    return system;
  }

  computeSystems(): readonly ComputeSystem[] {
    return [...this.#systems];
  }

  createStore(options: Parameters<Machine['createStore']>[0]): ReturnType<Machine['createStore']> {
    return new NtfsStore(this.clock, { ...options, serialNumber: this.#nextSerial() });
  }

  createContainerDisk(
    image: Parameters<Machine['createContainerDisk']>[0],
    { sizeBytes }: Parameters<Machine['createContainerDisk']>[1],
  ): ReturnType<Machine['createContainerDisk']> {
    if (this.#options.faults.some(({ kind }) => kind === 'disk-full')) throw systemCallError(STATUS.DISK_FULL, 'C:');
    return new OverlayDisk(this.clock, image, sizeBytes, this.#nextSerial());
  }

  networkLog(): readonly string[] {
    return this.#network.log();
  }

  mup(): ReturnType<SimulatedMachine['mup']> {
    return { providers: this.#kernel.mup.providers(), prefixCache: this.#kernel.mup.prefixCache() };
  }

  volumesOf(subject: Subject, device: string): readonly string[] {
    const { control } = deviceOf(this.#kernel.namespace.resolve(device, subject), device);
    if (control === undefined) throw systemCallError(STATUS.INVALID_DEVICE_REQUEST, device);
    return control.listVolumes();
  }

  unloadFsd(): void {
    const { driver } = this.#kernel;
    if (driver?.state().running === true) driver.unload();
  }

  subjectIn(silo: SiloId, user = ''): Subject {
    const logon = this.#kernel.logonIn(silo);
    if (logon === undefined) throw systemCallError(STATUS.PROCESS_IS_TERMINATING, `silo ${silo} has ended`);
    return siloSubject(silo, logon, user);
  }

  async dispose(): Promise<void> {
    if (this.#lifetime.signal.aborted) return;
    this.#lifetime.abort();
    await Promise.all([...this.#systems].map(system => system.terminate()));
    for (const process of this.#kernel.processTable.all()) process.terminate(STATUS.CONTROL_C_EXIT);
    this.unloadFsd();
  }

  #setUp(): void {
    const { winfsp, windows, ghosts } = this.#options;
    const { driver } = this.#kernel;
    if (winfsp.fsd === 'running') driver?.start();
    const session = windows.elevated ? this.subjects.elevated : this.subjects.user;
    for (const { mountPoint, target } of ghosts) this.win32(session).defineDosDevice(mountPoint.toUpperCase(), target);
  }

  #complete(subject: Subject, request: SpawnRequest): CompleteRequest {
    const profile =
      subject.logon === SYSTEM_LOGON
        ? 'C:\\Windows\\system32\\config\\systemprofile'
        : `C:\\Users\\${subject.user.split('\\').at(-1) ?? ''}`;
    return {
      ...request,
      cwd: request.cwd ?? 'C:\\Windows\\System32',
      environment: request.environment ?? defaultEnvironment(this.name, subject.user, profile),
    };
  }

  #nextSerial(): number {
    this.#serial += 1;
    return (0x5e10_5c09 + this.#serial * 0x1_0101) >>> 0;
  }
}

function versionOf({ build, revision, displayVersion, edition, productType }: Scenario['windows']): WindowsVersion {
  return {
    major: 10,
    minor: 0,
    build,
    revision,
    displayVersion,
    edition,
    productType,
    buildLabEx: `${build}.1.amd64fre.${productType === 'server' ? 'ws' : 'ge'}_release.240331-1435`,
  };
}
