/** A typed event source. Listeners are told in the order in which they came; `on` answers the undo. */
export class Emitter<T> {
  readonly #listeners = new Set<(event: T) => void>();

  on(listener: (event: T) => void): () => void {
    // Wrapped, so that one function registered twice is told twice and undone separately.
    const own = (event: T): void => listener(event);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  emit(event: T): void {
    // A copy: a listener may come or go while the others are told.
    for (const listener of Array.from(this.#listeners)) listener(event);
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  clear(): void {
    this.#listeners.clear();
  }
}
