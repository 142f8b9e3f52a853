import { badRequest, conflict, notFound } from './api-error.ts';
import type { Container } from './container.ts';

/** All containers, by id and by name, newest last. */
export class ContainerStore {
  readonly #byId = new Map<string, Container>();
  readonly #byName = new Map<string, Container>();
  /** Names of containers that are being made. */
  readonly #reserved = new Map<string, string>();

  get size(): number {
    return this.#byId.size;
  }

  all(): IterableIterator<Container> {
    return this.#byId.values();
  }

  nameTaken(name: string): boolean {
    return this.#byName.has(name) || this.#reserved.has(name);
  }

  /** Holds a name for a container to come; a taken one is refused in the daemon's words. */
  reserve(name: string, id: string): void {
    this.#refuseTaken(name);
    this.#reserved.set(name, id);
  }

  release(name: string): void {
    this.#reserved.delete(name);
  }

  add(container: Container): void {
    this.#reserved.delete(container.name);
    this.#byId.set(container.id, container);
    this.#byName.set(container.name, container);
  }

  rename(container: Container, name: string): void {
    this.#refuseTaken(name);
    this.#byName.delete(container.name);
    container.name = name;
    this.#byName.set(name, container);
  }

  remove(container: Container): void {
    this.#byId.delete(container.id);
    if (this.#byName.get(container.name) === container) this.#byName.delete(container.name);
  }

  /** By full id, full name, or an id prefix that only one has. */
  find(reference: string): Container | undefined {
    const exact = this.#byId.get(reference) ?? this.#byName.get(reference.replace(/^\//, ''));
    if (exact !== undefined || !/^[0-9a-f]+$/.test(reference)) return exact;
    let found: Container | undefined;
    for (const [id, container] of this.#byId) {
      if (!id.startsWith(reference)) continue;
      if (found !== undefined) throw badRequest(`multiple IDs found with provided prefix: ${reference}`);
      found = container;
    }
    return found;
  }

  get(reference: string): Container {
    if (reference === '') throw badRequest('invalid name or ID supplied: ""');
    const found = this.find(reference);
    if (found === undefined) throw notFound(`No such container: ${reference}`);
    return found;
  }

  #refuseTaken(name: string): void {
    const holder = this.#byName.get(name)?.id ?? this.#reserved.get(name);
    if (holder === undefined) return;
    throw conflict(
      `Conflict. The container name "/${name}" is already in use by container "${holder}". You have to remove (or rename) that container to be able to reuse that name.`,
    );
  }
}
