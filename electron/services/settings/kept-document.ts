import type { z } from 'zod';
import type { Clock } from '../../../shared/base/clock.ts';
import { type Fault, FaultError } from '../../../shared/contract/fault.ts';
import { placeOfValue } from '../../../shared/domain/json-place.ts';
import { readJsonText } from '../../../shared/domain/json-text.ts';
import type { SettingsNotice } from '../../../shared/domain/settings.ts';
import type { Files } from './files.ts';
import { keepUnknown } from './keep-unknown.ts';

/** What a file holds, and what is known of it. */
interface Reading<T> {
  readonly value: T;
  readonly raw: unknown;
}

/**
 * One JSON file that people may read and edit, kept so that no crash loses it: replaced in one step (`replaceFile`), then
 * copied as the last good one. A file that does not parse is put aside, and the last good copy takes its place; at no
 * moment is there none. What this version does not know in it stays in it.
 *
 *   saved:   replace <name> ─▶ replace <name>.last
 *   spoilt:  copy <name> to <name>.broken-<time> ─▶ copy <name>.last to <name>, or remove <name> where none is good
 */
export class KeptDocument<S extends z.ZodType> {
  readonly #files: Files;
  readonly #clock: Clock;
  readonly #name: string;
  readonly #schema: S;
  readonly #told: (notice: SettingsNotice) => void;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    files: Files,
    clock: Clock,
    name: string,
    schema: S,
    /** Told of each file that had to be put aside. */
    told: (notice: SettingsNotice) => void,
  ) {
    this.#files = files;
    this.#clock = clock;
    this.#name = name;
    this.#schema = schema;
    this.#told = told;
  }

  /** The content, or undefined when nothing was ever saved. Read anew each time: another program may have changed it. */
  read(): Promise<z.output<S> | undefined> {
    return this.#next(() => this.#read());
  }

  /** Saves what `change` makes of the present content. One after the other, so that no change is lost, here or in another process. */
  update(change: (present: z.output<S> | undefined) => z.input<S>): Promise<z.output<S>> {
    const save = async (): Promise<z.output<S>> => {
      const present = await this.#readWhole();
      const next = this.#schema.parse(change(present?.value));
      const whole = keepUnknown(present?.raw, present?.value, next);
      const text = `${JSON.stringify(whole, undefined, 2)}\n`;
      await this.#files.replace(this.#name, text);
      // The change is safe by now; a copy that cannot be made is made at the next occasion.
      await this.#files.replace(`${this.#name}.last`, text).catch(() => undefined);
      return next;
    };
    return this.#next(() =>
      this.#files.locked(save).catch((error: unknown) => {
        throw unwritable(error, this.#shown());
      }),
    );
  }

  #next<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(act);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #read(): Promise<z.output<S> | undefined> {
    return (await this.#readWhole())?.value;
  }

  async #readWhole(): Promise<Reading<z.output<S>> | undefined> {
    const text = await this.#files.read(this.#name).catch((error: unknown) => {
      throw unwritable(error, this.#shown());
    });
    if (text === undefined) return undefined;
    const parsed = this.#parse(text);
    return 'reason' in parsed ? this.#recover(parsed.reason) : parsed;
  }

  /** What is wrong is told by its place, and never by what stands there: it may be nobody else's business. */
  #parse(text: string): Reading<z.output<S>> | { readonly reason: string } {
    const reading = readJsonText(text);
    if ('mistake' in reading) {
      const { line, column, expected } = reading.mistake;
      return { reason: `line ${line}, column ${column}: expected ${expected}` };
    }
    const parsed = this.#schema.safeParse(reading.value);
    if (parsed.success) return { value: parsed.data, raw: reading.value };
    const [issue] = parsed.error.issues;
    const { line, column } = placeOfValue(text, issue?.path ?? []);
    return { reason: `line ${line}, column ${column}, ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` };
  }

  async #recover(reason: string): Promise<Reading<z.output<S>> | undefined> {
    const time = new Date(this.#clock.now()).toISOString().replaceAll(':', '-');
    const aside = `${this.#name}.broken-${time}`;
    const last = await this.#files.read(`${this.#name}.last`).catch(() => undefined);
    const parsed = last === undefined ? undefined : this.#parse(last);
    const good = parsed !== undefined && 'value' in parsed ? parsed : undefined;
    const isAside = await this.#files.copy(this.#name, aside).then(
      () => true,
      () => false,
    );
    if (isAside) {
      const healed =
        good === undefined ? this.#files.remove(this.#name) : this.#files.copy(`${this.#name}.last`, this.#name);
      await healed.catch(() => undefined);
    }
    this.#told({
      file: this.#name,
      ...(isAside ? { setAside: aside } : {}),
      recovered: good === undefined ? 'defaults' : 'last-good',
      reason: reason.slice(0, 500),
    });
    return good;
  }

  #shown(): string {
    const { folder } = this.#files;
    return folder === undefined ? this.#name : `${this.#name} in ${folder}`;
  }
}

/** Why a file can be neither read nor written. */
function unwritable(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const fault: Fault | undefined =
    error.code === 'ENOSPC' || error.code === 'EDQUOT'
      ? { code: 'disk-full', path: file, raw: error.message }
      : ['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EISDIR', 'ENOTDIR'].includes(String(error.code))
        ? { code: 'access-denied', what: file, raw: error.message }
        : undefined;
  return fault === undefined ? error : new FaultError(fault, { cause: error });
}
