import type { FileSystemOperations, Machine } from '../machine.ts';
import { type ApiError, badRequest, conflict, notFound } from './api-error.ts';

export interface EngineVolume {
  readonly name: string;
  readonly created: bigint;
  readonly labels: Readonly<Record<string, string>>;
  readonly anonymous: boolean;
  readonly store: FileSystemOperations;
  /** Ids of containers that mount it. */
  readonly users: Set<string>;
}

/** Where dockerd keeps a `local` volume. */
export const mountpointOf = (name: string): string => `C:\\ProgramData\\docker\\volumes\\${name}\\_data`;

/** A Windows daemon has `local` alone, and takes no plugins. Ground: moby volume/drivers/extpoint.go. */
export function missingVolumeDriver(name: string, driver: string): ApiError {
  return notFound(`create ${name}: error looking up volume plugin ${driver}: plugin "${driver}" not found`);
}

/** Volumes of the `local` driver, each a store of its own. */
export class VolumeStore {
  readonly #machine: Machine;
  readonly #byName = new Map<string, EngineVolume>();

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  all(): readonly EngineVolume[] {
    return [...this.#byName.values()];
  }

  find(name: string): EngineVolume | undefined {
    return this.#byName.get(name);
  }

  get(name: string): EngineVolume {
    const found = this.find(name);
    if (found === undefined) throw notFound(`get ${name}: no such volume`);
    return found;
  }

  /** Answers the volume of that name, made now if it was not there. An empty name makes an anonymous one. */
  obtain(
    name: string,
    created: bigint,
    labels: Readonly<Record<string, string>> = {},
  ): { volume: EngineVolume; isNew: boolean } {
    const held = this.#byName.get(name);
    if (held !== undefined) return { volume: held, isNew: false };
    if (name.length === 1) {
      throw badRequest(
        `create ${name}: volume name is too short, names should be at least two alphanumeric characters`,
      );
    }
    if (name !== '' && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) {
      throw badRequest(
        `create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
      );
    }
    const given = name === '' ? this.#machine.random.hex(64) : name;
    const volume = {
      name: given,
      created,
      labels: name === '' ? { ...labels, 'com.docker.volume.anonymous': '' } : labels,
      anonymous: name === '',
      store: this.#machine.createStore({ label: given, totalBytes: 20 * 1_024 ** 3 }),
      users: new Set<string>(),
    };
    this.#byName.set(given, volume);
    return { volume, isNew: true };
  }

  remove(volume: EngineVolume): void {
    if (volume.users.size > 0) {
      throw conflict(`remove ${volume.name}: volume is in use - [${[...volume.users].join(', ')}]`);
    }
    this.#byName.delete(volume.name);
  }
}
