/** One call that reached the stand-in: who was called, with what JSON can show of the arguments. */
export interface Recorded {
  readonly who: string;
  readonly call: string;
  readonly args: readonly unknown[];
}

export const recorded: Recorded[] = [];

export function record(who: string, call: string, ...args: unknown[]): void {
  recorded.push({ who, call, args });
}

/** A use that Electron answers with an error: recorded, whoever catches it, and thrown in its words. */
export function misused(words: string): never {
  record('stand-in', 'misused', words);
  throw new TypeError(words);
}

/** Names of an Electron object: a part of it that `satisfies` this has no name that electron.d.ts has not. */
export type PartOf<Real> = { readonly [K in keyof Real]?: unknown };

/** What may still be asked of an object whose window is gone. */
const OF_THE_GONE = new Set<string | symbol>(['isDestroyed', 'on', 'once', 'removeListener', 'then']);

/**
 * Part of an Electron object. A member that is not modelled throws when it is touched: no test passes by accident. One
 * that `isGone` throws when a function of it is called, as Electron's do.
 */
export function modelled<Own extends object>(name: string, own: Own, isGone: () => boolean = () => false): Own {
  return new Proxy(own, {
    get: (target, member, receiver) => {
      // Asked by await and by printing.
      if (typeof member === 'symbol' || member === 'then' || Reflect.has(target, member)) {
        const value: unknown = Reflect.get(target, member, receiver);
        const isCut = typeof value === 'function' && isGone() && !OF_THE_GONE.has(member);
        return isCut ? () => misused(`${name}.${String(member)}: Object has been destroyed`) : value;
      }
      throw new TypeError(`the stand-in does not model ${name}.${member}`);
    },
  });
}

type Listener = (...args: unknown[]) => void;

/** Listeners by event, as Node's emitters keep them. */
export class Listeners {
  readonly #all = new Map<string, Set<Listener>>();

  on(event: string, listener: Listener): void {
    const known = this.#all.get(event) ?? new Set();
    known.add(listener);
    this.#all.set(event, known);
  }

  once(event: string, listener: Listener): void {
    const once: Listener = (...args) => {
      this.off(event, once);
      listener(...args);
    };
    this.on(event, once);
  }

  off(event: string, listener: Listener): void {
    this.#all.get(event)?.delete(listener);
  }

  /** Answers how many heard it. */
  emit(event: string, ...args: unknown[]): number {
    const heard = [...(this.#all.get(event) ?? [])];
    for (const listener of heard) listener(...args);
    return heard.length;
  }
}

/** An event that can be prevented, with what it tells. */
export function preventable<T extends object>(told: T): T & Preventable {
  const state: Preventable = {
    prevented: false,
    preventDefault: () => {
      state.prevented = true;
    },
  };
  return Object.assign(state, told);
}

export interface Preventable {
  prevented: boolean;
  preventDefault(): void;
}
