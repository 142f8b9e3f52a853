import type { Clock } from '../../../../shared/base/clock.ts';
import type {
  FileSystemOperations,
  Machine,
  NetworkAdapter,
  Process,
  SiloId,
  Subject,
  Win32,
  WindowsVersion,
} from '../machine.ts';
import type { Scenario } from '../scenario/schema.ts';
import { Connections } from './connections.ts';
import type { MonitoredSilo } from './fsd.ts';
import { driverDirectory, FsdDriver } from './fsd-driver.ts';
import { fillHostRoot } from './host-objects.ts';
import { Junctions } from './junctions.ts';
import { Mup } from './mup.ts';
import { NamedPipeDevice } from './named-pipe-device.ts';
import { ObjectNamespace } from './object-namespace.ts';
import { globalLink, type KernelObject, type OpenTarget, opaque } from './objects.ts';
import { openPath } from './open-path.ts';
import { ProcessTable } from './process-table.ts';
import { hostRegistry, networkProviders, Registry, siloRegistry } from './registry.ts';
import { hostServices, ServiceControl, type ServiceRecord, siloServices } from './services.ts';
import { type SimulatedNetwork, smbRedirector, webDavRedirector } from './smb-redirector.ts';
import { STATUS, systemCallError } from './status.ts';
import { bindWin32 } from './win32.ts';
import type { Win32Kernel } from './win32-kernel.ts';

export interface KernelOptions {
  readonly clock: Clock;
  readonly random: Machine['random'];
  readonly machineName: string;
  readonly version: WindowsVersion;
  readonly behaviour: Scenario['behaviour'];
  readonly network: SimulatedNetwork;
  /** Undefined where WinFsp is not installed, as in a utility VM. */
  readonly winfsp: Scenario['winfsp'] | undefined;
  readonly faults: Scenario['faults'];
  readonly systemDisk: FileSystemOperations;
  /** Services of the host that do not run from the start, by name. */
  readonly stoppedServices?: readonly string[] | undefined;
  /** The first id its table gives out. */
  readonly firstId: number;
}

interface SiloRecord extends MonitoredSilo {
  /** The logon session of its first program, and of all others where they share one. */
  readonly logon: string;
  readonly machineName: string;
  readonly adapters: readonly NetworkAdapter[];
}

const SYSTEM: Subject = { silo: 0, logon: '00000000-000003e7', user: 'NT AUTHORITY\\SYSTEM', elevated: true };
/** The MUP beside the host's own, in worlds that have one. */
const OTHER_MUP = 'MupOfOthers';
const FIRST_LOGON = 0x3a1c4;
const BETWEEN_LOGONS = 0x2d6b;

/** One running Windows kernel: the host's, or that of a utility VM. */
export class Kernel implements Win32Kernel {
  readonly clock: Clock;
  readonly random: Machine['random'];
  readonly behaviour: Scenario['behaviour'];
  readonly namespace = new ObjectNamespace();
  readonly processTable: ProcessTable;
  readonly driver: FsdDriver | undefined;
  readonly mup: Mup;
  readonly connections = new Connections();
  readonly winfspVersion: string;
  readonly #options: KernelOptions;
  readonly #silos = new Map<SiloId, SiloRecord>();
  readonly #junctions = new WeakMap<FileSystemOperations, Junctions>();
  readonly #undoes = new Map<number, (() => void)[]>();
  readonly #registries = new Map<SiloId, Registry>();
  readonly #services = new Map<SiloId, ServiceControl>();
  #logons = 0;
  #silosMade = 0;
  #otherMup: Mup | undefined;

  constructor(options: KernelOptions) {
    this.#options = options;
    this.clock = options.clock;
    this.random = options.random;
    this.behaviour = options.behaviour;
    this.winfspVersion = options.winfsp?.version ?? '';
    this.processTable = new ProcessTable(options.clock, options.firstId, ({ silo, processId }) => {
      for (const undo of this.#undoes.get(processId) ?? []) undo();
      this.#undoes.delete(processId);
      this.driver?.processEnded(silo, processId);
    });
    this.mup = this.createMup();
    fillHostRoot(this.namespace.root, {
      systemDisk: options.systemDisk,
      mup: this.mup,
      namedPipe: new NamedPipeDevice(['InitShutdown', 'lsass', 'ntsvcs', 'scerpc', 'wkssvc']),
    });
    this.allowJunctions(options.systemDisk);
    this.driver = options.winfsp?.installed === true ? this.#createDriver(options.winfsp) : undefined;
  }

  /** A MUP with the redirectors that every Windows has. */
  createMup(): Mup {
    const providers = networkProviders(this.#options.winfsp?.installed === true);
    const order = providers.map(({ deviceName }) => deviceName.slice('\\Device\\'.length));
    const mup = new Mup(this.clock, this.behaviour, order);
    mup.register(smbRedirector(this.#options.network));
    mup.register(webDavRedirector());
    return mup;
  }

  /** The `\Device\Mup` of the next silo; undefined for the link to the host's. */
  mupForSilo(): KernelObject | undefined {
    const { siloMups, mupIsShared } = this.behaviour;
    const kind = siloMups[this.#silosMade % siloMups.length] ?? (mupIsShared ? 'shared' : 'own');
    this.#silosMade += 1;
    if (kind === 'shared') return undefined;
    if (kind === 'own') return this.createMup();
    const devices = this.namespace.rootOf(0).directory('Device');
    if (this.#otherMup === undefined) {
      this.#otherMup = this.createMup();
      devices.set(OTHER_MUP, this.#otherMup);
    }
    return globalLink(`\\Device\\${OTHER_MUP}`);
  }

  win32(subject: Subject, process?: Process): Win32 {
    return bindWin32(this, subject, process);
  }

  /** The logon session in which a silo's first program runs; undefined when the silo has ended. */
  logonIn(silo: SiloId): string | undefined {
    return this.#silos.get(silo)?.logon;
  }

  /** Tells the silo monitors. */
  siloCreated(record: SiloRecord & { readonly containerGuid: string }): void {
    this.#silos.set(record.silo, record);
    this.driver?.siloCreated(record);
  }

  siloEnded(silo: SiloId): void {
    this.driver?.siloEnded(silo);
    this.mup.forgetSilo(silo);
    this.connections.forgetSilo(silo);
    this.#silos.delete(silo);
    this.#registries.delete(silo);
    this.#services.delete(silo);
  }

  /** A fresh logon session's LUID. */
  nextLogon(): string {
    const luid = FIRST_LOGON + this.#logons * BETWEEN_LOGONS;
    this.#logons += 1;
    return `00000000-${luid.toString(16).padStart(8, '0')}`;
  }

  /** Opens a path as LocalSystem on the host. */
  openAsSystem(path: string): Promise<OpenTarget> {
    return openPath(this.namespace, SYSTEM, path, (operations, inner) => this.junctions(operations)?.on(inner));
  }

  checkAlive(subject: Subject): void {
    this.namespace.rootOf(subject.silo);
  }

  allowJunctions(disk: FileSystemOperations): void {
    if (!this.#junctions.has(disk)) this.#junctions.set(disk, new Junctions(disk));
  }

  junctions(operations: FileSystemOperations): Junctions | undefined {
    return this.#junctions.get(operations);
  }

  whenEnded(processId: number, undo: () => void): void {
    const undoes = this.#undoes.get(processId);
    if (this.processTable.get(processId) === undefined) undo();
    else if (undoes === undefined) this.#undoes.set(processId, [undo]);
    else undoes.push(undo);
  }

  registry(silo: SiloId): Registry {
    let registry = this.#registries.get(silo);
    if (registry === undefined) {
      const { machineName: name = this.#options.machineName, adapters = [] } = this.#silos.get(silo) ?? {};
      registry =
        silo === 0
          ? this.#hostRegistry()
          : new Registry(siloRegistry(this.#options.version, name.toUpperCase(), adapters));
      this.#registries.set(silo, registry);
    }
    return registry;
  }

  services(silo: SiloId): ServiceControl {
    let services = this.#services.get(silo);
    if (services === undefined) {
      services =
        silo === 0
          ? new ServiceControl(this.#hostServices(), this.driver)
          : new ServiceControl(this.#siloServices(silo));
      this.#services.set(silo, services);
    }
    return services;
  }

  #createDriver(winfsp: Scenario['winfsp']): FsdDriver {
    const { faults, version } = this.#options;
    return new FsdDriver({
      winfsp,
      behaviour: this.behaviour,
      // Faults are looked up at their occasion: they may come and go while the host runs.
      startError: () => faults.find(fault => fault.kind === 'fsd-start-fails')?.win32,
      build: version.build,
      silos: () => [{ silo: 0, containerGuid: undefined }, ...this.#silos.values()],
      onLoaded: (name, loaded) => {
        const drivers = this.namespace.root.directory('FileSystem');
        if (loaded) drivers.set(name, opaque('Driver'));
        else drivers.delete(name);
      },
      surroundings: {
        guid: () => this.random.guid(),
        lives: processId => this.processTable.get(processId) !== undefined,
        deviceDirectory: silo => this.namespace.rootOf(silo).directory('Device'),
        mupOf: silo => {
          const { object } = this.namespace.resolve('\\Device\\Mup', { ...SYSTEM, silo });
          if (!(object instanceof Mup)) throw systemCallError(STATUS.OBJECT_TYPE_MISMATCH, '\\Device\\Mup');
          return object;
        },
        hangs: processId => {
          const commandLine = this.processTable.get(processId)?.commandLine ?? '';
          return faults.some(fault => fault.kind === 'file-system-hangs' && commandLine.includes(fault.commandLine));
        },
        hostility: processId => {
          const commandLine = this.processTable.get(processId)?.commandLine ?? '';
          return faults
            .filter(fault => fault.kind === 'file-system-lies' || fault.kind === 'file-system-floods')
            .filter(fault => commandLine.includes(fault.commandLine));
        },
      },
    });
  }

  #hostServices(): readonly ServiceRecord[] {
    const processes = this.processTable.of(0);
    return hostServices(image => {
      const name = /([^\\"]+\.exe)/i.exec(image)?.[1] ?? '';
      return processes.find(process => process.imageName === name)?.processId ?? 0;
    }, this.#options.stoppedServices);
  }

  #siloServices(silo: SiloId): readonly ServiceRecord[] {
    const processes = this.processTable.of(silo);
    const find = (name: string): number => processes.find(process => process.imageName === name)?.processId ?? 0;
    return siloServices(image => find(image.includes('CExecSvc') ? 'CExecSvc.exe' : 'services.exe'));
  }

  #hostRegistry(): Registry {
    const { winfsp, version, machineName } = this.#options;
    const installed = winfsp?.installed === true;
    const sxs = installed && winfsp.instance !== '' ? driverDirectory(winfsp).replace(/\\bin$/, '') : undefined;
    const services = this.#hostServices().map(({ type, ...record }) => ({
      ...record,
      driver: type === 'file-system-driver',
    }));
    const { driver } = this;
    return new Registry(
      hostRegistry({
        version,
        machineName,
        providers: networkProviders(installed),
        winfsp: installed
          ? {
              version: winfsp.version,
              installDirectory: winfsp.installDirectory,
              sxsDirectory: sxs,
              launcherServices: winfsp.launcherServices,
            }
          : undefined,
        services: driver === undefined ? services : [...services, { ...driver.registration(), driver: true }],
        prefixCacheSeconds: this.behaviour.prefixCacheSeconds,
      }),
    );
  }
}
