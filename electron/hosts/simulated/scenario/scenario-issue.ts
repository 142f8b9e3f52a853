import type { z } from 'zod';
import { assertNever } from '../../../../shared/base/assert-never.ts';
import { jsonPath, valueAt } from './json-path.ts';
import type { SchemaNode } from './json-schema.ts';
import { nearestName } from './nearest-name.ts';

/** One mistake in a scenario, as the fault `malformed-scenario` carries it. */
export interface ScenarioIssue {
  /** JSON path, e.g. `$.containers[3].image`. */
  readonly path: string;
  readonly message: string;
}

type ZodIssue = z.core.$ZodIssue;

/** Words what the schema found: at which path, what was expected there, what stands there. */
export function scenarioIssues(issue: ZodIssue, input: unknown, schema: SchemaNode): readonly ScenarioIssue[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, input, issue.path);
    return issue.keys.map(key => ({ path: jsonPath([...issue.path, key]), message: unknownKey(key, known) }));
  }
  const found = describeFound(valueAt(input, issue.path));
  return [{ path: jsonPath(issue.path), message: `${expectation(issue, schema, input)}, found ${found}` }];
}

function unknownKey(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  return nearest === undefined
    ? `unknown key; known here: ${known.join(', ')}`
    : `unknown key; did you mean "${nearest}"?`;
}

function expectation(
  issue: Exclude<ZodIssue, { code: 'unrecognized_keys' }>,
  schema: SchemaNode,
  input: unknown,
): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${TYPES[issue.expected] ?? `a ${issue.expected}`}`;
    case 'invalid_value':
      return `expected ${oneOf(issue.values.map(value => JSON.stringify(value)))}`;
    case 'invalid_union': {
      const kinds = nodeAt(schema, input, issue.path.slice(0, -1))?.oneOf ?? [];
      return `expected ${oneOf(kinds.map(node => JSON.stringify(node.properties?.['kind']?.const)))}`;
    }
    case 'too_small':
      return `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unit(issue.origin)}`;
    case 'too_big':
      return `expected ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unit(issue.origin)}`;
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return issue.message;
    default:
      return assertNever(issue, 'issue');
  }
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
};

function unit(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' items' : '';
}

function oneOf(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}

/** What stands there, in few words; long texts are cut. */
export function describeFound(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 1 ? 'an array of 1 item' : `an array of ${value.length} items`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function knownKeys(schema: SchemaNode, input: unknown, path: readonly PropertyKey[]): readonly string[] {
  return Object.keys(nodeAt(schema, input, path)?.properties ?? {});
}

/** The schema of a place. Where several are possible, the value's own `kind` chooses. */
function nodeAt(schema: SchemaNode, input: unknown, path: readonly PropertyKey[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = schema;
  for (const [depth, key] of path.entries()) {
    node = typeof key === 'number' ? node?.items : node?.properties?.[String(key)];
    const choices: readonly SchemaNode[] | undefined = node?.oneOf;
    if (choices === undefined) continue;
    const kind = valueAt(input, [...path.slice(0, depth + 1), 'kind']);
    node = choices.find(choice => choice.properties?.['kind']?.const === kind) ?? node;
  }
  return node;
}
