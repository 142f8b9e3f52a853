import { Emitter } from '../base/emitter.ts';

/** An end that comes once: those who ask later are told in a microtask, so that nobody waits for what has been. */
export class Ending {
  readonly #told = new Emitter<void>();
  #over = false;

  get over(): boolean {
    return this.#over;
  }

  on(listener: () => void): () => void {
    if (!this.#over) return this.#told.on(listener);
    let wanted = true;
    queueMicrotask(() => {
      if (wanted) listener();
    });
    return () => {
      wanted = false;
    };
  }

  tell(): void {
    if (this.#over) return;
    this.#over = true;
    this.#told.emit();
    this.#told.clear();
  }
}
