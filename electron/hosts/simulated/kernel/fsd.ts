import type { FileSystemOperations, MountedVolume, SiloId } from '../machine.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { ControlDevice } from './control-device.ts';
import { endableOperations } from './endable-operations.ts';
import { foldName } from './fold-name.ts';
import { type Hostility, hostileOperations } from './hostile-operations.ts';
import type { Mup, UncProvider } from './mup.ts';
import { type DeviceObject, type DirectoryObject, globalLink, link, type SymbolicLinkObject } from './objects.ts';
import { refusingOperations } from './refusing-operations.ts';
import { STATUS, systemCallError } from './status.ts';
import { classOf, isBelow, volumePrefix } from './unc-prefix.ts';

/** What the FSD needs of the kernel around it. */
export interface FsdSurroundings {
  /** `\Device` of a silo, as a thread attached to it finds it. */
  deviceDirectory(silo: SiloId): DirectoryObject;
  /** What `\Device\Mup` is for a thread attached to this silo. */
  mupOf(silo: SiloId): Mup;
  guid(): string;
  /** A volume needs a living process to serve it. */
  lives(processId: number): boolean;
  /** The serving process's file system never answers (a fault of the scenario). */
  readonly hangs: (processId: number) => boolean;
  /** How else it wishes its readers ill. */
  readonly hostility: (processId: number) => readonly Hostility[];
}

/** A silo as its monitor is told of it. */
export interface MonitoredSilo {
  readonly silo: SiloId;
  /** Lower case; undefined for the host, whose GUID is zero. */
  readonly containerGuid: string | undefined;
}

interface Volume extends MountedVolume {
  readonly prefix: string | undefined;
  readonly operations: FileSystemOperations;
  readonly processId: number;
}

/**
 * The WinFsp file system driver, loaded. For the host and every server silo it makes the control devices and a MUP
 * provider. Ground: winfsp src/sys/driver.c, silo.c, volume.c, mup.c.
 */
export class Fsd {
  readonly #suffix: string;
  readonly #surroundings: FsdSurroundings;
  readonly #behaviour: Scenario['behaviour'];
  readonly #instances = new Map<SiloId, SiloInstance>();

  constructor(suffix: string, behaviour: Scenario['behaviour'], surroundings: FsdSurroundings) {
    this.#suffix = suffix;
    this.#behaviour = behaviour;
    this.#surroundings = surroundings;
  }

  /** The silo monitor's create callback; also called for silos that were there before the driver. */
  siloCreated(silo: MonitoredSilo): void {
    this.#instances.set(silo.silo, new SiloInstance(silo, this.#suffix, this.#behaviour, this.#surroundings));
  }

  siloEnded(silo: SiloId): void {
    this.#instances.get(silo)?.end();
    this.#instances.delete(silo);
  }

  /** A process ended: its handles are closed, and with them its volumes. */
  processEnded(silo: SiloId, processId: number): void {
    this.#instances.get(silo)?.endVolumesOf(processId);
  }

  /** The driver is unloaded: every volume of every silo goes. */
  unload(): void {
    for (const instance of this.#instances.values()) instance.end();
    this.#instances.clear();
  }
}

/** The driver's objects in one silo. */
class SiloInstance implements ControlDevice {
  readonly #surroundings: FsdSurroundings;
  readonly #devices: DirectoryObject;
  readonly #mup: Mup;
  readonly #provider: UncProvider;
  readonly #made: string[] = [];
  readonly #volumes: Volume[] = [];
  #hostLink: string | undefined;

  constructor(silo: MonitoredSilo, suffix: string, behaviour: Scenario['behaviour'], surroundings: FsdSurroundings) {
    this.#surroundings = surroundings;
    this.#devices = surroundings.deviceDirectory(silo.silo);
    this.#mup = surroundings.mupOf(silo.silo);

    const control: DeviceObject = {
      type: 'Device',
      control: this,
      open: () => ({ operations: refusingOperations, path: '\\', winfsp: false }),
    };
    for (const kind of ['WinFsp.Disk', 'WinFsp.Net']) {
      this.#make(kind + suffix, control);
      if (suffix !== '') this.#make(kind, link(`\\Device\\${kind}${suffix}`));
    }

    const braces = silo.containerGuid === undefined ? '' : `{${silo.containerGuid}}`;
    const name = `WinFsp.Mup${suffix}${braces}`;
    this.#provider = {
      name,
      silo: silo.silo,
      everywhere: false,
      queryPath: path => this.#claim(path),
      open: path => this.#openByPrefix(path),
    };
    this.#mup.register(this.#provider);
    const target = link(`\\Device\\Mup\\;${name}`);
    if (silo.silo === 0 || behaviour.providerLinkIsInSilo) this.#make(name, target);
    else {
      // The link is the host's; a volume's own link has to resolve in the silo all the same.
      surroundings.deviceDirectory(0).set(name, target);
      this.#hostLink = name;
      this.#make(name, globalLink(`\\Device\\${name}`));
    }
  }

  createVolume(request: {
    readonly prefix: string | undefined;
    readonly operations: FileSystemOperations;
    readonly processId: number;
  }): MountedVolume {
    const prefix = request.prefix === undefined ? undefined : volumePrefix(request.prefix);
    if (prefix !== undefined && this.#volumes.some(other => foldName(other.prefix ?? '') === foldName(prefix))) {
      throw systemCallError(STATUS.OBJECT_NAME_COLLISION, prefix);
    }
    if (!this.#surroundings.lives(request.processId)) throw systemCallError(STATUS.PROCESS_IS_TERMINATING);
    const { hangs, hostility } = this.#surroundings;
    const answered = hostileOperations(request.operations, hostility(request.processId));
    const endable = endableOperations(answered, hangs(request.processId));
    const { operations } = endable;
    let close: () => void = () => undefined;
    const ended = new Promise<void>(resolve => {
      close = resolve;
    });
    const name = `Volume{${this.#surroundings.guid()}}`;
    const volume: Volume = {
      name: `\\Device\\${name}${prefix ?? ''}`,
      device: `\\Device\\${name}`,
      prefix,
      operations,
      processId: request.processId,
      ended,
      close: () => {
        const index = this.#volumes.indexOf(volume);
        if (index < 0) return;
        this.#volumes.splice(index, 1);
        this.#devices.delete(name);
        if (prefix !== undefined) this.#unclaim(prefix);
        endable.end();
        close();
      },
    };
    this.#volumes.push(volume);
    this.#devices.set(name, prefix === undefined ? diskDevice(operations) : link(`\\Device\\${this.#provider.name}`));
    return volume;
  }

  listVolumes(): readonly string[] {
    return this.#volumes.map(({ name }) => name);
  }

  endVolumesOf(processId: number): void {
    for (const volume of this.#volumes.filter(other => other.processId === processId)) volume.close();
  }

  end(): void {
    for (const volume of this.#volumes.slice()) volume.close();
    this.#mup.deregister(this.#provider);
    if (this.#hostLink !== undefined) this.#surroundings.deviceDirectory(0).delete(this.#hostLink);
    for (const name of this.#made) this.#devices.delete(name);
  }

  #make(name: string, object: DeviceObject | SymbolicLinkObject): void {
    this.#devices.set(name, object);
    this.#made.push(name);
  }

  /** Any path of a class that one of the volumes has is claimed, by the class alone (mup.c, LengthAccepted). */
  #claim(path: string): number | undefined {
    const name = classOf(path);
    if (name === undefined || !this.#serves(name)) return undefined;
    return name.length;
  }

  #serves(name: string): boolean {
    return this.#volumes.some(
      ({ prefix }) => prefix !== undefined && foldName(classOf(prefix) ?? '') === foldName(name),
    );
  }

  #unclaim(prefix: string): void {
    const name = classOf(prefix);
    if (name !== undefined && !this.#serves(name)) this.#mup.forget(this.#provider, name);
  }

  /** A create below a claimed class that no volume has is answered with BAD_NETWORK_PATH on purpose (mup.c). */
  #openByPrefix(path: string): { operations: FileSystemOperations; path: string; winfsp: boolean } {
    if (path === '') return { operations: refusingOperations, path: '\\', winfsp: false };
    let best: Volume | undefined;
    for (const volume of this.#volumes) {
      if (volume.prefix === undefined || !isBelow(path, volume.prefix)) continue;
      if (volume.prefix.length > (best?.prefix?.length ?? 0)) best = volume;
    }
    if (best === undefined) throw systemCallError(STATUS.BAD_NETWORK_PATH, `\\${path}`);
    const rest = path.slice(best.prefix?.length ?? 0);
    return { operations: best.operations, path: rest === '' ? '\\' : rest, winfsp: true };
  }
}

function diskDevice(operations: FileSystemOperations): DeviceObject {
  return {
    type: 'Device',
    open: remainder => ({ operations, path: remainder === '' ? '\\' : remainder, winfsp: true }),
  };
}
