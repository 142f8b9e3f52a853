import { type Clock, sleep } from '../../../shared/base/clock.ts';
import { type Disposable, DisposableStore } from '../../../shared/base/disposables.ts';
import { Emitter } from '../../../shared/base/emitter.ts';
import { type Fault, faultOf } from '../../../shared/contract/fault.ts';
import type { ItemStatus, WorkspaceStatus } from '../../../shared/contract/workspace-status.ts';
import type { Unwritten } from '../../../shared/domain/launch.ts';
import type { ItemState, Workspace, WorkspaceItem } from '../../../shared/domain/workspace.ts';
import { blameOf, type Found, judgeItem, PATIENCE, pauseAfter } from './judge-item.ts';

/** All that keeping a workspace needs of the world. Every call may reject with a fault. */
export interface Ground {
  /** What stands under these names, in one look. Rejects when the engine cannot be asked. */
  look(workspace: Workspace, signal: AbortSignal): Promise<ReadonlyMap<string, Found>>;
  launch(workspace: Workspace, item: WorkspaceItem, signal: AbortSignal): Promise<void>;
  /** Removes a container of the workspace that has ended, or puts it aside. Answers what may be unwritten. */
  remove(workspace: Workspace, item: WorkspaceItem, signal: AbortSignal): Promise<LeftBehind | undefined>;
  /** The same for one whose volume is gone already: it is stopped first. */
  clear(workspace: Workspace, item: WorkspaceItem, signal: AbortSignal): Promise<LeftBehind | undefined>;
  /** Names of the containers that are put aside of an item, as the last look found them. */
  left(item: WorkspaceItem): readonly string[];
  /** Whether what an item was given up for has been seen to since, by whoever. */
  isMended(item: WorkspaceItem, fault: Fault): Promise<boolean>;
}

/** What a container may not have written to where it keeps it. */
export interface LeftBehind {
  /** What the container is called now; absent: it is gone, and with it what it held. */
  readonly kept?: string;
  /** As its program told; absent: it could not be asked. */
  readonly unwritten?: readonly Unwritten[];
  /** How its stop went. */
  readonly notes: readonly string[];
}

/** Something that happened to an item, for the timeline. */
export interface ItemNote {
  readonly what: 'unwritten' | 'relaunched' | 'failed' | 'failing' | 'given-up' | 'not-answering' | 'recovered';
  readonly workspace: string;
  readonly item: string;
  readonly fault?: string;
  readonly left?: LeftBehind;
}

/** Nothing tells of a volume that stopped answering: so each is asked now and then. */
const HEALTH_MS = 30_000;
/** Hints come in swarms: one pass for all of them. */
const SETTLE_MS = 250;
/** When the host is not ready, nobody may tell that it is again. A launch that is refused leaves its marks, a look does not. */
const WAIT_MS = { first: 1_000, longest: 30_000, longestLaunch: 300_000 } as const;
/** An engine that goes down stops its containers so long before it is gone. */
const DOUBT_MS = 60_000;
/** A volume that is silent once may only be busy. */
const SILENT_LOOKS = 2;

interface Kept {
  state: ItemState;
  fault: Fault | undefined;
  failures: number;
  notBefore: number | 'never';
  relaunches: number;
  /** Failures that were the host's. */
  hostFailures: number;
  /** A person stopped it: through us, or at the time given, in ms, by other means. */
  heldSince: number | 'here' | undefined;
  wasRunning: boolean;
  healthySince: number | undefined;
  silent: number;
}

const fresh = (): Kept => ({
  state: 'idle',
  fault: undefined,
  failures: 0,
  notBefore: 0,
  relaunches: 0,
  hostFailures: 0,
  heldSince: undefined,
  wasRunning: false,
  healthySince: undefined,
  silent: 0,
});

/**
 * Keeps one workspace as it is wanted: looks, decides by `judgeItem`, acts, one pass at a time. Events of the engine are
 * hints that bring the next pass forward; each pass reads the truth anew, so that a missed event costs time and
 * nothing else.
 */
export class Keeper implements Disposable {
  readonly #clock: Clock;
  readonly #ground: Ground;
  readonly #held = new DisposableStore();
  readonly #ended = new AbortController();
  readonly #changed = new Emitter<WorkspaceStatus>();
  readonly #noted = new Emitter<ItemNote>();
  readonly #items = new Map<string, Kept>();
  #workspace: Workspace;
  #isKept = false;
  #timer: Disposable | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #turn: Promise<void> = Promise.resolve();
  #isBusy = false;
  #waits = 0;
  #told = '';

  constructor(workspace: Workspace, ground: Ground, clock: Clock) {
    this.#workspace = workspace;
    this.#ground = ground;
    this.#clock = clock;
    this.#held.defer(() => this.#timer?.dispose());
  }

  get status(): WorkspaceStatus {
    return {
      workspace: this.#workspace,
      kept: this.#isKept,
      items: this.#workspace.items.map(item => this.#statusOf(item)),
    };
  }

  onChanged(listener: (status: WorkspaceStatus) => void): () => void {
    return this.#changed.on(listener);
  }

  onNoted(listener: (note: ItemNote) => void): () => void {
    return this.#noted.on(listener);
  }

  /** Another form of the same workspace: what runs is left as it is until it is launched the next time. */
  change(workspace: Workspace): void {
    this.#workspace = workspace;
    for (const kept of this.#items.values()) this.#forgive(kept);
    this.touch();
  }

  /** Wants it from now on, and everything tried anew at once. */
  keep(): void {
    this.#isKept = true;
    for (const kept of this.#items.values()) {
      this.#forgive(kept);
      kept.heldSince = undefined;
    }
    this.touch(0);
  }

  /** Wants it no longer. What runs goes on; a launch under way is finished. */
  release(): void {
    this.#isKept = false;
    this.touch(0);
  }

  /**
   * A person stops that container: it is left alone until the workspace is started again. `elsewhere`: not through us,
   * so that an engine which goes down, stopping all containers, looks the same at first. Answers the undo.
   */
  hold(container: string, elsewhere = false): () => void {
    const item = this.#workspace.items.find(({ name }) => name.toLowerCase() === container.toLowerCase());
    if (item === undefined || !this.#isKept) return () => undefined;
    const kept = this.#of(item.name);
    if (kept.heldSince !== 'here') kept.heldSince = elsewhere ? this.#clock.now() : 'here';
    this.touch();
    return () => {
      kept.heldSince = undefined;
      this.touch();
    };
  }

  /** Something happened. `isNewHost`: the engine or the FSD came back, so that old failures say nothing. */
  touch(afterMs = SETTLE_MS, isNewHost = false): void {
    if (isNewHost) {
      this.#waits = 0;
      for (const kept of this.#items.values()) {
        if (kept.notBefore !== 'never') kept.notBefore = 0;
        kept.hostFailures = 0;
      }
      this.#doubtStops();
    }
    this.#schedule(afterMs);
  }

  /** The engine went away, however long for: it is nobody's wish that what it stopped just before stays so. */
  engineLost(): void {
    this.#doubtStops();
    this.touch();
  }

  /** One pass now, after any that is under way. Resolves when it is over. */
  pass(): Promise<void> {
    this.#turn = this.#turn.then(() => (this.#held.ended ? undefined : this.#pass()));
    return this.#turn;
  }

  /** Waits until every item has come to rest: running, or known to need something. */
  async settled(signal: AbortSignal): Promise<WorkspaceStatus> {
    for (;;) {
      await this.pass();
      const { items } = this.status;
      if (items.every(({ state }) => state !== 'launching' && state !== 'stopping')) return this.status;
      await sleep(this.#clock, SETTLE_MS, signal);
    }
  }

  dispose(): void {
    this.#ended.abort();
    this.#held.dispose();
    this.#changed.clear();
    this.#noted.clear();
  }

  #doubtStops(): void {
    for (const kept of this.#items.values()) {
      if (typeof kept.heldSince !== 'number' || this.#clock.now() - kept.heldSince >= DOUBT_MS) continue;
      kept.heldSince = undefined;
    }
  }

  #schedule(ms: number): void {
    const at = this.#clock.now() + ms;
    if (this.#held.ended || at >= this.#dueAt) return;
    this.#timer?.dispose();
    this.#dueAt = at;
    this.#timer = this.#clock.after(ms, () => {
      this.#dueAt = Number.POSITIVE_INFINITY;
      // A pass that is under way has its own last word on when to look again.
      if (this.#isBusy) this.#schedule(SETTLE_MS);
      else void this.pass();
    });
  }

  async #pass(): Promise<void> {
    this.#isBusy = true;
    try {
      const found = await this.#ground.look(this.#workspace, this.#ended.signal);
      this.#waits = 0;
      for (const item of this.#workspace.items) {
        if (this.#held.ended) return;
        await this.#attend(item, found.get(item.name) ?? 'nothing');
      }
    } catch (error) {
      if (this.#held.ended) return;
      this.#wait(faultOf(error));
    } finally {
      this.#isBusy = false;
    }
    this.#tell();
    this.#schedule(this.#nextIn());
  }

  /** The host cannot be asked or used: no item is to blame. */
  #wait(fault: Fault): void {
    this.#waits++;
    if (!this.#isKept) return;
    for (const { name } of this.#workspace.items) {
      const kept = this.#of(name);
      if (kept.notBefore === 'never') continue;
      kept.state = kept.heldSince === undefined ? 'waiting' : 'held';
      kept.fault = fault;
      kept.healthySince = undefined;
    }
  }

  async #attend(item: WorkspaceItem, found: Found): Promise<void> {
    const kept = this.#of(item.name);
    if (kept.notBefore === 'never' && this.#isKept && kept.fault !== undefined) {
      if (await this.#ground.isMended(item, kept.fault)) this.#forgive(kept);
    }
    const now = this.#clock.now();
    const seen = this.#seeThrough(kept, found);
    const decision = judgeItem(
      seen,
      {
        isWanted: this.#isKept,
        isHeld: kept.heldSince !== undefined,
        failures: kept.failures,
        notBefore: kept.notBefore,
      },
      now,
    );
    if (decision.act === 'none') {
      this.#rest(item, kept, decision.state, now);
      return;
    }
    kept.healthySince = undefined;
    kept.state = 'launching';
    this.#tell();
    const signal = this.#ended.signal;
    try {
      const left =
        decision.act === 'replace'
          ? await this.#ground.remove(this.#workspace, item, signal)
          : decision.act === 'recover'
            ? await this.#ground.clear(this.#workspace, item, signal)
            : undefined;
      if (left !== undefined) this.#note('unwritten', item, { left });
      await this.#ground.launch(this.#workspace, item, signal);
      if (kept.wasRunning) {
        kept.relaunches++;
        this.#note('relaunched', item);
      }
      this.#rest(item, kept, 'running', this.#clock.now());
    } catch (error) {
      if (this.#held.ended) return;
      this.#failed(item, kept, faultOf(error));
    }
  }

  #rest(item: WorkspaceItem, kept: Kept, state: ItemState, now: number): void {
    if (state === 'not-answering' && kept.state !== state) this.#note('not-answering', item);
    if (state === 'running') {
      if (kept.state === 'not-answering') this.#note('recovered', item);
      kept.wasRunning = true;
      kept.hostFailures = 0;
      kept.fault = undefined;
      kept.healthySince ??= now;
      if (now - kept.healthySince >= PATIENCE.steadyMs) this.#forgive(kept);
    } else {
      kept.healthySince = undefined;
    }
    kept.state = state;
  }

  #failed(item: WorkspaceItem, kept: Kept, fault: Fault): void {
    const { code } = fault;
    const blame = blameOf(code);
    kept.fault = fault;
    if (blame === 'host') {
      kept.state = 'waiting';
      kept.notBefore = this.#clock.now() + Math.min(WAIT_MS.first * 2 ** kept.hostFailures++, WAIT_MS.longestLaunch);
      return;
    }
    kept.failures++;
    if (blame === 'asked') {
      kept.notBefore = 'never';
      kept.state = 'given-up';
      this.#note('given-up', item, { fault: code });
      return;
    }
    kept.notBefore = this.#clock.now() + pauseAfter(kept.failures);
    const isSeldom = kept.failures > PATIENCE.quickTries;
    if (!isSeldom) this.#note('failed', item, { fault: code });
    else if (kept.failures === PATIENCE.quickTries + 1) this.#note('failing', item, { fault: code });
    kept.state = isSeldom ? 'failing' : 'backing-off';
  }

  /** Silence once is no news; until it is repeated, the volume counts as it did. */
  #seeThrough(kept: Kept, found: Found): Found {
    kept.silent = found === 'silent' ? kept.silent + 1 : 0;
    return found === 'silent' && kept.silent < SILENT_LOOKS && kept.state === 'running' ? 'healthy' : found;
  }

  #nextIn(): number {
    const now = this.#clock.now();
    const states = this.#workspace.items.map(({ name }) => this.#of(name));
    if (this.#waits > 0 && this.#isKept) return Math.min(WAIT_MS.first * 2 ** (this.#waits - 1), WAIT_MS.longest);
    const due = states.flatMap(({ state, notBefore }) => {
      if (state === 'launching' || state === 'stopping') return [SETTLE_MS];
      if ((state === 'backing-off' || state === 'failing' || state === 'waiting') && notBefore !== 'never') {
        return [Math.max(SETTLE_MS, notBefore - now)];
      }
      return [];
    });
    return this.#isKept ? Math.min(HEALTH_MS, ...due) : Number.POSITIVE_INFINITY;
  }

  #forgive(kept: Kept): void {
    kept.failures = 0;
    kept.notBefore = 0;
  }

  #of(name: string): Kept {
    const there = this.#items.get(name);
    if (there !== undefined) return there;
    const made = fresh();
    this.#items.set(name, made);
    return made;
  }

  #statusOf(item: WorkspaceItem): ItemStatus {
    const { name } = item;
    const left = this.#ground.left(item);
    const { state, fault, failures, notBefore, relaunches } = this.#of(name);
    const isPending = state === 'backing-off' || state === 'failing';
    return {
      name,
      state,
      ...(fault === undefined ? {} : { fault }),
      failures,
      ...(isPending && notBefore !== 'never' ? { nextAt: new Date(notBefore).toISOString() } : {}),
      relaunches,
      ...(left.length === 0 ? {} : { unwritten: [...left] }),
    };
  }

  #note(what: ItemNote['what'], { name }: WorkspaceItem, more: Pick<ItemNote, 'fault' | 'left'> = {}): void {
    this.#noted.emit({ what, workspace: this.#workspace.name, item: name, ...more });
  }

  #tell(): void {
    const { status } = this;
    const text = JSON.stringify(status);
    if (text === this.#told) return;
    this.#told = text;
    this.#changed.emit(status);
  }
}
