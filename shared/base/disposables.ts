/** Something with an end. `dispose` may be called twice; the second call does nothing. */
export interface Disposable {
  dispose(): void;
}

/** Told of every disposable that is made and of every one that ended; tests use it to find leaks. */
export interface DisposableTracker {
  made(disposable: Disposable): void;
  ended(disposable: Disposable): void;
}

let tracker: DisposableTracker | undefined;

/** Installs (or, with `undefined`, removes) the tracker. Answers the one that was there before. */
export function trackDisposables(next: DisposableTracker | undefined): DisposableTracker | undefined {
  const previous = tracker;
  tracker = next;
  return previous;
}

/** A disposable that runs `end` once. */
export function disposable(end: () => void): Disposable {
  let done = false;
  const made: Disposable = {
    dispose() {
      if (done) return;
      done = true;
      tracker?.ended(made);
      end();
    },
  };
  tracker?.made(made);
  return made;
}

/** Holds disposables and ends them in reverse order. What is added after the end is ended at once. */
export class DisposableStore implements Disposable {
  #held: Disposable[] = [];
  #ended = false;

  constructor() {
    tracker?.made(this);
  }

  get ended(): boolean {
    return this.#ended;
  }

  add<D extends Disposable>(made: D): D {
    if (this.#ended) made.dispose();
    else this.#held.push(made);
    return made;
  }

  /** Registers a plain undo function, such as the answer of `Emitter.on`. */
  defer(end: () => void): void {
    this.add(disposable(end));
  }

  dispose(): void {
    if (this.#ended) return;
    this.#ended = true;
    tracker?.ended(this);
    for (const made of this.#held.reverse()) made.dispose();
    this.#held = [];
  }
}
