import { FaultError } from '../../../shared/contract/fault.ts';
import { jsonPath, valueAt } from '../../../shared/domain/json-path.ts';
import { placeOfValue } from '../../../shared/domain/json-place.ts';
import { isLaterRelease } from '../../../shared/domain/release-version.ts';
import type { SchemaIssue } from '../../../shared/domain/schema-issue.ts';
import type { SettingsNotice } from '../../../shared/domain/settings.ts';
import type { NotTaken } from './read-tolerantly.ts';

/** A file as it stands, with what of it is not taken up. */
export interface WholeFile {
  readonly raw: unknown;
  readonly notTaken: readonly NotTaken[];
  /** The newest version of Siloscope that wrote it. */
  readonly writtenBy?: string;
}

const MOST_PARTS = 50;

/** What of a file is not taken up, each with its place; undefined where all of it is. `version`: the one that reads it. */
export function noticeOf(
  file: string,
  text: string,
  { raw, notTaken, writtenBy }: WholeFile,
  version: string | undefined,
): SettingsNotice | undefined {
  if (notTaken.length === 0) return undefined;
  const newer = isLaterRelease(writtenBy, version) ? writtenBy : undefined;
  return {
    kind: 'not-taken',
    file,
    ...(newer === undefined ? {} : { writtenBy: newer }),
    parts: notTaken.slice(0, MOST_PARTS).map(({ what, path, issue }) => {
      const name = what === 'entry' ? nameOf(valueAt(raw, path)) : undefined;
      return {
        what,
        path: shownPath(path),
        ...placeOfValue(text, issue.path),
        ...(name === undefined ? {} : { name }),
        message: what === 'key' ? wordKey(issue, newer !== undefined) : `${shownPath(issue.path)}: ${issue.expected}`,
      };
    }),
    count: notTaken.length,
  };
}

const shownPath = (path: readonly PropertyKey[]): string => jsonPath(path).replace(/^\$\.?/, '');

/** In a file of a newer version a key that is not known is hardly a slip. */
function wordKey({ expected, meant }: SchemaIssue, isNewer: boolean): string {
  if (!isNewer) return expected;
  return `not known to this version${meant === undefined ? '' : `; or did you mean "${meant}"?`}`;
}

/** Names of the entries that a file has and this version does not read. */
export type LeftEntries = ReadonlySet<string>;

export const leftEntries = (file: WholeFile | undefined): LeftEntries =>
  new Set(
    file?.notTaken.flatMap(({ what, path }) => (what === 'entry' ? (nameOf(valueAt(file.raw, path)) ?? []) : [])),
  );

/** Rejects names of entries that are there and were left alone: a save would take their place unseen. */
export function requireNotLeft(names: readonly string[], left: LeftEntries, file: string): void {
  const issues = names
    .filter(name => left.has(name))
    .map(name => ({
      path: name,
      message: `${file} has one of that name that this version cannot read; choose another, or take that one out by hand`,
    }));
  if (issues.length > 0) throw new FaultError({ code: 'invalid-input', issues });
}

function nameOf(entry: unknown): string | undefined {
  const name = valueAt(entry, ['name']) ?? valueAt(entry, ['id']);
  return typeof name === 'string' ? name : undefined;
}
