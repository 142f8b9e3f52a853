import { FaultError } from '../../../shared/contract/fault.ts';
import type { Launched } from '../../../shared/domain/launch.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { BrokenRelaunch, RelaunchWay } from '../../../shared/domain/relaunch.ts';
import { listContainers } from '../engine/containers.ts';
import { hasEnded, ownProcess } from '../own-process.ts';
import type { Surroundings } from '../surroundings.ts';
import { brokenRelaunches, type IsUnderWay } from './broken-relaunches.ts';
import { type Replacement, replaceContainer } from './replace-container.ts';
import { settleRelaunch } from './settle-relaunch.ts';

/** A relaunch of another machine's Siloscope, of which nobody here can tell whether it lives, takes no longer. */
const LONGEST_RELAUNCH_MS = 600_000;

/** The relaunches of one host: those under way here, and those that were broken off. */
export class Relaunches {
  readonly #around: Surroundings;
  readonly #isAlive: (processId: number) => boolean;
  /** Docker ids of what is being replaced, or settled. */
  readonly #underWay = new Set<string>();

  constructor(around: Surroundings, isAlive: (processId: number) => boolean) {
    this.#around = around;
    this.#isAlive = isAlive;
  }

  replace(replacement: Replacement, tell: (note: string) => void, signal?: AbortSignal): Promise<Launched> {
    return this.#during(replacement.before.id, () => replaceContainer(this.#around, replacement, tell, signal));
  }

  async broken(signal?: AbortSignal): Promise<BrokenRelaunch[]> {
    return brokenRelaunches(await listContainers(this.#around.connection, { all: true, signal }), this.#isUnderWay);
  }

  /** Rejects with `not-found` where no relaunch of that name was broken off. */
  async settle(
    asked: { readonly name: string; readonly way: RelaunchWay; readonly mayStop: boolean },
    profiles: readonly Profile[],
    tell: (note: string) => void,
    signal?: AbortSignal,
  ): Promise<string> {
    const broken = await this.broken(signal);
    const relaunch = broken.find(({ name, before, after }) => [name, before?.name, after?.name].includes(asked.name));
    if (relaunch === undefined) {
      const known = broken.map(({ name }) => name);
      throw new FaultError({ code: 'not-found', what: 'relaunch that was broken off', name: asked.name, known });
    }
    const id = relaunch.before?.id ?? relaunch.after?.id ?? '';
    return this.#during(id, () =>
      settleRelaunch(this.#around, { relaunch, way: asked.way, mayStop: asked.mayStop, profiles }, tell, signal),
    );
  }

  readonly #isUnderWay: IsUnderWay = ({ of, by = '', at = '' }) => {
    if (this.#underWay.has(of)) return true;
    // This process knows what it does; what it gave up is broken off like that of any other.
    if (by === ownProcess()) return false;
    const ended = hasEnded(by, this.#isAlive);
    return ended === undefined ? this.#around.clock.now() - Date.parse(at) < LONGEST_RELAUNCH_MS : !ended;
  };

  async #during<T>(id: string, act: () => Promise<T>): Promise<T> {
    this.#underWay.add(id);
    try {
      return await act();
    } finally {
      this.#underWay.delete(id);
    }
  }
}
