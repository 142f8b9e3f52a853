import { applyRows, isSameRow } from '../../shared/domain/file-system-rows.ts';
import type { RunningFileSystem } from '../../shared/domain/launch.ts';
import type { RowsChanged } from '../../shared/domain/rows-changed.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

type Rows = readonly RunningFileSystem[];

/** What became of rows, with the revision of the news that told it. */
export interface RowNews {
  readonly revision: number;
  readonly change: RowsChanged;
}

/** Rows as they were answered, with the revision of the last news that they hold. */
export interface AnsweredRows {
  readonly revision: number;
  readonly fileSystems: Rows;
}

/**
 * One list of rows: an answer, then what came after it.
 *
 *   nothing ──answer──▶ revision n ──news n+1──▶ revision n+1
 *                           └──────gap──────▶ to be asked again
 *
 * News may overtake the answer that was asked for before it: while one is awaited all are kept, and those that the answer
 * does not hold are applied to it. Rows that say the same stay the same objects.
 */
export class FollowedRows {
  #revision: number | undefined;
  #rows: Rows = [];
  #late: RowNews[] = [];
  #isAsking = false;

  begin(): void {
    this.#isAsking = true;
    this.#late = [];
  }

  /** The asking that was begun failed: what is known goes on. */
  abandon(): void {
    this.#isAsking = false;
    this.#late = [];
  }

  /** The answered rows with the news that came meanwhile. `isBehind`: some of them was missed. */
  settle({ revision, fileSystems }: AnsweredRows): { readonly rows: Rows; readonly isBehind: boolean } {
    const late = this.#late.filter(news => news.revision > revision);
    this.abandon();
    this.#rows = withKnown(this.#rows, fileSystems);
    this.#revision = revision;
    const isBehind = late.some(news => this.hear(news) === undefined);
    return { rows: this.#rows, isBehind };
  }

  /** The rows after a piece of news; undefined when some before it was missed. */
  hear(news: RowNews): Rows | undefined {
    if (this.#isAsking) this.#late.push(news);
    const expected = this.#revision === undefined ? undefined : this.#revision + 1;
    if (expected === undefined || news.revision > expected) return this.#isAsking ? this.#rows : undefined;
    if (news.revision < expected) return this.#rows;
    this.#revision = news.revision;
    this.#rows = applyRows(this.#rows, news.change);
    return this.#rows;
  }

  /** What was known is of another host. */
  forget(): void {
    this.abandon();
    this.#revision = undefined;
    this.#rows = [];
  }
}

/** The answered rows; those that say what was known are the known objects, so that nothing of them is drawn anew. */
function withKnown(known: Rows, answered: Rows): Rows {
  const before = new Map(known.map(row => [row.container.id, row]));
  return answered.map(row => {
    const old = before.get(row.container.id);
    return old !== undefined && isSameRow(old, row) ? old : row;
  });
}

/** A question whose answer holds rows that news keep true. */
export interface FollowingStore<T> extends AskedStore<T> {
  /** Applies the news in place; asks again only when some before it was missed. */
  hear(news: RowNews): void;
}

/** `put` answers the value with those rows in it. */
export function createFollowingStore<T>(
  ask: () => Promise<AnsweredRows & { readonly value: T }>,
  put: (value: T, rows: Rows) => T,
  now: () => number,
): FollowingStore<T> {
  const followed = new FollowedRows();
  let answer: AnsweredRows = { revision: 0, fileSystems: [] };
  const asked = createAskedStore<T>(
    async () => {
      followed.begin();
      try {
        const { value, ...rest } = await ask();
        answer = rest;
        return value;
      } catch (caught) {
        followed.abandon();
        throw caught;
      }
    },
    now,
    value => {
      const { rows, isBehind } = followed.settle(answer);
      if (isBehind) queueMicrotask(() => asked.freshen());
      return put(value, rows);
    },
  );
  return {
    ...asked,
    hear: news => {
      const rows = followed.hear(news);
      if (rows === undefined) asked.freshen();
      const state = asked.store.getState();
      if (rows === undefined || state.kind !== 'known') return;
      const value = put(state.value, rows);
      if (value !== state.value) asked.store.setState({ ...state, value, at: now() }, true);
    },
    forget: () => {
      followed.forget();
      asked.forget();
    },
  };
}
