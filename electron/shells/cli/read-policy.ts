import { FaultError } from '../../../shared/contract/fault.ts';
import { Policy } from '../../../shared/domain/policy.ts';
import { issuesOf } from '../../../shared/wire/issues.ts';
import { readUserJson } from './read-user-file.ts';

/** The policy that comes along: no volume may be seen from any namespace but its own. */
const NO_LEAKS: Policy = {
  name: 'no-leaks',
  rules: [{ seenFrom: 'anywhere', allow: false, reason: 'a volume belongs to its own namespace' }],
};

/** Reads `--policy`: `no-leaks`, or a JSON file. Fails with `not-found` or `invalid-input`. */
export async function readPolicy(source: string): Promise<Policy> {
  if (source === NO_LEAKS.name) return NO_LEAKS;
  const parsed = Policy.safeParse(await readUserJson(source, '--policy'));
  if (parsed.success) return parsed.data;
  throw new FaultError({
    code: 'invalid-input',
    issues: issuesOf(parsed.error).map(({ path, message }) => ({ path: `--policy ${path}`.trim(), message })),
  });
}
