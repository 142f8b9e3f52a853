import type { Duplex } from 'node:stream';
import type { Host } from '../../electron/hosts/host.ts';
import { linkedPair } from '../../electron/hosts/linked-pair.ts';
import type { JournalFiles } from '../../electron/services/journal/journal-files.ts';
import type { Sealer } from '../../electron/services/secrets/sealer.ts';
import type { Files } from '../../electron/services/settings/files.ts';
import { type Clock, sleep } from '../../shared/base/clock.ts';
import { type Disposable, disposable } from '../../shared/base/disposables.ts';

const NOTHING: Disposable = { dispose: () => undefined };

/** What is wrong with the world as one process sees it; changed by whoever plays fate. */
export interface Weather {
  /** The disk that Siloscope writes to takes nothing. */
  isDiskFull: boolean;
  /** The folder that Siloscope keeps everything in is not there: a drive that was pulled out. */
  isHomeGone: boolean;
  /** A scanner holds every file that was just written: none can be written to or replaced. */
  isScanned: boolean;
  /** The engine takes connections and requests, and answers none. */
  isEngineHung: boolean;
  /** Each piece of an answer of the engine takes so long, ms. */
  engineDelayMs: number;
  /** Something answers in the engine's place, and makes no sense. */
  isEngineMangled: boolean;
  /** What seals secrets does not open any: a keyring that nobody has unlocked. */
  isLocked: boolean;
}

/** Nothing is wrong. */
export const CLEAR: Weather = {
  isDiskFull: false,
  isHomeGone: false,
  isScanned: false,
  isEngineHung: false,
  engineDelayMs: 0,
  isEngineMangled: false,
  isLocked: false,
};

/**
 * One process of Siloscope: its clock, its host and its files, all of which it loses at once when it is killed. From then on
 * no timer of it fires, nothing it was told arrives, and nothing it meant to write is written.
 */
export class OneLife {
  #isOver = false;
  #isSpilling = false;
  #hasRead = false;
  readonly #timers = new Set<Disposable>();
  readonly #connections = new Set<Duplex>();
  readonly #weather: Weather;
  readonly #clock: Clock;

  constructor(weather: Weather, clock: Clock) {
    this.#weather = weather;
    this.#clock = this.clock(clock);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** The last line could not be written: what the journal tells is in memory only, and ends with the process. */
  get isSpilling(): boolean {
    return this.#isSpilling;
  }

  /** It knows what was written before it began; not so where its folder was gone then. */
  get hasRead(): boolean {
    return this.#hasRead;
  }

  kill(): void {
    this.#isOver = true;
    for (const timer of this.#timers) timer.dispose();
    for (const connection of this.#connections) connection.destroy();
    this.#timers.clear();
    this.#connections.clear();
  }

  clock(real: Clock): Clock {
    return {
      now: () => real.now(),
      after: (ms, act) => {
        if (this.#isOver) return NOTHING;
        const timer = real.after(ms, () => {
          held.dispose();
          act();
        });
        const held = disposable(() => {
          timer.dispose();
          this.#timers.delete(held);
        });
        this.#timers.add(held);
        return held;
      },
    };
  }

  host(real: Host): Host {
    const alive = <T>(act: () => Promise<T>): Promise<T> => this.#unlessOver(act);
    const { elevation } = real;
    return {
      id: real.id,
      facts: real.facts,
      ...(elevation === undefined ? {} : { elevation }),
      objects: {
        list: (path, signal) => alive(() => real.objects.list(path, signal)),
        readLink: (path, signal) => alive(() => real.objects.readLink(path, signal)),
      },
      run: (argv, options) => alive(() => real.run(argv, options)),
      dialEngine: signal => alive(async () => this.#slowed(await real.dialEngine(signal))),
      probe: (target, options) => alive(() => real.probe(target, options)),
      onLost: listener => real.onLost(listener),
      dispose: () => Promise.resolve(),
    };
  }

  files(real: Files): Files {
    const alive = <T>(act: () => Promise<T>): Promise<T> => this.#unlessOver(() => this.#unlessGone(act));
    const write = <T>(act: () => Promise<T>): Promise<T> => alive(() => this.#unlessFull(act));
    return {
      read: name => alive(() => real.read(name)),
      replace: (name, text) => write(() => real.replace(name, text)),
      copy: (from, to) => write(() => real.copy(from, to)),
      remove: name => alive(() => real.remove(name)),
      locked: work => alive(() => real.locked(work)),
    };
  }

  journalFiles(real: JournalFiles): JournalFiles {
    const alive = <T>(act: () => Promise<T>): Promise<T> => this.#unlessOver(() => this.#unlessGone(act));
    return {
      folder: real.folder ?? '',
      names: () =>
        alive(async () => {
          const names = await real.names();
          this.#hasRead = true;
          return names;
        }),
      size: name => alive(() => real.size(name)),
      read: (name, start, length) => alive(() => real.read(name, start, length)),
      append: (name, bytes, isNew) =>
        alive(async () => {
          this.#isSpilling = this.#weather.isDiskFull || this.#weather.isScanned;
          await this.#unlessFull(() => real.append(name, bytes, isNew));
        }),
      remove: name => alive(() => real.remove(name)),
      // The disk's own business, and slow.
      sync: () => Promise.resolve(),
      locked: work => {
        if (this.#weather.isHomeGone) this.#isSpilling = true;
        return alive(() => real.locked(work));
      },
    };
  }

  sealer(real: Sealer): Sealer {
    return {
      kind: real.kind,
      refuses: async () => (this.#weather.isLocked ? 'no-encryption' : real.refuses()),
      seal: text => real.seal(text),
      open: sealed => real.open(sealed),
    };
  }

  async #unlessOver<T>(act: () => Promise<T>): Promise<T> {
    if (this.#isOver) return never();
    const result = await act().catch((error: unknown) => (this.#isOver ? never<T>() : Promise.reject(error)));
    return this.#isOver ? never() : result;
  }

  #unlessGone<T>(act: () => Promise<T>): Promise<T> {
    return this.#weather.isHomeGone ? refused('EIO', 'i/o error') : act();
  }

  #unlessFull<T>(act: () => Promise<T>): Promise<T> {
    if (this.#weather.isScanned) return refused('EBUSY', 'resource busy or locked');
    return this.#weather.isDiskFull ? refused('ENOSPC', 'no space left on device') : act();
  }

  /** A connection whose bytes are held back while the engine hangs, and which ends with the process. */
  #slowed(far: Duplex): Duplex {
    const [near, middle] = linkedPair();
    const weather = this.#weather;
    const held: Buffer[] = [];
    const pass = (bytes: Buffer): void => {
      held.push(bytes);
      if (!weather.isEngineHung) for (const piece of held.splice(0)) far.write(piece);
    };
    middle.on('data', pass);
    middle.on('end', () => far.end());
    let before: Promise<unknown> = Promise.resolve();
    let waiting = 0;
    const answer = (act: () => void): void => {
      if (weather.engineDelayMs === 0 && waiting === 0) {
        act();
        return;
      }
      waiting++;
      before = before
        .then(() => sleep(this.#clock, weather.engineDelayMs))
        .then(() => {
          waiting--;
          act();
        });
    };
    far.on('data', (bytes: Buffer) => answer(() => middle.write(weather.isEngineMangled ? MANGLED : bytes)));
    far.on('end', () => answer(() => middle.end()));
    far.once('close', () => middle.destroy());
    middle.once('close', () => far.destroy());
    for (const end of [near, middle, far]) end.on('error', () => undefined);
    this.#connections.add(near);
    near.once('close', () => this.#connections.delete(near));
    return near;
  }
}

const refused = (code: string, what: string): Promise<never> =>
  Promise.reject(Object.assign(new Error(`${code}: ${what}`), { code }));

/** Half of an answer, by something that is no engine. */
const MANGLED = Buffer.from(
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\nConnection: close\r\n\r\n[{"Id":null',
);

/** What a process that is no more is told. */
const never = <T>(): Promise<T> => new Promise(() => undefined);
