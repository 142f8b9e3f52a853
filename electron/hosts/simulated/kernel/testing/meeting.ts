/** Two parties that wait for each other: whoever comes first waits. One meeting after the other. */
export class Meeting<T> {
  readonly #here: T[] = [];
  readonly #waiting: ((guest: T) => void)[] = [];

  arrive(guest: T): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#here.push(guest);
    else waiting(guest);
  }

  meet(): Promise<T> {
    const guest = this.#here.shift();
    if (guest !== undefined) return Promise.resolve(guest);
    return new Promise(resolve => this.#waiting.push(resolve));
  }
}
