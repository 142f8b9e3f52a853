import { KnownGaps } from './journal-state-data.ts';

/** Who told it is not known: an older Siloscope did, or the last of those who watched, and who has ended. */
const NOBODY = '';

type Told = Readonly<Record<string, unknown>>;

/**
 * What could not be listed, by who looked. Several processes write one journal, and one may look where another has no right
 * to: only what none of those who watch could list is missing. Who looks once and goes counts while nobody watches.
 */
export class GapsBySeer {
  readonly #told = new Map<string, KnownGaps>();
  readonly #watchers: ReadonlySet<string>;

  constructor(watchers: ReadonlySet<string>) {
    this.#watchers = watchers;
  }

  data(): (KnownGaps & { by: string })[] {
    return Array.from(this.#told, ([by, gaps]) => ({ by, ...gaps }));
  }

  take(by: string, gaps: KnownGaps): void {
    if (!this.#watchers.has(by)) this.#forgetPassing();
    this.#told.set(by, gaps);
  }

  /** Takes in what a line says; one that makes no sense changes nothing. */
  apply(sequence: number, data: Told, by = seerOf(data)): void {
    const gaps = KnownGaps.safeParse({ ...data, since: sequence }).data;
    if (gaps !== undefined) this.take(by, gaps);
  }

  /** It is about to be no watcher any more: while others are, its word counts no longer. */
  ending(by: string): void {
    const last = this.all();
    this.#told.delete(by);
    if (last === undefined || [...this.#told.keys()].some(one => this.#watchers.has(one))) return;
    this.take(NOBODY, last);
  }

  clear(): void {
    this.#told.clear();
  }

  /** What none of them could list; undefined: nobody has told. */
  all(): KnownGaps | undefined {
    const watching = [...this.#told].flatMap(([by, gaps]) => (this.#watchers.has(by) ? [gaps] : []));
    const [first, ...others] = watching.length > 0 ? watching : this.#told.values();
    if (first === undefined) return undefined;
    const best = others.reduce((one, other) => (countOf(other) < countOf(one) ? other : one), first);
    // Who has counted more than it named may have met each of another's.
    const whole = [best, ...others, first]
      .filter(({ more }) => more === 0)
      .map(gaps => new Set(gaps.first.map(nameOf)));
    return { ...best, first: best.first.filter(gap => whole.every(names => names.has(nameOf(gap)))) };
  }

  /** Whether a line adds nothing. Who watches is to be known by its own word; of others one word is enough. */
  isKnown(data: Told): boolean {
    const by = seerOf(data);
    if (this.#watchers.has(by)) return isSame(this.#told.get(by), data);
    return [this.all(), ...this.#told.values()].some(known => isSame(known, data));
  }

  #forgetPassing(): void {
    for (const by of this.#told.keys()) if (!this.#watchers.has(by)) this.#told.delete(by);
  }
}

const isSame = (known: KnownGaps | undefined, told: Told): boolean =>
  known !== undefined && JSON.stringify([known.first, known.more]) === JSON.stringify([told['first'], told['more']]);
const countOf = ({ first, more }: KnownGaps): number => first.length + more;
const nameOf = ({ namespace, what }: KnownGaps['first'][number]): string => `${namespace} ${what}`;
const seerOf = ({ by }: Told): string => (typeof by === 'string' ? by : NOBODY);
