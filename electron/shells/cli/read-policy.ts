import { FaultError } from '../../../shared/contract/fault.ts';
import { BUILT_IN_POLICIES } from '../../../shared/domain/judge-policy.ts';
import { Policy } from '../../../shared/domain/policy.ts';
import { issuesOf } from '../../../shared/wire/issues.ts';
import { readUserJson } from './read-user-file.ts';

/** Reads `--policy`: the name of one that comes along (`no-leaks`), or a JSON file. Fails with `not-found` or `invalid-input`. */
export async function readPolicy(source: string): Promise<Policy> {
  const known = BUILT_IN_POLICIES.get(source);
  if (known !== undefined) return known;
  const parsed = Policy.safeParse(await readUserJson(source, '--policy'));
  if (parsed.success) return parsed.data;
  throw new FaultError({
    code: 'invalid-input',
    issues: issuesOf(parsed.error).map(({ path, message }) => ({ path: `--policy ${path}`.trim(), message })),
  });
}
