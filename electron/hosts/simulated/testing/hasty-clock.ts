import type { Clock } from '../../../../shared/base/clock.ts';
import type { Disposable } from '../../../../shared/base/disposables.ts';
import { PlayedClock } from './played-clock.ts';

/** A clock that nobody has to move: whenever all else has come to rest, the next appointment comes at once. */
export class HastyClock implements Clock {
  readonly #played: PlayedClock;
  #isPlaying = false;

  constructor(start = Date.now()) {
    this.#played = new PlayedClock(start);
  }

  now(): number {
    return this.#played.now();
  }

  after(ms: number, act: () => void): Disposable {
    const handle = this.#played.after(ms, act);
    if (!this.#isPlaying) void this.#play();
    return handle;
  }

  async #play(): Promise<void> {
    this.#isPlaying = true;
    while (await this.#played.playNext());
    this.#isPlaying = false;
  }
}
