const STEP = 4;
/** An id rests for so many releases before it is given out again. */
const REST = 64;

/**
 * The kernel's one table of client ids: processes, threads and silos draw from it, so no two living ones share an id.
 * Multiples of 4; an id is reused after its owner's death (Windows Internals 7, ch. 3; the multiple of 4 is inferred
 * for silos).
 */
export class IdTable {
  #next: number;
  readonly #resting: number[] = [];
  #head = 0;

  constructor(first: number) {
    this.#next = Math.ceil(first / STEP) * STEP;
  }

  take(): number {
    if (this.#resting.length - this.#head > REST) {
      const id = this.#resting[this.#head];
      this.#head += 1;
      if (this.#head > 1_024) {
        this.#resting.splice(0, this.#head);
        this.#head = 0;
      }
      if (id !== undefined) return id;
    }
    const id = this.#next;
    this.#next += STEP;
    return id;
  }

  giveBack(id: number): void {
    this.#resting.push(id);
  }
}
