import { isWithin } from '../../../shared/base/clock.ts';
import type { Fault } from '../../../shared/contract/fault.ts';
import type { ItemStatus } from '../../../shared/contract/workspace-status.ts';
import type { ItemState } from '../../../shared/domain/workspace.ts';
import type { LeftBehind } from './ground.ts';
import { blameOf, type Found, type ItemMemory, PATIENCE, pauseAfter } from './judge-item.ts';

/** What can happen to an item; the timeline has each as `workspace.<event>`. */
export const ITEM_EVENTS = [
  'unwritten',
  'cut',
  'relaunched',
  'failed',
  'failing',
  'given-up',
  'not-answering',
  'recovered',
] as const;
export type ItemEvent = (typeof ITEM_EVENTS)[number];

/** Tells what happened: by the code of a fault, or with what was left behind. */
export type NoteItem = (event: ItemEvent, more?: { readonly fault?: string; readonly left?: LeftBehind }) => void;

/** A launch that is refused by a host that is not ready leaves its marks: ever longer, in ms. */
const HOST_PAUSE_MS = { first: 1_000, longest: 300_000 } as const;
/** An engine that goes down stops its containers so long before it is gone. */
const DOUBT_MS = 60_000;
/** A volume that is silent once may only be busy. */
const SILENT_LOOKS = 2;

/** One item of a kept workspace, as it is remembered from look to look. Times are in ms since the epoch. */
export class KeptItem {
  readonly #note: NoteItem;
  #state: ItemState = 'idle';
  #fault: Fault | undefined;
  #failures = 0;
  #notBefore: number | 'never' = 0;
  #pauseMs = 0;
  #relaunches = 0;
  /** Failures that were the host's. */
  #hostFailures = 0;
  /** A person stopped it: through us, or at the time given by other means. */
  #heldSince: number | 'here' | undefined;
  /** It was seen to be stopped since then: should it run again, somebody has started it. */
  #wasSeenHeld = false;
  #wasRunning = false;
  #healthySince: number | undefined;
  #silent = 0;

  constructor(note: NoteItem) {
    this.#note = note;
  }

  /** Why it was given up for good: something has to be changed first. Undefined: it was not. */
  get givenUpFor(): Fault | undefined {
    return this.#notBefore === 'never' ? this.#fault : undefined;
  }

  memory(isWanted: boolean, now: number): ItemMemory {
    const isHeld = this.#heldSince !== undefined;
    // No pause grows longer because somebody has set the clock back.
    const isSetBack = this.#notBefore !== 'never' && this.#notBefore - now > this.#pauseMs;
    return { isWanted, isHeld, failures: this.#failures, notBefore: isSetBack ? 0 : this.#notBefore };
  }

  /** How it is told; `left`: containers that are put aside of it. */
  status(name: string, left: readonly string[]): ItemStatus {
    const isPending = this.#state === 'backing-off' || this.#state === 'failing';
    return {
      name,
      state: this.#state,
      ...(this.#fault === undefined ? {} : { fault: this.#fault }),
      failures: this.#failures,
      ...(isPending && this.#notBefore !== 'never' ? { nextAt: new Date(this.#notBefore).toISOString() } : {}),
      relaunches: this.#relaunches,
      ...(left.length === 0 ? {} : { unwritten: [...left] }),
    };
  }

  /** When it wants to be looked at again: `soon` while it changes, else a time; undefined: nothing is due. */
  get due(): number | 'soon' | undefined {
    const state = this.#state;
    if (state === 'launching' || state === 'stopping') return 'soon';
    const isPending = state === 'backing-off' || state === 'failing' || state === 'waiting';
    return isPending && this.#notBefore !== 'never' ? this.#notBefore : undefined;
  }

  /** A person stopped it. `since`: by other means, at that time. */
  hold(since: number | 'here'): void {
    if (this.#heldSince !== 'here') this.#heldSince = since;
    this.#wasSeenHeld = false;
  }

  unhold(): void {
    this.#heldSince = undefined;
    this.#wasSeenHeld = false;
  }

  /** The engine went down: it stopped by itself what seemed to be stopped by a person just before. */
  doubtStop(now: number): void {
    if (typeof this.#heldSince === 'number' && isWithin(DOUBT_MS, this.#heldSince, now)) this.#heldSince = undefined;
  }

  /** What failed before counts no longer. */
  forgive(): void {
    this.#failures = 0;
    this.#notBefore = 0;
  }

  /** The host is another than it was: what it refused before says nothing. */
  retryOnHost(): void {
    if (this.#notBefore !== 'never') this.#notBefore = 0;
    this.#hostFailures = 0;
  }

  /** Silence once is no news; until it is repeated, the volume counts as it did. */
  seeThrough(found: Found): Found {
    this.#silent = found === 'silent' ? this.#silent + 1 : 0;
    return found === 'silent' && this.#silent < SILENT_LOOKS && this.#state === 'running' ? 'healthy' : found;
  }

  /** It is being launched, or brought back. */
  launching(): void {
    this.#healthySince = undefined;
    this.#state = 'launching';
  }

  launched(now: number): void {
    if (this.#wasRunning) {
      this.#relaunches++;
      this.#note('relaunched');
    }
    this.rest('running', now);
  }

  /** Nothing is to be done about it. */
  rest(state: ItemState, now: number): void {
    if (state === 'not-answering' && this.#state !== state) this.#note('not-answering');
    if (state === 'held') this.#wasSeenHeld = true;
    if (state === 'running') {
      if (this.#wasSeenHeld) this.unhold();
      if (this.#state === 'not-answering') this.#note('recovered');
      this.#wasRunning = true;
      this.#hostFailures = 0;
      this.#fault = undefined;
      this.#healthySince = Math.min(this.#healthySince ?? now, now);
      if (now - this.#healthySince >= PATIENCE.steadyMs) this.forgive();
    } else {
      this.#healthySince = undefined;
    }
    this.#state = state;
  }

  /** The host cannot be asked or used: the item is not to blame. */
  wait(fault: Fault): void {
    if (this.#notBefore === 'never') return;
    this.#state = this.#heldSince === undefined ? 'waiting' : 'held';
    this.#fault = fault;
    this.#healthySince = undefined;
  }

  failed(fault: Fault, now: number): void {
    const { code } = fault;
    const blame = blameOf(code);
    this.#fault = fault;
    if (blame === 'host') {
      this.#state = 'waiting';
      this.#pause(now, Math.min(HOST_PAUSE_MS.first * 2 ** this.#hostFailures++, HOST_PAUSE_MS.longest));
      return;
    }
    this.#failures++;
    if (blame === 'asked') {
      this.#notBefore = 'never';
      this.#state = 'given-up';
      this.#note('given-up', { fault: code });
      return;
    }
    this.#pause(now, pauseAfter(this.#failures));
    const isSeldom = this.#failures > PATIENCE.quickTries;
    if (!isSeldom) this.#note('failed', { fault: code });
    else if (this.#failures === PATIENCE.quickTries + 1) this.#note('failing', { fault: code });
    this.#state = isSeldom ? 'failing' : 'backing-off';
  }

  #pause(now: number, ms: number): void {
    this.#notBefore = now + ms;
    this.#pauseMs = ms;
  }
}
