import type { Disposable } from '../../../shared/base/disposables.ts';
import { FaultError, faultOf } from '../../../shared/contract/fault.ts';
import { endOf } from '../../../shared/domain/acceptance.ts';
import type { GuardAct, GuardMode, GuardState, GuardViolation, NotStopped } from '../../../shared/domain/guard.ts';
import type { Visibility } from '../../../shared/domain/inspection.ts';
import type { JournalEntry } from '../../../shared/domain/journal.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import type { Policy } from '../../../shared/domain/policy.ts';
import { listContainers } from '../engine/containers.ts';
import { lookAtVolume } from '../inspection/look-at-volume.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Seen } from '../watching/seen.ts';
import { isShown, judgeSeen } from './judge-seen.ts';
import { LookedAt } from './looked-cells.ts';
import type { Offenders } from './offenders.ts';
import { stopOffender } from './stop-offender.ts';

export interface GuardOptions {
  readonly id: string;
  readonly origin: GuardState['origin'];
  readonly mode: GuardMode;
  /** Asked at each judgement: it may have been changed. */
  readonly policy: () => Promise<Policy>;
  /** Opens what is expected to violate the policy, to see whether it does. In the mode `stop` it always does. */
  readonly probe: boolean;
  /** May stop what ran before the guard did. */
  readonly includeRunning: boolean;
}

/** What a guard works with. */
export interface GuardSurroundings {
  readonly around: Surroundings;
  readonly known: () => Seen | undefined;
  readonly note: (note: Pick<JournalEntry, 'source' | 'what' | 'subject' | 'data'>) => void;
  /** Shared by all guards: nobody is stopped twice. */
  readonly offenders: Offenders;
}

const MOST_TOLD = 200;
const MOST_ACTS = 20;
/** Of a first judgement that finds hundreds, the journal gets so many lines. */
const MOST_NOTES = 50;
/** Pauses between looks at what gave no clear answer. */
const TRY_AGAIN_MS = [5_000, 30_000] as const;
/** An offender that could not be stopped is taken on again after this. */
const STOP_AGAIN_MS = 30_000;
const LONGEST_TIMER_MS = 86_400_000;
const LONGEST_PATIENCE_MS = 5_000;

/**
 * Watches a policy. It judges each time something may have changed, one judgement after the other; what becomes known
 * meanwhile is judged next. In the mode `stop` an offender is looked at first: a rule alone stops nobody.
 *
 *   poke ─▶ judge ─▶ told ─▶ look at what is only expected ─▶ judge ─▶ stop what is shown
 */
export class Guard implements Disposable {
  readonly options: GuardOptions;
  readonly #world: GuardSurroundings;
  readonly #told: (state: GuardState) => void;
  readonly #cancel = new AbortController();
  readonly #since: string;
  readonly #looked = new LookedAt();
  readonly #acts: GuardAct[] = [];
  /** Looks at a violation so far, and from when another may be made. */
  readonly #tries = new Map<string, { readonly count: number; readonly nextAt: number }>();
  /** Containers, or devices without one, of which it was said why nobody is stopped. */
  readonly #explained = new Map<string, NotStopped>();
  readonly #stopping = new Set<Promise<void>>();
  #violations = new Map<string, GuardViolation>();
  #accepted = 0;
  #policy = '';
  #judgedAt: string | undefined;
  #trouble: GuardState['trouble'];
  /** Docker ids of what ran before; undefined until the engine has told. */
  #ranBefore: ReadonlySet<string> | undefined;
  #patienceMs = 50;
  #isDue = false;
  #working: Promise<void> | undefined;
  #timer: Disposable | undefined;

  constructor(world: GuardSurroundings, options: GuardOptions, told: (state: GuardState) => void) {
    this.#world = world;
    this.options = options;
    this.#told = told;
    this.#since = this.#now();
  }

  get state(): GuardState {
    const { id, origin, mode } = this.options;
    const violations = [...this.#violations.values()];
    return {
      id,
      origin,
      mode,
      policy: this.#policy,
      since: this.#since,
      ...(this.#judgedAt === undefined ? {} : { judgedAt: this.#judgedAt }),
      violations: violations.slice(0, MOST_TOLD),
      count: violations.length,
      accepted: this.#accepted,
      acts: this.#acts.slice(-MOST_ACTS),
      ...(this.#trouble === undefined ? {} : { trouble: this.#trouble }),
    };
  }

  /** Something may have changed. */
  poke(): void {
    this.#isDue = true;
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
      if (this.#isDue && !this.#cancel.signal.aborted) this.poke();
    });
  }

  /** Resolves when nothing is left to judge, look at or stop. */
  async settled(): Promise<void> {
    while (this.#working !== undefined || this.#stopping.size > 0) {
      await this.#working;
      await Promise.all(this.#stopping);
    }
  }

  /** Cells of an inspection or a look: they outweigh the rule while volume and viewer are there. */
  looked(device: string, cells: Iterable<Visibility>): void {
    const seen = this.#world.known();
    if (seen === undefined) return;
    this.#looked.take(device, cells, seen);
    this.poke();
  }

  /** The engine is out of reach (why), or back: without it nothing is seen. */
  blind(reason: string | undefined): void {
    if (reason !== undefined) this.#inTrouble('blind', reason);
    else if (this.#trouble?.what === 'blind') this.#recover();
  }

  /** A launch was turned down on account of this guard. */
  refused(subject: string, note: string): void {
    this.#act({ what: 'refused', subject, notes: [note] });
  }

  dispose(): void {
    this.#cancel.abort();
    this.#timer?.dispose();
  }

  async #work(): Promise<void> {
    while (this.#isDue && !this.#cancel.signal.aborted) {
      this.#isDue = false;
      try {
        await this.#learnWhoRanBefore();
        await this.#round();
        if (this.#trouble?.what === 'failed') this.#recover();
      } catch (error) {
        if (this.#cancel.signal.aborted) return;
        const fault = faultOf(error);
        this.#inTrouble('failed', fault.code === 'bug' ? fault.message : fault.code);
      }
    }
  }

  /** Taken at the first occasion, so that what ran before the guard is never mistaken for what came after. */
  async #learnWhoRanBefore(): Promise<void> {
    const { mode, includeRunning } = this.options;
    if (mode !== 'stop' || includeRunning || this.#ranBefore !== undefined) return;
    const listed = await listContainers(this.#world.around.connection, { all: false, signal: this.#cancel.signal });
    this.#ranBefore = new Set(listed.map(({ ref }) => ref.id));
  }

  async #round(): Promise<void> {
    const policy = await this.options.policy();
    const seen = this.#world.known();
    if (this.#cancel.signal.aborted) return;
    if (seen === undefined) {
      this.#awaitFirstLook();
      return;
    }
    this.#world.offenders.keep(new Set(seen.namespaces.flatMap(({ container }) => container?.id ?? [])));
    this.#judge(policy, seen);
    const pauses = this.options.mode === 'stop' || this.options.probe ? await this.#lookAtExpected(seen) : [];
    if (this.#isDue || this.#cancel.signal.aborted) return;
    if (this.options.mode === 'stop') this.#stopShown(seen);
    this.#scheduleNext(policy, pauses);
  }

  /** Nothing tells of a first look that finds no volume: it is waited for, ever more patiently. */
  #awaitFirstLook(): void {
    this.#timer?.dispose();
    this.#timer = this.#world.around.clock.after(this.#patienceMs, () => this.poke());
    this.#patienceMs = Math.min(this.#patienceMs * 2, LONGEST_PATIENCE_MS);
  }

  #judge(policy: Policy, seen: Seen): void {
    const at = this.#now();
    const judged = judgeSeen(policy, seen, this.#looked.present(seen), at);
    const before = this.#violations;
    const next = new Map<string, GuardViolation>();
    for (const [key, violation] of judged.violations) {
      next.set(key, { ...violation, since: before.get(key)?.since ?? at });
    }
    this.#policy = policy.name;
    this.#accepted = judged.accepted;
    this.#judgedAt = at;
    this.#violations = next;
    this.#noteChanges(before, next);
    for (const key of this.#tries.keys()) if (!next.has(key)) this.#tries.delete(key);
    if (next.size === 0) this.#explained.clear();
    this.#tell();
  }

  #noteChanges(before: ReadonlyMap<string, GuardViolation>, now: ReadonlyMap<string, GuardViolation>): void {
    const fresh = [...now].filter(([key]) => !before.has(key));
    const over = [...before].filter(([key]) => !now.has(key));
    for (const [what, changed] of [
      ['policy.violated', fresh],
      ['policy.restored', over],
    ] as const) {
      for (const [, { device, container, uncPrefix, viewer, viewers, rule, rank }] of changed.slice(0, MOST_NOTES)) {
        this.#note(what, device, {
          policy: this.#policy,
          container,
          uncPrefix,
          seenFrom: viewer,
          viewers,
          ...(rule === undefined ? {} : { rule: rule + 1 }),
          rank,
        });
      }
      const more = changed.length - MOST_NOTES;
      if (more > 0) this.#note(what, this.#policy, { policy: this.#policy, more });
    }
  }

  /** Looks at violations that are only expected, and answers how long to wait before the next look at some. */
  async #lookAtExpected(seen: Seen): Promise<number[]> {
    const pauses: number[] = [];
    for (const [key, violation] of this.#violations) {
      if (isShown(violation)) continue;
      const { count, nextAt } = this.#tries.get(key) ?? { count: 0, nextAt: 0 };
      const now = this.#world.around.clock.now();
      if (now < nextAt) pauses.push(nextAt - now);
      if (now < nextAt || count > TRY_AGAIN_MS.length) continue;
      const cells = await this.#lookAt(violation.device, seen);
      if (this.#cancel.signal.aborted) return [];
      this.#tries.set(key, { count: count + 1, nextAt: now + (TRY_AGAIN_MS[count] ?? LONGEST_TIMER_MS) });
      if (cells === undefined) continue;
      this.#looked.take(violation.device, cells, seen);
      this.#isDue = true;
    }
    return pauses;
  }

  /** Undefined: it is gone, or nobody could look. Opens it by its provider, and writes nothing. */
  async #lookAt(device: string, seen: Seen): Promise<readonly Visibility[] | undefined> {
    const { signal } = this.#cancel;
    try {
      const look = { device, canary: false, plainUnc: false };
      return (await lookAtVolume(this.#world.around, look, seen.volumes, signal)).cells;
    } catch (error) {
      if (!(error instanceof FaultError) || error.fault.code === 'bug') throw error;
      return undefined;
    }
  }

  #stopShown(seen: Seen): void {
    const homes = new Map(seen.volumes.map(({ device, home }) => [device, home]));
    const containers = new Map(seen.namespaces.map(({ id, container }) => [id, container]));
    for (const violation of this.#violations.values()) {
      const home = homes.get(violation.device);
      const container = home === undefined ? undefined : containers.get(home);
      const isProven = home !== undefined && isShown(violation) && this.#isShownAtHome(violation.device, home, seen);
      const why: NotStopped | undefined =
        container === undefined || home === HOST_NAMESPACE
          ? 'no-container'
          : this.#ranBefore?.has(container.id) === true
            ? 'ran-before'
            : isProven
              ? undefined
              : 'not-proven';
      if (why !== undefined || container === undefined) {
        this.#explain(container?.id ?? violation.device, container?.name ?? violation.device, why ?? 'no-container');
        continue;
      }
      if (!this.#world.offenders.take(container.id)) continue;
      const stop = this.#stop(container.id, container.name).finally(() => this.#stopping.delete(stop));
      this.#stopping.add(stop);
    }
  }

  /** That the volume is this container's is known by more than a rule, too. */
  #isShownAtHome(device: string, home: string, seen: Seen): boolean {
    const cell = this.#looked
      .present(seen)
      .get(device)
      ?.find(({ namespace }) => namespace === home);
    return (
      cell !== undefined && isShown({ visible: cell.visible === 'yes' ? 'yes' : 'unknown', rank: cell.evidence.rank })
    );
  }

  async #stop(id: string, name: string): Promise<void> {
    this.#act({ what: 'stopping', subject: name, notes: [] });
    try {
      const stopping = await stopOffender(this.#world.around, id, this.#cancel.signal);
      const notes = [...stopping.notes];
      if (stopping.outcome === 'not-stopped') {
        this.#stopAgainLater(id);
        this.#act({ what: 'not-stopped', subject: name, because: stopping.because, notes });
      } else {
        this.#act({ what: 'stopped', subject: name, notes });
      }
    } catch (error) {
      this.#stopAgainLater(id);
      if (this.#cancel.signal.aborted) return;
      const fault = faultOf(error);
      const notes = [fault.code === 'bug' ? fault.message : fault.code];
      this.#act({ what: 'not-stopped', subject: name, because: 'failed', notes });
    }
  }

  /** It stays taken for a while, and may be taken on by another guard as soon as this one ends. */
  #stopAgainLater(id: string): void {
    const { signal } = this.#cancel;
    const release = (): void => {
      timer.dispose();
      signal.removeEventListener('abort', release);
      this.#world.offenders.release(id);
      if (!signal.aborted) this.poke();
    };
    const timer = this.#world.around.clock.after(STOP_AGAIN_MS, release);
    if (signal.aborted) release();
    else signal.addEventListener('abort', release, { once: true });
  }

  /** Said once, and again when it is for another reason. */
  #explain(offender: string, subject: string, because: NotStopped): void {
    if (this.#explained.get(offender) === because) return;
    this.#explained.set(offender, because);
    this.#act({ what: 'not-stopped', subject, because, notes: [] });
  }

  /** An acceptance ends without anybody's doing, and what gave no answer may give one later. */
  #scheduleNext(policy: Policy, pauses: readonly number[]): void {
    const { clock } = this.#world.around;
    const now = clock.now();
    const ends = (policy.acceptances ?? []).map(one => endOf(one) - now).filter(ms => ms > 0);
    const waits = [...ends, ...pauses].map(ms => Math.min(ms, LONGEST_TIMER_MS));
    this.#timer?.dispose();
    this.#timer = waits.length === 0 ? undefined : clock.after(Math.min(...waits), () => this.poke());
  }

  #act(act: Omit<GuardAct, 'at'>): void {
    this.#acts.push({ at: this.#now(), ...act });
    if (this.#acts.length > MOST_ACTS) this.#acts.shift();
    const { what, subject, because, notes } = act;
    this.#note(`guard.${what}`, subject, { policy: this.#policy, because, ...(notes.length === 0 ? {} : { notes }) });
    this.#tell();
  }

  #inTrouble(what: 'blind' | 'failed', reason: string): void {
    if (this.#trouble?.what === what && this.#trouble.reason === reason) return;
    this.#trouble = { what, since: this.#now(), reason };
    this.#note(`guard.${what}`, this.options.id, { policy: this.#policy, reason });
    this.#tell();
  }

  #recover(): void {
    this.#trouble = undefined;
    this.#note('guard.recovered', this.options.id, { policy: this.#policy });
    this.poke();
    this.#tell();
  }

  #note(what: string, subject: string, data: Record<string, unknown>): void {
    const told = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
    this.#world.note({ source: 'inspection', what, subject, data: told });
  }

  #tell(): void {
    if (!this.#cancel.signal.aborted) this.#told(this.state);
  }

  #now(): string {
    return new Date(this.#world.around.clock.now()).toISOString();
  }
}
