import { FaultError } from '../../../shared/contract/fault.ts';
import { type Place, placeOfValue } from '../../../shared/domain/json-place.ts';
import { readJsonText } from '../../../shared/domain/json-text.ts';
import { BUILT_IN_POLICIES } from '../../../shared/domain/judge-policy.ts';
import { Policy } from '../../../shared/domain/policy.ts';
import { policyJsonSchema } from '../../../shared/domain/policy-json-schema.ts';
import { jsonPath } from '../../hosts/simulated/scenario/json-path.ts';
import { scenarioIssues } from '../../hosts/simulated/scenario/scenario-issue.ts';
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
  return { policy: parsePolicy(text, source), file: source, placeOf: rule => placeOfValue(text, ['rules', rule]) };
}

/** Parses a policy's text; `file` names it in the fault. */
export function parsePolicy(text: string, file: string): Policy {
  const reading = readJsonText(text);
  if ('mistake' in reading) {
    const { line, column, expected, found } = reading.mistake;
    throw refuse([{ path: at(file, { line, column }), message: `expected ${expected}, found ${found}` }]);
  }
  const { value } = reading;
  const parsed = Policy.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refuse(
    parsed.error.issues.flatMap(issue =>
      scenarioIssues(issue, value, policyJsonSchema()).map(({ path, message }) => {
        // An unknown key has a place of its own; every other issue is told for the path it has.
        const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
        const key = keys.find(one => jsonPath([...issue.path, one]) === path);
        const place = placeOfValue(text, key === undefined ? issue.path : [...issue.path, key]);
        return { path: at(file, place), message: `${path}: ${message}` };
      }),
    ),
  );
}

const at = (file: string, { line, column }: Place): string => `${file}:${line}:${column}`;

function refuse(issues: { path: string; message: string }[]): FaultError {
  return new FaultError({ code: 'invalid-input', issues });
}
