import { ManualClock } from '../../../../shared/base/clock.ts';
import type { Namespace, NamespaceId } from '../../../../shared/domain/namespace.ts';
import type { Volume } from '../../../../shared/domain/volume.ts';
import { createMachine } from '../kernel/create-machine.ts';
import { isSystemCallError, nameOfStatus } from '../kernel/status.ts';
import { localSystemIn } from '../local-system.ts';
import type { ComputeSystem, Machine, MountedVolume, Subject } from '../machine.ts';
import { Scenario } from '../scenario/schema.ts';
import type { FaultPlan, VolumePlan, WorldPlan } from './world-plan.ts';

/** A program's view: who asks, and in which namespace. */
interface Place {
  readonly namespace: Namespace;
  readonly subject: Subject;
  readonly system: ComputeSystem | undefined;
}

interface Mounted {
  readonly plan: VolumePlan;
  readonly place: Place;
  readonly volume: MountedVolume;
  /** What its file `token.txt` holds. */
  readonly token: string;
}

const DRIVER = 'WinFsp+2.1';

/** A plan made real on the simulated kernel, without engine and programs: volumes are mounted by system calls. */
export class PlayedWorld {
  readonly #machine: Machine;
  readonly #places: Place[];
  readonly #all: Mounted[] = [];
  #living: Mounted[] = [];

  static async play(plan: WorldPlan): Promise<PlayedWorld> {
    const scenario = Scenario.parse({
      seed: plan.seed,
      behaviour: { ...plan.behaviour, unknownServerMs: 0 },
      network: { servers: plan.servers },
    });
    const machine = createMachine({ ...scenario, clock: new ManualClock(), programs: new Map(), hostFiles: {} });
    const world = new PlayedWorld(machine);
    if (!plan.fsdLast) await world.#startFsd();
    for (const [index, isolation] of plan.silos.entries()) await world.#addSilo(index, isolation === 'hyperv');
    if (plan.fsdLast) await world.#startFsd();
    for (const [index, volume] of plan.volumes.entries()) await world.#mount(volume, `volume ${index}`);
    return world;
  }

  private constructor(machine: Machine) {
    this.#machine = machine;
    const host: Namespace = { id: 'host', kind: 'host', label: 'host' };
    this.#places = [{ namespace: host, subject: machine.subjects.elevated, system: undefined }];
  }

  get namespaces(): readonly Namespace[] {
    return this.#places.map(({ namespace }) => namespace);
  }

  /** What the object namespace shows of the living volumes, as an inventory would gather it. */
  volumes(): readonly (Volume & { readonly token: string })[] {
    return this.#living.map(({ plan, place, volume, token }) => {
      const shared = {
        device: volume.device,
        home: place.namespace.id,
        mountPoints: plan.letter === undefined ? [] : [plan.letter],
        token,
      };
      if (plan.prefix === undefined) return { ...shared, kind: 'disk' };
      const provider = this.#machine.win32(place.subject).readSymbolicLink(volume.device);
      return { ...shared, kind: 'network', uncPrefix: volume.name.slice(volume.device.length), provider };
    });
  }

  /** Every volume that ever was, for names that may still lead somewhere. */
  everMounted(): readonly { readonly device: string; readonly name: string }[] {
    return this.#all.map(({ volume }) => ({ device: volume.device, name: volume.name }));
  }

  /**
   * Opens `token.txt` below a name, in a namespace, and answers what it holds; undefined when it cannot be opened.
   * A Hyper-V container's programs are on another kernel: no name of this one leads anywhere there.
   */
  async open(namespace: NamespaceId, name: string): Promise<string | undefined> {
    const place = this.#places.find(other => other.namespace.id === namespace);
    if (place === undefined || place.namespace.kind === 'vm') return undefined;
    try {
      const bytes = await this.#machine.win32(place.subject).read(`${name}\\token.txt`);
      return Buffer.from(bytes).toString('utf8');
    } catch (caught) {
      if (isSystemCallError(caught)) return undefined;
      throw caught;
    }
  }

  async suffer(fault: FaultPlan): Promise<void> {
    switch (fault) {
      case 'fsd-unloads':
        return this.#unloadFsd();
      case 'fsd-comes-back': {
        await this.#unloadFsd();
        await this.#startFsd();
        const [first] = this.#all;
        if (first !== undefined) await this.#mount(first.plan, 'a second life');
        return;
      }
      case 'a-silo-ends': {
        const index = this.#places.findIndex(({ namespace }) => namespace.kind === 'silo');
        const [gone] = index < 0 ? [] : this.#places.splice(index, 1);
        if (gone === undefined) return;
        await gone.system?.terminate();
        this.#living = this.#living.filter(({ place }) => place !== gone);
        return;
      }
      case 'a-volume-ends':
        // Its drive letter stays behind, as a killed program leaves it when it was a global one: a ghost.
        this.#living.shift()?.volume.close();
        return;
    }
  }

  dispose(): Promise<void> {
    return this.#machine.dispose();
  }

  async #startFsd(): Promise<void> {
    await this.#machine.win32(localSystemIn(0)).startService(DRIVER);
  }

  async #unloadFsd(): Promise<void> {
    await this.#machine.win32(localSystemIn(0)).winfsp.unload(DRIVER);
    this.#living = [];
  }

  async #addSilo(index: number, hyperv: boolean): Promise<void> {
    const machine = this.#machine;
    const store = machine.createStore({ label: '', totalBytes: 1e9 });
    const system = await machine.createComputeSystem({
      name: index.toString(16).padStart(64, '0'),
      hostname: `c${index}`,
      disk: machine.createContainerDisk(store, { sizeBytes: 1e9 }),
      binds: [],
      pipes: [],
      environment: {},
      hyperv,
    });
    const label = `c${index}`;
    if (system.siloId === undefined) {
      this.#places.push({
        namespace: { id: `vm:${system.name.slice(0, 12)}`, kind: 'vm', label },
        subject: machine.subjects.user,
        system,
      });
      return;
    }
    const namespace: Namespace = { id: `silo:${system.siloId}`, kind: 'silo', label, siloId: system.siloId };
    this.#places.push({ namespace, subject: localSystemIn(system.siloId), system });
  }

  async #mount(plan: VolumePlan, token: string): Promise<void> {
    const homes = this.#places.filter(({ namespace }) => namespace.kind !== 'vm');
    const place = homes[plan.home % homes.length];
    if (place === undefined) return;
    const win32 = this.#machine.win32(place.subject);
    const letter = this.#living.some(other => other.place === place && other.plan.letter === plan.letter)
      ? undefined
      : plan.letter;
    const operations = this.#machine.createStore({ label: token, totalBytes: 1e6 });
    await operations.write('\\token.txt', Buffer.from(token, 'utf8'), 'replace');
    const processId = place.system?.processes()[0]?.processId ?? this.#machine.processes()[0]?.processId ?? 4;
    try {
      const volume = await win32.winfsp.createVolume({
        operations,
        processId,
        ...(plan.prefix === undefined ? {} : { prefix: plan.prefix }),
      });
      if (letter !== undefined) win32.defineDosDevice(letter, volume.name);
      const mounted = { plan: { ...plan, letter }, place, volume, token };
      this.#living.push(mounted);
      this.#all.push(mounted);
    } catch (caught) {
      if (!isSystemCallError(caught) || nameOfStatus(caught.status) !== 'STATUS_OBJECT_NAME_COLLISION') throw caught;
    }
  }
}
