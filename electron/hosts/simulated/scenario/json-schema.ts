import { z } from 'zod';
import { Scenario } from './schema.ts';

/** What the reader needs of a JSON Schema to know which keys are known at a place. */
export interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly const?: unknown;
}

let generated: SchemaNode | undefined;

/** The published JSON Schema (draft 2020-12) of what an author may write: defaults are optional. Generated once. */
export function scenarioJsonSchema(): SchemaNode {
  generated ??= z.toJSONSchema(Scenario, { io: 'input', target: 'draft-2020-12' }) as SchemaNode;
  return generated;
}
