import type { ByteSource } from '../machine.ts';

/** Bytes pushed by one side and read by the other: a process's stdin. */
export class ByteQueue implements ByteSource {
  #held: Uint8Array[] = [];
  #ended = false;
  #waiting: ((chunk: Uint8Array | undefined) => void)[] = [];

  push(bytes: Uint8Array): void {
    if (this.#ended) return;
    const reader = this.#waiting.shift();
    if (reader === undefined) this.#held.push(bytes);
    else reader(bytes);
  }

  /** No more will come: readers get what is left, then the end. */
  end(): void {
    this.#ended = true;
    for (const reader of this.#waiting) reader(undefined);
    this.#waiting = [];
  }

  read(): Promise<Uint8Array | undefined> {
    const chunk = this.#held.shift();
    if (chunk !== undefined || this.#ended) return Promise.resolve(chunk);
    return new Promise(resolve => this.#waiting.push(resolve));
  }
}
