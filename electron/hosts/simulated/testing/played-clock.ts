import type { Clock } from '../../../../shared/base/clock.ts';
import { type Disposable, disposable } from '../../../../shared/base/disposables.ts';

interface Due {
  readonly at: number;
  readonly sequence: number;
  readonly act: () => void;
}

/** So many turns of the event loop without anything under way count as rest. */
const QUIET_TURNS = 3;

/**
 * A clock that moves from one appointment to the next, and only when everything that the last one set off has come to rest:
 * days pass in seconds, and in the same order each time.
 */
export class PlayedClock implements Clock {
  #now: number;
  #slept = 0;
  /** How far somebody has set it, ms. */
  #set = 0;
  #sequence = 0;
  readonly #due = new Map<Disposable, Due>();

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now + this.#set;
  }

  /** As `now` would be had nobody set it. */
  get passed(): number {
    return this.#now;
  }

  /** Somebody sets it by so much; what was appointed comes after the same time as before. */
  set(ms: number): void {
    this.#set += ms;
  }

  after(ms: number, act: () => void): Disposable {
    const handle = disposable(() => this.#due.delete(handle));
    this.#due.set(handle, { at: this.#now + Math.max(0, ms), sequence: this.#sequence++, act });
    return handle;
  }

  /** Of the time that has passed, ms. */
  get slept(): number {
    return this.#slept;
  }

  /** Lets `ms` pass. */
  async play(ms: number): Promise<void> {
    const end = this.#now + ms;
    while (await this.playNext(end));
    this.#now = Math.max(this.#now, end);
  }

  /** Waits for rest, and lets the next appointment until `end` come; false where there is none. */
  async playNext(end = Number.POSITIVE_INFINITY): Promise<boolean> {
    await rest();
    const next = this.#next();
    if (next === undefined || next[1].at > end) return false;
    const [handle, { at, act }] = next;
    // What fell due while the machine slept is late.
    this.#now = Math.max(this.#now, at);
    handle.dispose();
    act();
    return true;
  }

  /** The machine sleeps: time passes, and nothing happens meanwhile. */
  sleep(ms: number): void {
    this.#slept += ms;
    this.#now += ms;
  }

  #next(): [Disposable, Due] | undefined {
    let next: [Disposable, Due] | undefined;
    for (const entry of this.#due) {
      const [, { at, sequence }] = entry;
      if (next === undefined || at < next[1].at || (at === next[1].at && sequence < next[1].sequence)) next = entry;
    }
    return next;
  }
}

/** Turns of the event loop that are waited for here: of several worlds at once, none is work to another. */
let turns = 0;

/** Resolves when nothing is under way in this process that does not wait for a clock. */
export async function rest(): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
    turns++;
    await new Promise(resolve => setImmediate(resolve));
    turns--;
    const resources = process.getActiveResourcesInfo();
    const immediates = resources.filter(resource => resource === 'Immediate').length;
    if (immediates > turns || resources.some(isWork)) quiet = -1;
  }
}

/** As Node calls them: FSReqPromise, FSReqCallback, CloseReq. */
const isWork = (resource: string): boolean => resource.includes('Req');
