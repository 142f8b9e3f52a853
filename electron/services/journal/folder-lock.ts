import { createHash, randomBytes } from 'node:crypto';
import { readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Clock, sleep } from '../../../shared/base/clock.ts';
import { isAlive } from './is-alive.ts';

/** A holder that has not let go after this time is taken for dead: the work under the lock takes milliseconds. */
const DEAD_AFTER_MS = 30_000;
const FREE = /^lock-free-(\d+)$/;
const HELD = /^lock-held-(\d+)-(\d+)-([0-9a-f]{8})-[0-9a-f]{8}$/;

/**
 * One holder at a time among the processes that share a folder. The lock is a file whose name says who has it; it
 * changes hands by being renamed, which only one of several can do, and its number grows each time, so that nobody takes
 * it from a later holder than the one he saw dead.
 *
 *   free-N ──rename──▶ held-(N+1)-PID ──rename──▶ free-(N+1)
 *                        └──(its process is dead) rename──▶ held-(N+2)-PID'
 */
export class FolderLock {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  #turn: Promise<unknown> = Promise.resolve();

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** Works while it holds the lock; within this process one after the other. */
  hold<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(async () => {
      const held = await this.#take();
      try {
        return await work();
      } finally {
        await this.#release(held);
      }
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #take(): Promise<string> {
    for (let attempt = 0; ; attempt++) {
      const held = await this.#try();
      if (held !== undefined) return held;
      if (attempt > 0) await sleep(this.#clock, 1 + Math.min(attempt, 20) * Math.random());
    }
  }

  async #try(): Promise<string | undefined> {
    const names = await this.#lockFiles();
    const holder = names.find(name => HELD.test(name));
    const from = holder ?? names.find(name => FREE.test(name));
    if (from === undefined) {
      // Two may do so; then both see both below.
      await writeFile(this.#path('lock-free-0'), '', { flag: 'wx' }).catch(ignore('EEXIST'));
      return undefined;
    }
    if (holder !== undefined && !(await this.#isDead(holder))) return undefined;
    const number = Number((HELD.exec(from) ?? FREE.exec(from))?.[1] ?? 0) + 1;
    const own = `lock-held-${number}-${process.pid}-${this.#machine}-${randomBytes(4).toString('hex')}`;
    if (!(await this.#rename(from, own))) return undefined;
    const now = new Date(this.#clock.now());
    await utimes(this.#path(own), now, now);
    const others = (await this.#lockFiles()).filter(name => name !== own);
    if (others.some(name => HELD.test(name))) {
      await rm(this.#path(own), { force: true });
      return undefined;
    }
    for (const name of others) await rm(this.#path(name), { force: true });
    return own;
  }

  /** That it is gone means that somebody took us for dead. One who only looks at it may hinder a rename on Windows. */
  async #release(held: string): Promise<void> {
    const free = `lock-free-${HELD.exec(held)?.[1] ?? 0}`;
    while (!(await this.#rename(held, free)) && (await this.#lockFiles()).includes(held)) await sleep(this.#clock, 2);
  }

  async #isDead(holder: string): Promise<boolean> {
    const [, , pid = '', machine] = HELD.exec(holder) ?? [];
    if (machine === this.#machine && !isAlive(Number(pid))) return true;
    try {
      const { mtimeMs } = await stat(this.#path(holder));
      // From the future: the clock was set back meanwhile.
      return Math.abs(this.#clock.now() - mtimeMs) > DEAD_AFTER_MS;
    } catch {
      return false;
    }
  }

  async #lockFiles(): Promise<string[]> {
    return (await readdir(this.#folder)).filter(name => name.startsWith('lock-'));
  }

  /** False when somebody else was faster. Windows says EPERM or EACCES where two rename one file at once. */
  async #rename(from: string, to: string): Promise<boolean> {
    try {
      await rename(this.#path(from), this.#path(to));
      return true;
    } catch (error) {
      if (['ENOENT', 'EPERM', 'EACCES', 'EBUSY'].some(code => hasCode(error, code))) return false;
      throw error;
    }
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function ignore(code: string): (error: unknown) => void {
  return error => {
    if (!hasCode(error, code)) throw error;
  };
}
