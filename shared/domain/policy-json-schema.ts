import { z } from 'zod';
import { Policy } from './policy.ts';

/** The published JSON Schema (draft 2020-12) of what an author may write: defaults are optional. */
export function policyJsonSchema(): object {
  return z.toJSONSchema(Policy, { io: 'input', target: 'draft-2020-12' });
}
