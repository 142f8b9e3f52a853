import { z } from 'zod';
import { Scenario } from './schema.ts';

/** What the reader needs of a JSON Schema to know which keys are known at a place. */
export interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly const?: unknown;
}

/** The published JSON Schema (draft 2020-12) of what an author may write: defaults are optional. */
export function scenarioJsonSchema(): SchemaNode {
  return z.toJSONSchema(Scenario, { io: 'input', target: 'draft-2020-12' }) as SchemaNode;
}
