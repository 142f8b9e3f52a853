/** Containers that a guard has taken on, by Docker id. One for all guards of a host: nobody is stopped twice. */
export class Offenders {
  readonly #taken = new Set<string>();

  /** Whether this caller is the first, and is to deal with it. */
  take(container: string): boolean {
    if (this.#taken.has(container)) return false;
    this.#taken.add(container);
    return true;
  }

  /** It could not be stopped: somebody may try again. */
  release(container: string): void {
    this.#taken.delete(container);
  }

  /** Forgets those that are not there any more: started again, they may be taken on again. */
  keep(present: ReadonlySet<string>): void {
    for (const id of this.#taken) if (!present.has(id)) this.#taken.delete(id);
  }
}
