import type { OutputStream } from './stdcopy.ts';

export type OutputListener = (stream: OutputStream, bytes: Uint8Array) => Promise<void> | undefined;

interface Subscriber {
  readonly listener: OutputListener;
  readonly ended: () => void;
}

/** Sends a process's output to whoever is attached. A slow reader slows the process down, as a pipe would. */
export class OutputHub {
  readonly #subscribers = new Set<Subscriber>();

  async write(stream: OutputStream, bytes: Uint8Array): Promise<void> {
    const waits: Promise<void>[] = [];
    for (const { listener } of this.#subscribers) {
      const wait = listener(stream, bytes);
      if (wait !== undefined) waits.push(wait);
    }
    if (waits.length > 0) await Promise.all(waits);
  }

  /** The process has ended and all its output was written: everybody is told and let go. */
  end(): void {
    const told = [...this.#subscribers];
    this.#subscribers.clear();
    for (const { ended } of told) ended();
  }

  /** Answers the undo. */
  subscribe(listener: OutputListener, ended: () => void): () => void {
    const subscriber = { listener, ended };
    this.#subscribers.add(subscriber);
    return () => {
      this.#subscribers.delete(subscriber);
    };
  }
}
