import type { Disposable } from '../../../shared/base/disposables.ts';
import { faultOf } from '../../../shared/contract/fault.ts';
import { endOf } from '../../../shared/domain/acceptance.ts';
import type { GuardAct, GuardFinding, GuardMode, GuardState, GuardViolation } from '../../../shared/domain/guard.ts';
import type { Inspection, Visibility } from '../../../shared/domain/inspection.ts';
import type { JournalEntry } from '../../../shared/domain/journal.ts';
import type { Policy } from '../../../shared/domain/policy.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { countExpected } from '../../../shared/wording/violation-count.ts';
import { wordUnlisted } from '../../../shared/wording/word-gap.ts';
import { listContainers } from '../engine/containers.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Seen } from '../watching/seen.ts';
import { ExpectedLooks } from './expected-looks.ts';
import { judgeSeen } from './judge-seen.ts';
import { LookedAt } from './looked-cells.ts';
import type { Offenders } from './offenders.ts';
import { noteFindings, noteSights, type PolicyNotes } from './policy-notes.ts';
import { Stopping } from './stopping.ts';
import { WatchedFindings } from './watched-findings.ts';

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
  /** The user's own, too. */
  readonly profiles: () => Promise<readonly Profile[]>;
}

const MOST_TOLD = 200;
const MOST_ACTS = 20;
/** After a judgement that failed, ever longer; what changes meanwhile is judged at once all the same. */
const JUDGE_AGAIN_MS = [1_000, 5_000, 30_000, 120_000, 600_000] as const;
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
  readonly #expected: ExpectedLooks;
  readonly #stopping: Stopping;
  readonly #inspected: WatchedFindings;
  #violations = new Map<string, GuardViolation>();
  #findings = new Map<string, GuardFinding>();
  #unlisted: readonly string[] = [];
  /** Of the last judgement, ms since the epoch. */
  #judgedMs = 0;
  #failures = 0;
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
    this.#inspected = new WatchedFindings(world.around);
    this.#expected = new ExpectedLooks(world.around, this.#cancel.signal);
    this.#stopping = new Stopping({
      around: world.around,
      offenders: world.offenders,
      profiles: world.profiles,
      signal: this.#cancel.signal,
      act: act => this.#act(act),
      poke: () => this.#judgeSoon(),
    });
  }

  get state(): GuardState {
    const { id, origin, mode } = this.options;
    const violations = [...this.#violations.values()];
    const findings = [...this.#findings.values()];
    return {
      id,
      origin,
      mode,
      policy: this.#policy,
      since: this.#since,
      ...(this.#judgedAt === undefined ? {} : { judgedAt: this.#judgedAt }),
      violations: violations.slice(0, MOST_TOLD),
      findings: findings.slice(0, MOST_TOLD),
      count: violations.length + findings.length,
      expected: countExpected(violations),
      unlisted: this.#unlisted.slice(0, MOST_TOLD),
      accepted: this.#accepted,
      acts: this.#acts.slice(-MOST_ACTS),
      ...(this.#trouble === undefined ? {} : { trouble: this.#trouble }),
    };
  }

  /** Something may have changed. */
  poke(): void {
    this.#inspected.outdated();
    this.#judgeSoon();
  }

  #judgeSoon(): void {
    this.#isDue = true;
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
      if (this.#isDue && !this.#cancel.signal.aborted) this.#judgeSoon();
    });
  }

  /** Resolves when nothing is left to judge, look at or stop. */
  async settled(): Promise<void> {
    while (this.#working !== undefined || this.#stopping.isUnderWay) {
      await this.#working;
      await this.#stopping.settled();
    }
  }

  /** Cells of an inspection or a look: they outweigh the rule while volume and viewer are there. */
  looked(device: string, cells: Iterable<Visibility>): void {
    const seen = this.#world.known();
    if (seen === undefined) return;
    this.#looked.take(device, cells, seen);
    this.#judgeSoon();
  }

  /** Somebody inspected: what that found need not be looked for again. */
  inspected(inspection: Inspection): void {
    this.#inspected.take(inspection);
    this.#judgeSoon();
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
        this.#failures = 0;
        if (this.#trouble?.what === 'failed') this.#recover();
      } catch (error) {
        if (this.#cancel.signal.aborted) return;
        const fault = faultOf(error);
        this.#inTrouble('failed', fault.code === 'bug' ? fault.message : fault.code);
        this.#judgeAgainLater();
      }
    }
  }

  #judgeAgainLater(): void {
    const pause = JUDGE_AGAIN_MS[Math.min(this.#failures++, JUDGE_AGAIN_MS.length - 1)] ?? LONGEST_TIMER_MS;
    this.#timer?.dispose();
    this.#timer = this.#world.around.clock.after(pause, () => this.#judgeSoon());
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
    if (this.options.mode === 'stop') {
      const known = { seen, looked: this.#looked.present(seen), ranBefore: this.#ranBefore };
      this.#stopping.stopShown({ violations: this.#violations.values(), ...known });
    }
    // Last, as it takes longest: whoever is to be stopped does not wait for it.
    const inspected = await this.#inspected.refresh(policy, this.#cancel.signal);
    if (this.#cancel.signal.aborted) return;
    if (inspected.isNew) this.#judge(policy, seen);
    if (inspected.againMs !== undefined) pauses.push(inspected.againMs);
    this.#scheduleNext(policy, pauses);
  }

  /** Nothing tells of a first look that finds no volume: it is waited for, ever more patiently. */
  #awaitFirstLook(): void {
    this.#timer?.dispose();
    this.#timer = this.#world.around.clock.after(this.#patienceMs, () => this.#judgeSoon());
    this.#patienceMs = Math.min(this.#patienceMs * 2, LONGEST_PATIENCE_MS);
  }

  #judge(policy: Policy, seen: Seen): void {
    this.#judgedMs = this.#world.around.clock.now();
    const at = new Date(this.#judgedMs).toISOString();
    const sights = judgeSeen(policy, seen, this.#looked.present(seen), at);
    const findings = this.#inspected.judge(policy, at);
    const before = { sights: this.#violations, findings: this.#findings };
    this.#policy = policy.name;
    this.#accepted = sights.accepted + findings.accepted;
    if (!findings.isPending) this.#judgedAt = at;
    this.#violations = since(sights.violations, before.sights, at);
    this.#findings = since(findings.violations, before.findings, at);
    this.#unlisted = [...new Set([...wordUnlisted(seen), ...findings.unlisted])];
    noteSights(this.#notes(), before.sights, this.#violations);
    noteFindings(this.#notes(), before.findings, this.#findings);
    this.#expected.keep(this.#violations);
    if (this.#violations.size === 0) this.#stopping.forget();
    this.#tell();
  }

  #notes(): PolicyNotes {
    return { policy: this.#policy, note: (what, subject, data) => this.#note(what, subject, data) };
  }

  #lookAtExpected(seen: Seen): Promise<number[]> {
    return this.#expected.look(this.#violations, seen, (device, cells) => {
      this.#looked.take(device, cells, seen);
      this.#isDue = true;
    });
  }

  /** An acceptance ends without anybody's doing, and what gave no answer may give one later. */
  #scheduleNext(policy: Policy, pauses: readonly number[]): void {
    const { clock } = this.#world.around;
    const now = clock.now();
    // By the moment of the judgement: one that has ended since then is yet to be judged.
    const inForce = (policy.acceptances ?? []).filter(one => endOf(one) > this.#judgedMs);
    const ends = inForce.map(one => Math.max(0, endOf(one) - now));
    const waits = [...ends, ...pauses].map(ms => Math.min(ms, LONGEST_TIMER_MS));
    this.#timer?.dispose();
    this.#timer = waits.length === 0 ? undefined : clock.after(Math.min(...waits), () => this.#judgeSoon());
  }

  #act(act: Omit<GuardAct, 'at'>): void {
    this.#acts.push({ at: this.#now(), ...act });
    if (this.#acts.length > MOST_ACTS) this.#acts.shift();
    const { what, subject, because, tries, nextAt, notes } = act;
    const told = notes.length === 0 ? {} : { notes };
    this.#note(`guard.${what}`, subject, { policy: this.#policy, because, tries, nextAt, ...told });
    this.#tell();
  }

  #inTrouble(what: 'blind' | 'failed', reason: string): void {
    if (this.#trouble?.what === what && this.#trouble.reason === reason) return;
    // That nothing is seen says more than that something could not be asked.
    if (what === 'failed' && this.#trouble?.what === 'blind') return;
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

/** What was known before keeps the moment from which it is known. */
function since<T extends object>(
  judged: ReadonlyMap<string, Omit<T, 'since'>>,
  before: ReadonlyMap<string, { readonly since: string }>,
  at: string,
): Map<string, Omit<T, 'since'> & { since: string }> {
  return new Map([...judged].map(([key, one]) => [key, { ...one, since: before.get(key)?.since ?? at }]));
}
