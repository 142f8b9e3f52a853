import { z } from 'zod';
import { Scenario } from './schema.ts';

/** The published JSON Schema (draft 2020-12) of what an author may write: defaults are optional. */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(Scenario, { io: 'input', target: 'draft-2020-12' });
}
