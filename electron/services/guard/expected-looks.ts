import { FaultError } from '../../../shared/contract/fault.ts';
import type { GuardViolation } from '../../../shared/domain/guard.ts';
import type { Visibility } from '../../../shared/domain/inspection.ts';
import { lookAtVolume } from '../inspection/look-at-volume.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Seen } from '../watching/seen.ts';
import { isShown } from './judge-seen.ts';

/** Pauses between looks at what gave no clear answer. */
const TRY_AGAIN_MS = [5_000, 30_000] as const;
/** After the last look nothing more is tried while the violation stands. */
const LAST_MS = 86_400_000;

/** Takes the cells that a look at a volume came to. */
type Take = (device: string, cells: readonly Visibility[]) => void;

/** Looks at violations that are only expected: a few times each, by the volume's provider, and writes nothing. */
export class ExpectedLooks {
  readonly #around: Surroundings;
  readonly #signal: AbortSignal;
  /** Looks at a violation so far, and from when another may be made, in ms since the epoch. */
  readonly #tries = new Map<string, { readonly count: number; readonly nextAt: number }>();

  constructor(around: Surroundings, signal: AbortSignal) {
    this.#around = around;
    this.#signal = signal;
  }

  /** Violations that are no more are forgotten: should one come back, it is looked at again. */
  keep(violations: ReadonlyMap<string, unknown>): void {
    for (const key of this.#tries.keys()) if (!violations.has(key)) this.#tries.delete(key);
  }

  /** Looks at those whose turn it is, one after the other. Answers how long to wait before the next look at some, in ms. */
  async look(violations: ReadonlyMap<string, GuardViolation>, among: Seen, take: Take): Promise<number[]> {
    const pauses: number[] = [];
    for (const [key, violation] of violations) {
      if (isShown(violation)) continue;
      const { count, nextAt } = this.#tries.get(key) ?? { count: 0, nextAt: 0 };
      const now = this.#around.clock.now();
      if (now < nextAt) pauses.push(nextAt - now);
      if (now < nextAt || count > TRY_AGAIN_MS.length) continue;
      const cells = await this.#lookAt(violation.device, among);
      if (this.#signal.aborted) return [];
      this.#tries.set(key, { count: count + 1, nextAt: now + (TRY_AGAIN_MS[count] ?? LAST_MS) });
      if (cells !== undefined) take(violation.device, cells);
    }
    return pauses;
  }

  /** Undefined: it is gone, or nobody could look. */
  async #lookAt(device: string, among: Seen): Promise<readonly Visibility[] | undefined> {
    try {
      const look = { device, canary: false, plainUnc: false };
      return (await lookAtVolume(this.#around, look, among.volumes, this.#signal)).cells;
    } catch (error) {
      if (!(error instanceof FaultError) || error.fault.code === 'bug') throw error;
      return undefined;
    }
  }
}
