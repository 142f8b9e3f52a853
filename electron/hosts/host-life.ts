import { Emitter } from '../../shared/base/emitter.ts';
import { type Fault, FaultError } from '../../shared/contract/fault.ts';

/**
 * What every host has of a life: it answers while it lives, and with its end from then on.
 *
 *   living ──lose──▶ ended, told once
 *      └────close──▶ ended, told to nobody
 */
export class HostLife {
  readonly #lost = new Emitter<Fault>();
  readonly #asking = new Set<AbortController>();
  #ended: Fault | undefined;

  /** How the host came to its end; undefined while it lives. */
  get ended(): Fault | undefined {
    return this.#ended;
  }

  /** Told once when the host is lost; answers the undo. */
  onLost(listener: (fault: Fault) => void): () => void {
    return this.#lost.on(listener);
  }

  /** The host is gone: whoever waits for an answer is told so, then those who listen. The first end counts. */
  lose(fault: Fault): void {
    if (!this.#end(fault)) return;
    this.#lost.emit(fault);
    this.#lost.clear();
  }

  /** The host is no longer wanted: whoever waits for an answer is told so, and nobody else. The first end counts. */
  close(fault: Fault): void {
    this.#lost.clear();
    this.#end(fault);
  }

  /** Throws what the host ended in, or `cancelled`, where there is no point in asking. */
  mustAnswer(signal?: AbortSignal): void {
    if (this.#ended !== undefined) throw new FaultError(this.#ended);
    if (signal?.aborted === true) throw new FaultError({ code: 'cancelled' }, { cause: signal.reason });
  }

  /** Asks as long as the host lives; whoever still waits at its end is told how it ended. */
  async ask<T>(signal: AbortSignal | undefined, question: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
    this.mustAnswer(signal);
    const asker = new AbortController();
    const giveUp = (): void => asker.abort(signal?.reason);
    signal?.addEventListener('abort', giveUp, { once: true });
    this.#asking.add(asker);
    try {
      return await question(asker.signal);
    } catch (caught) {
      throw this.#ended === undefined ? caught : new FaultError(this.#ended, { cause: caught });
    } finally {
      signal?.removeEventListener('abort', giveUp);
      this.#asking.delete(asker);
    }
  }

  #end(fault: Fault): boolean {
    if (this.#ended !== undefined) return false;
    this.#ended = fault;
    for (const asker of this.#asking) asker.abort();
    return true;
  }
}
