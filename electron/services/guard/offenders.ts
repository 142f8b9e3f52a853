/** Pauses before an offender that could not be stopped is taken on again; after the last it is left to a person. */
const STOP_AGAIN_MS = [30_000, 60_000, 120_000, 300_000, 600_000] as const;

/** What comes after a stop that failed. */
export interface AfterFailure {
  /** So often it was tried by now. */
  readonly tries: number;
  /** Ms until it is tried again; absent: it is given up. */
  readonly againMs?: number;
}

/** Containers that a guard has taken on, by Docker id. One for all guards of a host: nobody is stopped twice. */
export class Offenders {
  readonly #taken = new Set<string>();
  readonly #failures = new Map<string, number>();

  /** Whether this caller is the first, and is to deal with it. */
  take(container: string): boolean {
    if (this.#taken.has(container)) return false;
    this.#taken.add(container);
    return true;
  }

  /** It could not be stopped. It stays taken until it is released. */
  failed(container: string): AfterFailure {
    const tries = (this.#failures.get(container) ?? 0) + 1;
    this.#failures.set(container, tries);
    const againMs = STOP_AGAIN_MS[tries - 1];
    return { tries, ...(againMs === undefined ? {} : { againMs }) };
  }

  /** Somebody may try again. `anew`: as if it had never been tried. */
  release(container: string, { anew = false } = {}): void {
    this.#taken.delete(container);
    if (anew) this.#failures.delete(container);
  }

  /** Forgets those that are not there any more: started again, they may be taken on again. */
  keep(present: ReadonlySet<string>): void {
    for (const id of this.#taken) if (!present.has(id)) this.#taken.delete(id);
    for (const id of this.#failures.keys()) if (!present.has(id)) this.#failures.delete(id);
  }
}
