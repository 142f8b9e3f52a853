import { type Place, placeOfValue } from '../../../shared/domain/json-place.ts';
import { BUILT_IN_POLICIES } from '../../../shared/domain/judge-policy.ts';
import { Policy } from '../../../shared/domain/policy.ts';
import { parseDocument } from './parse-document.ts';
import { readUserFile } from './read-user-file.ts';

/** A policy with where it was written, as far as it was. */
export interface PolicySource {
  readonly policy: Policy;
  /** As the user named it. Absent for one that comes along. */
  readonly file?: string;
  /** Where a rule begins in that file. */
  readonly placeOf: (rule: number) => Place | undefined;
}

/**
 * Reads `--policy`: the name of one that comes along (`no-leaks`), or a JSON file. Fails with `not-found`, or with
 * `invalid-input`: each mistake with its line and column, its field, what was expected there and what stands there.
 */
export async function readPolicy(source: string): Promise<PolicySource> {
  const known = BUILT_IN_POLICIES.get(source);
  if (known !== undefined) return { policy: known, placeOf: () => undefined };
  const text = await readUserFile(source, '--policy');
  return {
    policy: parseDocument(Policy, text, source),
    file: source,
    placeOf: rule => placeOfValue(text, ['rules', rule]),
  };
}
