import type { JournalNote } from '../../../shared/domain/journal.ts';
import type { KnownSecret } from '../../../shared/domain/list-secrets.ts';
import type { UnmaskedSecret } from '../../../shared/domain/secret-masking.ts';
import { isTooShort } from '../../../shared/domain/secret-parts.ts';
import { type ValueMask, valueMask } from './value-mask.ts';

/** What keeps secrets, as far as it is asked here. */
export interface ValueSource {
  known(): Promise<readonly KnownSecret[]>;
  open(name: string): Promise<string>;
}

/** A secret as it was opened; `value` undefined: it could not be. */
interface Opened {
  readonly changedAt: string | undefined;
  readonly value: string | undefined;
}

/**
 * The values that this process knows: those that are kept and can be opened here, and those that its launches handed
 * over. They are taken out of what programs print, wherever that is shown, kept or passed on.
 */
export class KnownValues {
  readonly #source: ValueSource;
  readonly #opened = new Map<string, Opened>();
  /** What launches of this process handed over: their programs may print it as long as they run, and their logs stay. */
  readonly #used = new Map<string, Set<string>>();
  #mask = valueMask([]);
  #first: Promise<void> | undefined;

  constructor(source: ValueSource) {
    this.#source = source;
  }

  /** By what is known now. */
  get mask(): ValueMask {
    return this.#mask;
  }

  /** A launch hands over this value of the secret of that name. */
  use(name: string, value: string): void {
    const values = this.#used.get(name) ?? new Set<string>();
    if (values.has(value)) return;
    this.#used.set(name, values.add(value));
    this.#remake();
  }

  /** Opens what is kept once, for whoever needs no later word. Never rejects. */
  ready(): Promise<void> {
    this.#first ??= this.refresh();
    return this.#first;
  }

  /** Opens what is new or was changed, and lets go what was forgotten. Never rejects: what cannot be opened is told by `unmasked`. */
  async refresh(): Promise<void> {
    const kept = await this.#source.known().catch(() => []);
    const names = new Set(kept.map(({ name }) => name));
    let isNew = false;
    for (const name of this.#opened.keys()) if (!names.has(name)) isNew = this.#opened.delete(name) || isNew;
    for (const { name, changedAt, state } of kept) {
      const before = this.#opened.get(name);
      if (before !== undefined && before.changedAt === changedAt && before.value !== undefined) continue;
      const value = state === 'locked' ? undefined : await this.#source.open(name).catch(() => undefined);
      this.#opened.set(name, { changedAt, value });
      isNew = true;
    }
    if (isNew) this.#remake();
  }

  /** Secrets that may be printed as they are; `given`: names of those that containers were given. */
  unmasked(given: Iterable<string>): readonly UnmaskedSecret[] {
    const names = [...new Set([...this.#opened.keys(), ...this.#used.keys(), ...given])].sort();
    return names.flatMap((name): UnmaskedSecret[] => {
      const opened = this.#opened.get(name);
      const values = [...(this.#used.get(name) ?? []), ...(opened?.value === undefined ? [] : [opened.value])];
      if (values.some(isTooShort)) return [{ name, because: 'too-short' }];
      if (opened !== undefined && opened.value === undefined) return [{ name, because: 'locked' }];
      return values.length === 0 ? [{ name, because: 'unknown' }] : [];
    });
  }

  /** What the journal gets to keep. */
  note(note: JournalNote): JournalNote {
    if (this.#mask.isIdle) return note;
    const { subject, data } = note;
    const kept = data === undefined ? {} : { data: this.#mask.json(data) as NonNullable<JournalNote['data']> };
    return { ...note, subject: this.#mask.text(subject), ...kept };
  }

  #remake(): void {
    const kept = [...this.#opened.values()].flatMap(({ value }) => value ?? []);
    const used = [...this.#used.values()].flatMap(values => [...values]);
    this.#mask = valueMask([...kept, ...used]);
  }
}
