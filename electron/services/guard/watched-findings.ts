import { isWithin } from '../../../shared/base/clock.ts';
import type { GuardFinding } from '../../../shared/domain/guard.ts';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import { judgeFindings, judgesFindings } from '../../../shared/domain/judge-policy.ts';
import type { Policy } from '../../../shared/domain/policy.ts';
import { wordUnlisted } from '../../../shared/wording/word-gap.ts';
import { breachWords } from '../../../shared/wording/word-violation.ts';
import { takeInspection } from '../inspection/take-inspection.ts';
import type { Surroundings } from '../surroundings.ts';

/** However much happens, an inspection is taken no sooner after the last. */
const LEAST_PAUSE_MS = 5_000;
/** Nothing tells of a dead letter, or of a driver that stopped: it is looked at again after that. */
const LONGEST_PAUSE_MS = 60_000;

/** What is made of the last inspection. */
export interface JudgedFindings {
  /** By what they are about. */
  readonly violations: ReadonlyMap<string, Omit<GuardFinding, 'since'>>;
  readonly accepted: number;
  readonly unlisted: readonly string[];
  /** The policy speaks of findings, and none were looked for yet. */
  readonly isPending: boolean;
}

/**
 * Findings under a policy. A look in passing sees volumes only, hence an inspection is taken, one that opens and writes
 * nothing; only where the policy speaks of findings.
 */
export class WatchedFindings {
  readonly #around: Surroundings;
  #last: { readonly inspection: Inspection; readonly at: number } | undefined;

  #isOutdated = true;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Something may have changed since the last one. */
  outdated(): void {
    this.#isOutdated = true;
  }

  /** An inspection that somebody else took, now. */
  take(inspection: Inspection): void {
    this.#last = { inspection, at: this.#around.clock.now() };
    this.#isOutdated = false;
  }

  /** Takes an inspection where one is due. `againMs`: so long until the next; absent: the policy speaks of none. */
  async refresh(policy: Policy, signal: AbortSignal): Promise<{ readonly isNew: boolean; readonly againMs?: number }> {
    if (!judgesFindings(policy)) return { isNew: false };
    const { clock } = this.#around;
    const now = clock.now();
    const pause = this.#isOutdated ? LEAST_PAUSE_MS : LONGEST_PAUSE_MS;
    if (this.#last !== undefined && isWithin(pause, this.#last.at, now)) {
      return { isNew: false, againMs: this.#last.at + pause - now };
    }
    this.#isOutdated = false;
    const options = { probe: false, canary: false, plainUnc: false };
    this.#last = { inspection: await takeInspection(this.#around, options, signal), at: clock.now() };
    return { isNew: true, againMs: this.#isOutdated ? LEAST_PAUSE_MS : LONGEST_PAUSE_MS };
  }

  judge(policy: Policy, at: string): JudgedFindings {
    if (this.#last === undefined || !judgesFindings(policy)) {
      return { violations: new Map(), accepted: 0, unlisted: [], isPending: judgesFindings(policy) };
    }
    const { inspection } = this.#last;
    const judged = judgeFindings(policy, { ...inspection, takenAt: at });
    const word = breachWords(policy, inspection);
    const violations = judged.violations.flatMap(breach => {
      const worded = word(breach);
      const { id, code, volumes, namespaces } = breach.finding;
      const key = id ?? JSON.stringify([code, volumes, namespaces]);
      return worded.kind === 'finding' ? [[key, worded] as const] : [];
    });
    return {
      violations: new Map(violations),
      accepted: judged.accepted.length,
      unlisted: wordUnlisted(inspection),
      isPending: false,
    };
  }
}
