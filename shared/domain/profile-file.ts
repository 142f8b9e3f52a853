import { z } from 'zod';
import { placeOfValue } from './json-place.ts';
import { readJsonText } from './json-text.ts';
import { Profile } from './profile.ts';
import { profileIssues } from './profile-issues.ts';
import { WrittenBy } from './release-version.ts';
import { type SchemaIssue, schemaIssues } from './schema-issue.ts';
import { maskArguments, maskEnvironment } from './secrets.ts';

/** Profiles as people send them to each other. */
export const ProfileFile = z.strictObject({
  $schema: z.string().optional(),
  writtenBy: WrittenBy,
  profiles: z.array(Profile).min(1).max(200),
});
export type ProfileFile = z.infer<typeof ProfileFile>;

/** A mistake in a text of profiles: where it is, and what is wrong with what. */
export interface ProfileMistake {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  /** E.g. `profiles.0.kind`; empty for the text itself. */
  readonly field: string;
  readonly message: string;
}

export type ProfileReading =
  | { readonly profiles: readonly Profile[] }
  | { readonly mistakes: readonly ProfileMistake[] };

/** Reads a profile, a list of them, or a whole file of them. Every mistake has its place. Total. */
export function readProfileText(text: string): ProfileReading {
  const reading = readJsonText(text);
  if ('mistake' in reading) {
    const { line, column, expected, found } = reading.mistake;
    return { mistakes: [{ line, column, field: '', message: `expected ${expected}, found ${found}` }] };
  }
  const { value } = reading;
  const isFile = typeof value === 'object' && value !== null && 'profiles' in value;
  // Where a lone profile or a list stands, its fields are told without what it is wrapped in here.
  const prefix = isFile ? 0 : Array.isArray(value) ? 1 : 2;
  const whole = isFile ? value : { profiles: Array.isArray(value) ? value : [value] };
  const at = (path: readonly PropertyKey[], message: string): ProfileMistake => {
    const shown = path.slice(prefix);
    return { ...placeOfValue(text, shown), field: shown.map(String).join('.'), message };
  };
  const input = withoutOrigin(whole);
  const parsed = ProfileFile.safeParse(input);
  if (!parsed.success) {
    const issues = parsed.error.issues.flatMap(issue => schemaIssues(issue, input, ProfileFile));
    return { mistakes: inOrder(issues.map(issue => at(issue.path, wordMistake(issue)))) };
  }
  const { profiles } = parsed.data;
  const names = profiles.map(({ name }) => name);
  const mistakes = profiles.flatMap((profile, index) => [
    ...profileIssues(profile).map(({ path, message }) => at(['profiles', index, ...path], message)),
    ...(names.indexOf(profile.name) === index ? [] : [at(['profiles', index, 'name'], 'that name is there twice')]),
  ]);
  return mistakes.length > 0 ? { mistakes: inOrder(mistakes) } : { profiles };
}

/** As they stand in the text. */
function inOrder(mistakes: readonly ProfileMistake[]): readonly ProfileMistake[] {
  return mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/** What is allowed there, and never what stands there: it may be a secret. */
function wordMistake({ expected, found }: SchemaIssue): string {
  return found === 'nothing' ? `missing; ${expected}` : expected;
}

/** What "profiles --json" lists says where each comes from; a file need not lose that. */
function withoutOrigin(whole: object): unknown {
  if (!('profiles' in whole) || !Array.isArray(whole.profiles)) return whole;
  const profiles = whole.profiles.map((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('origin' in one)) return one;
    const { origin: _, ...profile } = one;
    return profile;
  });
  return { ...whole, profiles };
}

/** A file of profiles, secrets masked that stand in them in clear; `masked`: the profiles that had some. */
export function composeProfileFile(listed: readonly (Profile & { readonly origin?: string })[]): {
  readonly text: string;
  readonly masked: readonly string[];
} {
  const profiles = listed.map((one): Profile => {
    const { origin: _, ...profile } = one;
    return profile;
  });
  const shown = profiles.map(profile => ({
    ...profile,
    command: maskArguments(profile.command),
    ...(profile.environment === undefined ? {} : { environment: maskEnvironment(profile.environment) }),
  }));
  const masked = shown.filter((profile, at) => JSON.stringify(profile) !== JSON.stringify(profiles[at]));
  return {
    text: `${JSON.stringify({ profiles: shown } satisfies ProfileFile, undefined, 2)}\n`,
    masked: masked.map(({ name }) => name),
  };
}

/** The published JSON Schema (draft 2020-12) of a file of profiles. */
export function profileJsonSchema(): object {
  return z.toJSONSchema(ProfileFile, { io: 'input', target: 'draft-2020-12' });
}
