import { Emitter } from '../../../shared/base/emitter.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { isPredicted } from '../../../shared/domain/evidence-ranks.ts';
import type { GuardMode, GuardState, GuardStatus } from '../../../shared/domain/guard.ts';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import type { JournalEntry } from '../../../shared/domain/journal.ts';
import type { LaunchWarning } from '../../../shared/domain/launch-warning.ts';
import type { Policy } from '../../../shared/domain/policy.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import type { Journal } from '../journal/journal.ts';
import type { Preferences } from '../settings/preferences.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Seen } from '../watching/seen.ts';
import { Guard, type GuardOptions, type GuardSurroundings } from './guard.ts';
import { type JudgedLaunch, judgeLaunch } from './judge-launch.ts';
import { Offenders } from './offenders.ts';

export interface GuardsOptions {
  readonly around: Surroundings;
  readonly journal: Journal;
  readonly known: () => Seen | undefined;
  readonly preferences: Preferences;
}

/** What one client asks to be watched for as long as it listens. */
export interface WatchRequest {
  readonly policy: Policy;
  readonly mode: GuardMode;
  readonly probe: boolean;
  readonly includeRunning: boolean;
}

/** All guards of one host: the one that the settings ask for, and one for each client that watches a policy. */
export class Guards {
  readonly #options: GuardsOptions;
  readonly #changed = new Emitter<GuardStatus>();
  readonly #guards = new Map<string, Guard>();
  readonly #world: GuardSurroundings;
  #count = 0;
  /** Mode and scope of the guard that the settings ask for; one after the other. */
  #kept = '';
  #settling: Promise<unknown> = Promise.resolve();
  #undo: (() => void)[] = [];
  #blind: string | undefined;

  constructor(options: GuardsOptions) {
    this.#options = options;
    this.#world = {
      around: options.around,
      known: options.known,
      note: note => options.journal.note(note),
      offenders: new Offenders(),
      profiles: () => options.preferences.launchProfiles(),
    };
  }

  get status(): GuardStatus {
    return { guards: [...this.#guards.values()].map(guard => guard.state) };
  }

  /** Told whenever a guard has news. Answers the undo. */
  onChanged(listener: (status: GuardStatus) => void): () => void {
    return this.#changed.on(listener);
  }

  /** Begins to follow the journal and the settings. */
  start(): void {
    const { journal, preferences } = this.#options;
    this.#undo = [
      journal.onAppended(entry => this.#hear(entry)),
      preferences.onChanged(what => {
        if (what === 'settings') this.#follow();
        if (what === 'policy') this.#pokeAll();
      }),
    ];
    this.#follow();
  }

  dispose(): void {
    for (const undo of this.#undo.splice(0)) undo();
    for (const guard of this.#guards.values()) guard.dispose();
    this.#guards.clear();
    this.#changed.clear();
  }

  /** Takes in what somebody looked at: it outweighs the rule. */
  inspected(inspection: Inspection): void {
    for (const guard of this.#guards.values()) {
      for (const { device, visibility, proof } of inspection.volumes) {
        if (!isPredicted(proof)) guard.looked(device, visibility);
      }
      guard.inspected(inspection);
    }
  }

  /** Watches a policy until the signal aborts, and answers how things stood. */
  async watch(request: WatchRequest, told: (state: GuardState) => void, signal: AbortSignal): Promise<GuardState> {
    const { policy, ...rest } = request;
    const guard = this.#add({ ...rest, origin: 'watch', policy: () => Promise.resolve(policy) }, told);
    guard.poke();
    await new Promise<void>(resolve => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    this.#remove(guard);
    return guard.state;
  }

  /** Rejects with `launch-against-policy` when a guard turns it down. */
  async requireAllowed(launch: JudgedLaunch): Promise<void> {
    const refusal = await this.#refusalOf(launch);
    if (refusal === undefined) return;
    refusal.guard.refused(launch.plan.name, refusal.fault.summary);
    throw new FaultError(refusal.fault);
  }

  /** What would be refused, for a plan's warnings. */
  async warningsOf(launch: JudgedLaunch): Promise<readonly LaunchWarning[]> {
    try {
      const refusal = await this.#refusalOf(launch);
      return refusal === undefined ? [] : [{ code: 'guard-refuses', why: refusal.fault.summary }];
    } catch (error) {
      // Without a policy that it can read it allows nothing; what is planned can still be looked at.
      if (!(error instanceof FaultError) || error.fault.code !== 'kept-file-not-read') throw error;
      return [{ code: 'guard-refuses', why: wordFault(error.fault).title }];
    }
  }

  async #refusalOf(launch: JudgedLaunch) {
    const at = new Date(this.#options.around.clock.now()).toISOString();
    for (const guard of this.#guards.values()) {
      if (guard.options.mode === 'observe') continue;
      const policy = await guard.options.policy();
      const violation = judgeLaunch(policy, launch, at);
      if (violation === undefined) continue;
      const rule = violation.kind === 'sight' ? violation.rule : undefined;
      const { name, kind, mountPoint } = launch.plan;
      return {
        guard,
        fault: {
          code: 'launch-against-policy' as const,
          name,
          policy: policy.name,
          ...(rule === undefined ? {} : { rule }),
          summary: violation.summary,
          ...(kind === undefined ? {} : { kind }),
          ...(mountPoint === undefined ? {} : { mountPoint }),
          command: [...launch.plan.command],
        },
      };
    }
    return undefined;
  }

  #add(options: Omit<GuardOptions, 'id'>, told: (state: GuardState) => void = () => undefined): Guard {
    const id = `${options.origin}-${++this.#count}`;
    const guard: Guard = new Guard(this.#world, { ...options, id }, state => {
      told(state);
      this.#tell();
    });
    this.#guards.set(id, guard);
    if (this.#blind !== undefined) guard.blind(this.#blind);
    return guard;
  }

  #remove(guard: Guard): void {
    guard.dispose();
    this.#guards.delete(guard.options.id);
    this.#tell();
  }

  /** The guard that the settings ask for. A change of mode is a new guard: what runs by then ran before it. */
  #follow(): void {
    const { preferences } = this.#options;
    this.#settling = this.#settling.then(async () => {
      const { guard: wanted } = await preferences.settings();
      const key = JSON.stringify(wanted);
      if (key === this.#kept) return;
      this.#kept = key;
      for (const guard of this.#guards.values()) if (guard.options.origin === 'settings') this.#remove(guard);
      if (wanted.mode === 'off' || this.#undo.length === 0) return;
      this.#add({
        origin: 'settings',
        mode: wanted.mode,
        policy: async () => (await preferences.policy()).policy,
        probe: false,
        includeRunning: wanted.includeRunning,
      }).poke();
      this.#tell();
    });
    // Settings that cannot be read are told by whoever reads them; the guard stays as it was.
    this.#settling = this.#settling.catch(() => undefined);
  }

  #hear({ what, source, data }: JournalEntry): void {
    if (what === 'engine.lost' || what === 'engine.unreachable' || what === 'host.lost') {
      this.#blind = `${what} ${typeof data?.['code'] === 'string' ? data['code'] : ''}`.trim();
      for (const guard of this.#guards.values()) guard.blind(this.#blind);
    } else if (what === 'engine.connected') {
      this.#blind = undefined;
      for (const guard of this.#guards.values()) guard.blind(undefined);
      this.#pokeAll();
    } else if (source === 'silo' || (source === 'inspection' && what.startsWith('volume.'))) this.#pokeAll();
  }

  #pokeAll(): void {
    for (const guard of this.#guards.values()) guard.poke();
  }

  #tell(): void {
    this.#changed.emit(this.status);
  }
}
