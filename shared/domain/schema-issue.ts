import { z } from 'zod';
import { assertNever } from '../base/assert-never.ts';
import { valueAt } from './json-path.ts';
import { nearestName } from './nearest-name.ts';

/** One thing that a schema finds wrong with a JSON value. */
export interface SchemaIssue {
  /** Keys and indices that lead there; of an unknown key, the key itself is the last. */
  readonly path: readonly PropertyKey[];
  /** What was expected there. Nothing of what stands there: that may be nobody else's business. */
  readonly expected: string;
  /** What stands there, in few words; absent for an unknown key. */
  readonly found?: string;
  /** The known key that is nearest to one that is not. */
  readonly meant?: string;
}

type ZodIssue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** What the schema found: at which path, what was expected there, what stands there. An unknown key is told with the nearest known one. */
export function schemaIssues(issue: ZodIssue, input: unknown, schema: Schema): readonly SchemaIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => unknownKey([...issue.path, key], input, schema));
  }
  const found = describeFound(valueAt(input, issue.path));
  return [{ path: issue.path, expected: expectation(issue, schema, input), found }];
}

/** A key that the schema does not know at its place. */
export function unknownKey(path: readonly PropertyKey[], input: unknown, schema: Schema): SchemaIssue {
  const known = knownKeys(schema, input, path.slice(0, -1));
  const nearest = nearestName(String(path.at(-1)), known);
  const expected =
    nearest === undefined ? `unknown key; ${knownHere(known)}` : `unknown key; did you mean "${nearest}"?`;
  return { path, expected, ...(nearest === undefined ? {} : { meant: nearest }) };
}

/** More keys than that are counted. */
const MOST_KEYS = 6;

/** All keys of a place where they are few, else how many and the first of them. */
function knownHere(known: readonly string[]): string {
  if (known.length === 0) return 'none is known here';
  if (known.length <= MOST_KEYS) return `known here: ${known.join(', ')}`;
  return `${known.length} are known here, such as ${known.slice(0, 3).join(', ')}`;
}

/** Both in one sentence. */
export function wordSchemaIssue({ expected, found }: SchemaIssue): string {
  return found === undefined ? expected : `${expected}, found ${found}`;
}

function expectation(issue: Exclude<ZodIssue, { code: 'unrecognized_keys' }>, schema: Schema, input: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${TYPES[issue.expected] ?? `a ${issue.expected}`}`;
    case 'invalid_value':
      return `expected ${oneOf(issue.values.map(value => JSON.stringify(value)))}`;
    case 'invalid_union': {
      const kinds = discriminants(schemaAt(schema, input, issue.path.slice(0, -1)));
      return kinds.length === 0 ? issue.message : `expected ${oneOf(kinds.map(kind => JSON.stringify(kind)))}`;
    }
    case 'too_small':
      return `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unit(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `expected ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unit(issue.origin, issue.maximum)}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    case 'invalid_format':
    case 'not_multiple_of':
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

function unit(origin: string, count: number | bigint): string {
  const one = origin === 'string' ? 'character' : origin === 'array' ? 'item' : '';
  return one === '' ? '' : ` ${one}${Number(count) === 1 ? '' : 's'}`;
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

function knownKeys(schema: Schema, input: unknown, path: readonly PropertyKey[]): readonly string[] {
  const node = schemaAt(schema, input, path);
  return node instanceof z.core.$ZodObject ? Object.keys(node._zod.def.shape) : [];
}

/** The schema of a place. Where several are possible, what the value says of itself (its discriminator) chooses. */
function schemaAt(schema: Schema, input: unknown, path: readonly PropertyKey[]): Schema | undefined {
  let node: Schema | undefined = chosen(schema, input);
  for (const [depth, key] of path.entries()) {
    node = chosen(below(node, key), valueAt(input, path.slice(0, depth + 1)));
  }
  return node;
}

function below(node: Schema | undefined, key: PropertyKey): Schema | undefined {
  if (node instanceof z.core.$ZodArray) return node._zod.def.element;
  if (node instanceof z.core.$ZodRecord) return node._zod.def.valueType;
  if (!(node instanceof z.core.$ZodObject)) return undefined;
  const shape: Readonly<Record<PropertyKey, Schema>> = node._zod.def.shape;
  return Object.hasOwn(shape, key) ? shape[key] : undefined;
}

/** Without what is put around it, and of a union the one that fits; the union itself where none does. */
function chosen(schema: Schema | undefined, value: unknown): Schema | undefined {
  let node = schema;
  while (
    node instanceof z.core.$ZodOptional ||
    node instanceof z.core.$ZodDefault ||
    node instanceof z.core.$ZodPrefault ||
    node instanceof z.core.$ZodNullable
  )
    node = node._zod.def.innerType;
  if (!(node instanceof z.core.$ZodDiscriminatedUnion)) return node;
  const { discriminator, options } = node._zod.def;
  const said = valueAt(value, [discriminator]);
  return options.find(option => discriminantOf(option, discriminator) === said) ?? node;
}

function discriminants(node: Schema | undefined): readonly unknown[] {
  if (!(node instanceof z.core.$ZodDiscriminatedUnion)) return [];
  const { discriminator, options } = node._zod.def;
  return options.map(option => discriminantOf(option, discriminator));
}

function discriminantOf(option: Schema, discriminator: string): unknown {
  const node = below(option, discriminator);
  return node instanceof z.core.$ZodLiteral ? node._zod.def.values[0] : undefined;
}
