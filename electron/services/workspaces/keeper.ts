import { type Clock, sleep } from '../../../shared/base/clock.ts';
import { type Disposable, DisposableStore } from '../../../shared/base/disposables.ts';
import { Emitter } from '../../../shared/base/emitter.ts';
import { type Fault, faultOf } from '../../../shared/contract/fault.ts';
import type { WorkspaceStatus } from '../../../shared/contract/workspace-status.ts';
import type { Workspace, WorkspaceItem } from '../../../shared/domain/workspace.ts';
import type { Ground, LeftBehind } from './ground.ts';
import { type Found, judgeItem } from './judge-item.ts';
import { type ItemEvent, KeptItem, type NoteItem } from './kept-item.ts';

/** Something that happened to an item, for the timeline. */
export interface ItemNote {
  readonly what: ItemEvent;
  readonly workspace: string;
  readonly item: string;
  readonly fault?: string;
  readonly left?: LeftBehind;
}

/** Nothing tells of a volume that stopped answering: so each is asked now and then. */
const HEALTH_MS = 30_000;
/** Hints come in swarms: one pass for all of them. */
const SETTLE_MS = 250;
/** When the host cannot be asked, nobody may tell that it can again. */
const WAIT_MS = { first: 1_000, longest: 30_000 } as const;

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
  readonly #items = new Map<string, KeptItem>();
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
      items: this.#workspace.items.map(item => this.#of(item.name).status(item.name, this.#ground.left(item))),
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
    for (const kept of this.#items.values()) kept.forgive();
    this.touch();
  }

  /** Wants it from now on, and everything tried anew at once. */
  keep(): void {
    this.#isKept = true;
    for (const kept of this.#items.values()) {
      kept.forgive();
      kept.unhold();
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
    kept.hold(elsewhere ? this.#clock.now() : 'here');
    this.touch();
    return () => {
      kept.unhold();
      this.touch();
    };
  }

  /** Something happened. `isNewHost`: the engine or the FSD came back, so that old failures say nothing. */
  touch(afterMs = SETTLE_MS, isNewHost = false): void {
    if (isNewHost) {
      this.#waits = 0;
      for (const kept of this.#items.values()) kept.retryOnHost();
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
    for (const kept of this.#items.values()) kept.doubtStop(this.#clock.now());
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
    for (const { name } of this.#workspace.items) this.#of(name).wait(fault);
  }

  async #attend(item: WorkspaceItem, found: Found): Promise<void> {
    const kept = this.#of(item.name);
    const { givenUpFor } = kept;
    if (givenUpFor !== undefined && this.#isKept && (await this.#ground.isMended(item, givenUpFor))) kept.forgive();
    const now = this.#clock.now();
    const decision = judgeItem(kept.seeThrough(found), kept.memory(this.#isKept, now), now);
    if (decision.act === 'none') {
      kept.rest(decision.state, now);
      return;
    }
    kept.launching();
    this.#tell();
    const signal = this.#ended.signal;
    try {
      const left =
        decision.act === 'replace'
          ? await this.#ground.remove(this.#workspace, item, signal)
          : decision.act === 'recover'
            ? await this.#ground.clear(this.#workspace, item, signal)
            : undefined;
      // Somebody else has seen to it meanwhile: the next pass looks what came of it.
      if (left === 'changed') return;
      if (left === 'cut') this.#note(item.name, 'cut');
      else if (left !== undefined) this.#note(item.name, 'unwritten', { left });
      await this.#ground.launch(this.#workspace, item, signal);
      kept.launched(this.#clock.now());
    } catch (error) {
      if (this.#held.ended) return;
      kept.failed(faultOf(error), this.#clock.now());
    }
  }

  #nextIn(): number {
    const now = this.#clock.now();
    if (this.#waits > 0 && this.#isKept) return Math.min(WAIT_MS.first * 2 ** (this.#waits - 1), WAIT_MS.longest);
    const due = this.#workspace.items.flatMap(({ name }) => {
      const at = this.#of(name).due;
      return at === undefined ? [] : [at === 'soon' ? SETTLE_MS : Math.max(SETTLE_MS, at - now)];
    });
    return this.#isKept ? Math.min(HEALTH_MS, ...due) : Number.POSITIVE_INFINITY;
  }

  #of(name: string): KeptItem {
    const there = this.#items.get(name);
    if (there !== undefined) return there;
    const made = new KeptItem((event, more) => this.#note(name, event, more));
    this.#items.set(name, made);
    return made;
  }

  #note(item: string, what: ItemEvent, more: Parameters<NoteItem>[1] = {}): void {
    this.#noted.emit({ what, workspace: this.#workspace.name, item, ...more });
  }

  #tell(): void {
    const { status } = this;
    const text = JSON.stringify(status);
    if (text === this.#told) return;
    this.#told = text;
    this.#changed.emit(status);
  }
}
