import { faultOf } from '../../../shared/contract/fault.ts';
import type { GuardAct, GuardViolation, NotStopped } from '../../../shared/domain/guard.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Seen } from '../watching/seen.ts';
import { isShown, type LookedCells } from './judge-seen.ts';
import type { Offenders } from './offenders.ts';
import { stopOffender } from './stop-offender.ts';

export interface StoppingSurroundings {
  readonly around: Surroundings;
  readonly offenders: Offenders;
  /** Those that know how a program is asked to end. */
  readonly profiles: () => Promise<readonly Profile[]>;
  /** Aborts when the guard ends. */
  readonly signal: AbortSignal;
  readonly act: (act: Omit<GuardAct, 'at'>) => void;
  /** It may be tried again. */
  readonly poke: () => void;
}

/** What a guard knows when it looks for somebody to stop. */
export interface Known {
  readonly violations: Iterable<GuardViolation>;
  readonly seen: Seen;
  readonly looked: LookedCells;
  /** Docker ids of what may not be stopped, as it ran before. */
  readonly ranBefore: ReadonlySet<string> | undefined;
}

/** Stops what is shown to violate a policy, and says of everybody else once why not. */
export class Stopping {
  readonly #world: StoppingSurroundings;
  /** Containers, or devices without one, of which it was said why nobody is stopped. */
  readonly #explained = new Map<string, NotStopped>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(world: StoppingSurroundings) {
    this.#world = world;
  }

  get isUnderWay(): boolean {
    return this.#underWay.size > 0;
  }

  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  /** Nothing violates the policy any more: what comes next is explained anew. */
  forget(): void {
    this.#explained.clear();
  }

  stopShown({ violations, seen, looked, ranBefore }: Known): void {
    const homes = new Map(seen.volumes.map(({ device, home }) => [device, home]));
    const containers = new Map(seen.namespaces.map(({ id, container }) => [id, container]));
    for (const violation of violations) {
      const home = homes.get(violation.device);
      const container = home === undefined ? undefined : containers.get(home);
      const isProven = home !== undefined && isShown(violation) && isShownAtHome(violation.device, home, looked);
      const why: NotStopped | undefined =
        container === undefined || home === HOST_NAMESPACE
          ? 'no-container'
          : ranBefore?.has(container.id) === true
            ? 'ran-before'
            : isProven
              ? undefined
              : 'not-proven';
      if (why !== undefined || container === undefined) {
        this.#explain(container?.id ?? violation.device, container?.name ?? violation.device, why ?? 'no-container');
        continue;
      }
      if (!this.#world.offenders.take(container.id)) continue;
      const stop = this.#stop(container.id, container.name).finally(() => this.#underWay.delete(stop));
      this.#underWay.add(stop);
    }
  }

  async #stop(id: string, subject: string): Promise<void> {
    const { around, signal, act, profiles } = this.#world;
    act({ what: 'stopping', subject, notes: [] });
    try {
      const stopping = await stopOffender(around, id, await profiles(), signal);
      const notes = [...stopping.notes];
      if (stopping.outcome === 'not-stopped') this.#failed(id, subject, stopping.because, notes);
      else act({ what: 'stopped', subject, notes });
    } catch (error) {
      if (signal.aborted) {
        this.#world.offenders.release(id, { anew: true });
        return;
      }
      const fault = faultOf(error);
      this.#failed(id, subject, 'failed', [fault.code === 'bug' ? fault.message : fault.code]);
    }
  }

  /** It stays taken for a while, ever longer, and may be taken on by another guard as soon as this one ends. */
  #failed(id: string, subject: string, because: NotStopped, notes: string[]): void {
    const { around, offenders, signal, act, poke } = this.#world;
    const { tries, againMs } = offenders.failed(id);
    const nextAt = againMs === undefined ? {} : { nextAt: new Date(around.clock.now() + againMs).toISOString() };
    act({ what: 'not-stopped', subject, because, tries, ...nextAt, notes });
    if (againMs === undefined) act({ what: 'not-stopped', subject, because: 'given-up', tries, notes: [] });
    const release = (): void => {
      timer?.dispose();
      signal.removeEventListener('abort', release);
      offenders.release(id, { anew: signal.aborted });
      if (!signal.aborted) poke();
    };
    const timer = againMs === undefined ? undefined : around.clock.after(againMs, release);
    if (signal.aborted) release();
    else signal.addEventListener('abort', release, { once: true });
  }

  /** Said once, and again when it is for another reason. */
  #explain(offender: string, subject: string, because: NotStopped): void {
    if (this.#explained.get(offender) === because) return;
    this.#explained.set(offender, because);
    this.#world.act({ what: 'not-stopped', subject, because, notes: [] });
  }
}

/** That the volume is this container's is known by more than a rule, too. */
function isShownAtHome(device: string, home: string, looked: LookedCells): boolean {
  const cell = looked.get(device)?.find(({ namespace }) => namespace === home);
  return (
    cell !== undefined && isShown({ visible: cell.visible === 'yes' ? 'yes' : 'unknown', rank: cell.evidence.rank })
  );
}
