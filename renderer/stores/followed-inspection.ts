import type { Inspection } from '../../shared/domain/inspection.ts';
import { type FindAnew, LiveInspection } from '../../shared/domain/live-inspection.ts';
import { isSame } from '../../shared/domain/same-sights.ts';
import type { SightsChanged } from '../../shared/domain/sights-changed.ts';

/** What became of namespaces and volumes, with the revision of the news; without it the news does not tell. */
export interface SightNews {
  readonly revision: number;
  readonly sights: SightsChanged | undefined;
}

/** What is to be shown, and whether that is all. */
export interface Heard {
  readonly shown: Inspection | undefined;
  readonly isMissed: boolean;
}

/**
 * An inspection, then what came after it. News that overtakes an inspection under way is applied to the answer once more: each
 * says how something is now, so that to hear it twice does no harm.
 */
export class FollowedInspection {
  #live: LiveInspection | undefined;
  #revision: number | undefined;
  #late: SightsChanged[] | undefined;
  readonly #find: FindAnew | undefined;

  /** `find`: what becomes of the findings; absent: they stay. */
  constructor(find?: FindAnew) {
    this.#find = find;
  }

  /** An inspection is asked for. */
  begin(): void {
    this.#late = [];
  }

  /** The asking failed: what is known goes on. */
  abandon(): void {
    this.#late = undefined;
  }

  /** The answer, with what was told since it was asked for. */
  settle(answer: Inspection): Inspection {
    const late = this.#late ?? [];
    this.#late = undefined;
    this.#live = undefined;
    return late.reduce((known, sights) => this.#apply(known, sights), answer);
  }

  /** `shown` after the news; `isMissed`: some was missed, or this does not tell, so that all is to be asked anew. */
  hear({ revision, sights }: SightNews, shown: Inspection | undefined): Heard {
    const isNext = this.#revision === undefined || revision === this.#revision + 1;
    // An old one, told again after a link was cut.
    if (this.#revision !== undefined && revision <= this.#revision) return { shown, isMissed: false };
    this.#revision = revision;
    if (sights === undefined || !isNext) return { shown, isMissed: true };
    if (isSame(sights)) return { shown, isMissed: false };
    this.#late?.push(sights);
    return { shown: shown && this.#apply(shown, sights), isMissed: false };
  }

  /** What was known is of another host. */
  forget(): void {
    this.#live = undefined;
    this.#revision = undefined;
    this.#late = undefined;
  }

  /** A look at one cell may have changed what is shown: then it is followed from there. */
  #apply(shown: Inspection, sights: SightsChanged): Inspection {
    if (this.#live?.inspection !== shown) this.#live = new LiveInspection(shown, this.#find);
    return this.#live.apply(sights);
  }
}
