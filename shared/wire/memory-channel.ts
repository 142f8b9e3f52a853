import { Emitter } from '../base/emitter.ts';
import type { Channel } from './channel.ts';
import { Ending } from './ending.ts';

class MemoryEnd implements Channel {
  readonly #frames = new Emitter<unknown>();
  readonly #ending = new Ending();
  #inbox: unknown[] = [];
  #scheduled = false;
  peer: MemoryEnd | undefined;

  send(frame: unknown): void {
    const copy: unknown = structuredClone(frame);
    if (!this.#ending.over) this.peer?.receive(copy);
  }

  onFrame(listener: (frame: unknown) => void): () => void {
    const undo = this.#frames.on(listener);
    this.#schedule();
    return undo;
  }

  onClosed(listener: () => void): () => void {
    return this.#ending.on(listener);
  }

  close(): void {
    if (this.#ending.over) return;
    this.#ending.tell();
    this.#inbox = [];
    const peer = this.peer;
    // What was sent before the close still arrives first, as over a socket.
    queueMicrotask(() => queueMicrotask(() => peer?.close()));
  }

  receive(frame: unknown): void {
    if (this.#ending.over) return;
    this.#inbox.push(frame);
    this.#schedule();
  }

  /** Frames arrive later, never inside `send`; they wait until somebody listens. */
  #schedule(): void {
    if (this.#scheduled || this.#inbox.length === 0) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      while (this.#inbox.length > 0 && this.#frames.listenerCount > 0) this.#frames.emit(this.#inbox.shift());
    });
  }
}

/**
 * Two joined ends in one process. Every frame is cloned, so functions fail and classes lose their methods here just as
 * they would between processes.
 */
export function memoryChannelPair(): readonly [Channel, Channel] {
  const near = new MemoryEnd();
  const far = new MemoryEnd();
  near.peer = far;
  far.peer = near;
  return [near, far];
}
