import type { Process } from '../machine.ts';
import { notFound } from './api-error.ts';
import type { Container } from './container.ts';
import type { ExecRequest } from './create-request.ts';

/** One `docker exec`, from its creation on. */
export interface Exec {
  readonly id: string;
  readonly container: Container;
  readonly request: ExecRequest;
  /** Words of the command, as asked. */
  readonly words: readonly string[];
  started: boolean;
  running: boolean;
  exitCode: number | undefined;
  process: Process | undefined;
  /** Milliseconds since the epoch. */
  endedAt: number | undefined;
}

/** How long an ended exec can still be inspected, in milliseconds. Ground: moby daemon/exec.go. */
const KEPT = 300_000;

/** All execs by id; ended ones go when they are old, or with their container. */
export class ExecStore {
  readonly #byId = new Map<string, Exec>();

  add(exec: Exec, now: number): void {
    for (const id of exec.container.execIds) {
      const endedAt = this.#byId.get(id)?.endedAt;
      if (endedAt !== undefined && now - endedAt > KEPT) this.#drop(exec.container, id);
    }
    this.#byId.set(exec.id, exec);
    exec.container.execIds.add(exec.id);
  }

  get(id: string): Exec {
    const found = this.#byId.get(id);
    if (found === undefined) throw notFound(`No such exec instance: ${id}`);
    return found;
  }

  /** Ids of the container's execs that have not ended. */
  active(container: Container): readonly string[] {
    return [...container.execIds].filter(id => this.#byId.get(id)?.endedAt === undefined);
  }

  forget(container: Container): void {
    for (const id of container.execIds) this.#drop(container, id);
  }

  #drop(container: Container, id: string): void {
    this.#byId.delete(id);
    container.execIds.delete(id);
  }
}
