import type { z } from 'zod';
import type { Clock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { isJsonRecord } from '../../../shared/domain/json-path.ts';
import { placeOfValue } from '../../../shared/domain/json-place.ts';
import { readJsonText } from '../../../shared/domain/json-text.ts';
import { isLaterRelease } from '../../../shared/domain/release-version.ts';
import type { SchemaIssue } from '../../../shared/domain/schema-issue.ts';
import type { SettingsNotice } from '../../../shared/domain/settings.ts';
import { codeOf, placeFault } from '../../disk/place-fault.ts';
import type { Files } from './files.ts';
import { keepUnknown } from './keep-unknown.ts';
import { type LeftEntries, leftEntries, noticeOf, type WholeFile } from './not-taken.ts';
import { keyOf, readTolerantly } from './read-tolerantly.ts';

/** What a file holds, and what is known of it. */
interface Reading<T> extends WholeFile {
  readonly value: T;
}

/** Why no value could be made of a text. */
interface Spoilt {
  readonly reason: string;
  /** Set where a newer version wrote it: then nothing is wrong with it. */
  readonly newer?: string;
}

export interface KeptDocumentOptions {
  /** This version of Siloscope: written into the file. */
  readonly version?: string | undefined;
  /** All of it counts or nothing: a part that is left out would change what the rest means, as with rules. */
  readonly whole?: boolean;
}

/**
 * One JSON file that people may read and edit, kept so that no crash loses it: replaced in one step (`replaceFile`), then
 * copied as the last good one. A file that is spoilt is put aside, and the last good copy takes its place; at no
 * moment is there none. What this version does not know in it stays in it, and is told (`notices`): keys are read over,
 * and an entry that says more than this version can follow is left alone.
 *
 *   saved:   replace <name> ─▶ replace <name>.last
 *   spoilt:  copy <name> to <name>.broken-<time> ─▶ copy <name>.last to <name>, or remove <name> where none is good
 *   of a newer version, and nothing can be made of it; or `whole`, and no copy is good:  left as it is, a fault
 */
export class KeptDocument<S extends z.ZodType> {
  readonly #files: Files;
  readonly #clock: Clock;
  readonly #name: string;
  readonly #schema: S;
  readonly #told: (notice: SettingsNotice) => void;
  readonly #options: KeptDocumentOptions;
  #notice: SettingsNotice | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    files: Files,
    clock: Clock,
    name: string,
    schema: S,
    /** Told of each file that had to be put aside. */
    told: (notice: SettingsNotice) => void,
    options: KeptDocumentOptions = {},
  ) {
    this.#files = files;
    this.#clock = clock;
    this.#name = name;
    this.#schema = schema;
    this.#told = told;
    this.#options = options;
  }

  /** What of the file was not taken up when it was read last; undefined: nothing. */
  get notice(): SettingsNotice | undefined {
    return this.#notice;
  }

  /** The content, or undefined when nothing was ever saved. Read anew each time: another program may have changed it. */
  read(): Promise<z.output<S> | undefined> {
    return this.#next(async () => (await this.#readWhole())?.value);
  }

  /** Saves what `change` makes of the present content. `renamed`: what an entry of a new name was called before. One after the other, so that no change is lost, here or in another process. */
  update(
    change: (present: z.output<S> | undefined, left: LeftEntries) => z.input<S>,
    renamed?: ReadonlyMap<string, string>,
  ): Promise<z.output<S>> {
    const save = async (): Promise<z.output<S>> => {
      const present = await this.#readWhole();
      const left = new Set(present?.notTaken.filter(({ what }) => what === 'entry').map(({ path }) => keyOf(path)));
      const next = this.#schema.parse(change(present?.value, leftEntries(present)));
      const whole = this.#signed(keepUnknown(present?.raw, present?.value, next, left, renamed), present);
      const text = `${JSON.stringify(whole, undefined, 2)}\n`;
      await this.#files.replace(this.#name, text);
      // The change is safe by now; a copy that cannot be made is made at the next occasion.
      await this.#files.replace(`${this.#name}.last`, text).catch(() => undefined);
      return next;
    };
    return this.#next(() =>
      this.#files.locked(save).catch((error: unknown) => {
        throw unwritable(error, this.#shown(), this.#files.folder);
      }),
    );
  }

  #next<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(act);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** With the newest version that ever wrote it: what it left there may still be in it. */
  #signed(whole: unknown, present: Reading<unknown> | undefined): unknown {
    const { version } = this.#options;
    const writtenBy = isLaterRelease(present?.writtenBy, version)
      ? present?.writtenBy
      : (version ?? present?.writtenBy);
    return writtenBy === undefined || !isJsonRecord(whole) ? whole : { ...whole, writtenBy };
  }

  async #readWhole(): Promise<Reading<z.output<S>> | undefined> {
    const text = await this.#files.read(this.#name).catch((error: unknown) => {
      throw unwritable(error, this.#shown(), this.#files.folder);
    });
    this.#notice = undefined;
    if (text === undefined) return undefined;
    const parsed = this.#parse(text);
    if ('reason' in parsed) return this.#recover(parsed);
    this.#notice = noticeOf(this.#name, text, parsed, this.#options.version);
    return parsed;
  }

  /** What is wrong is told by its place, and never by what stands there: it may be nobody else's business. */
  #parse(text: string): Reading<z.output<S>> | Spoilt {
    const reading = readJsonText(text);
    if ('mistake' in reading) {
      const { line, column, expected } = reading.mistake;
      return { reason: `line ${line}, column ${column}: expected ${expected}` };
    }
    const { raw, writtenBy } = unsigned(reading.value);
    const read = readTolerantly(this.#schema, raw);
    const [first] = 'issue' in read ? [read] : this.#options.whole === true ? read.notTaken : [];
    if (first === undefined && 'value' in read) {
      return { ...read, raw, ...(writtenBy === undefined ? {} : { writtenBy }) };
    }
    const reason = first === undefined ? '' : wordPlace(text, first.issue);
    return isLaterRelease(writtenBy, this.#options.version) && writtenBy !== undefined
      ? { reason, newer: writtenBy }
      : { reason };
  }

  async #recover({ reason, newer }: Spoilt): Promise<Reading<z.output<S>> | undefined> {
    const last = await this.#files.read(`${this.#name}.last`).catch(() => undefined);
    const parsed = last === undefined ? undefined : this.#parse(last);
    const good = parsed !== undefined && 'value' in parsed ? parsed : undefined;
    if (newer !== undefined || (this.#options.whole === true && good === undefined)) {
      const by = newer === undefined ? {} : { writtenBy: newer };
      throw new FaultError({ code: 'kept-file-not-read', file: this.#shown(), reason, ...by });
    }
    const time = new Date(this.#clock.now()).toISOString().replaceAll(':', '-');
    const aside = `${this.#name}.broken-${time}`;
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
      kind: 'set-aside',
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

/** The content, and apart from it who wrote it. */
function unsigned(value: unknown): { readonly raw: unknown; readonly writtenBy?: string } {
  if (!isJsonRecord(value) || !Object.hasOwn(value, 'writtenBy')) return { raw: value };
  const raw = Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'writtenBy'));
  const { writtenBy } = value;
  return typeof writtenBy === 'string' ? { raw, writtenBy } : { raw };
}

function wordPlace(text: string, { path, expected }: SchemaIssue): string {
  const { line, column } = placeOfValue(text, path);
  return `line ${line}, column ${column}, ${path.join('.')}: ${expected}`;
}

/** Why a file can be neither read nor written. */
function unwritable(error: unknown, file: string, folder: string | undefined): unknown {
  const fault = placeFault(error, folder ?? file, file);
  if (fault === undefined) return error;
  const isOpen = fault.code === 'access-denied' && isPerhapsOpen(error);
  return new FaultError(isOpen ? { ...fault, perhapsOpen: true } : fault, { cause: error });
}

/** Windows refuses to rename over a file that another program has open, and says nothing else when a user may not. */
function isPerhapsOpen(error: unknown): boolean {
  const isRename = error instanceof Error && 'syscall' in error && error.syscall === 'rename';
  return codeOf(error) === 'EBUSY' || (process.platform === 'win32' && isRename);
}
