import { isJsonRecord } from '../json-path.ts';

/**
 * Whether a value is valid by a JSON Schema (draft 2020-12), as far as the published ones go. It knows nothing of what they
 * were made from, and throws at a keyword that it does not know, so that none is passed over. Lengths count code points.
 */
export function isValidByJsonSchema(schema: unknown, value: unknown): boolean {
  if (typeof schema === 'boolean') return schema;
  if (!isJsonRecord(schema)) throw new TypeError('a schema is an object or a boolean');
  return Object.entries(schema).every(([keyword, stated]) => {
    const judge = KEYWORDS[keyword];
    if (judge === undefined) throw new TypeError(`unknown keyword ${keyword}`);
    return judge(stated, value, schema);
  });
}

type Judge = (stated: unknown, value: unknown, schema: Readonly<Record<string, unknown>>) => boolean;

const always: Judge = () => true;
const list = (stated: unknown): readonly unknown[] => (Array.isArray(stated) ? stated : []);
const record = (stated: unknown): Readonly<Record<string, unknown>> => (isJsonRecord(stated) ? stated : {});
const size = (text: string): number => Array.from(text).length;
const canonical = (value: unknown): string => JSON.stringify(value) ?? '';

const ofNumber =
  (holds: (value: number, stated: number) => boolean): Judge =>
  (stated, value) =>
    typeof value !== 'number' || holds(value, Number(stated));
const ofText =
  (holds: (value: string, stated: unknown) => boolean): Judge =>
  (stated, value) =>
    typeof value !== 'string' || holds(value, stated);
const ofList =
  (holds: (value: readonly unknown[], stated: unknown) => boolean): Judge =>
  (stated, value) =>
    !Array.isArray(value) || holds(value, stated);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  array: Array.isArray,
  boolean: value => typeof value === 'boolean',
  integer: Number.isInteger,
  null: value => value === null,
  number: value => typeof value === 'number',
  object: isJsonRecord,
  string: value => typeof value === 'string',
};

const KEYWORDS: Readonly<Record<string, Judge>> = {
  $schema: always,
  default: always,
  description: always,
  // An annotation, unless asked for: the patterns beside it count.
  format: always,
  type: (stated, value) => TYPES[String(stated)]?.(value) === true,
  const: (stated, value) => canonical(stated) === canonical(value),
  enum: (stated, value) => list(stated).some(one => canonical(one) === canonical(value)),
  minimum: ofNumber((value, stated) => value >= stated),
  maximum: ofNumber((value, stated) => value <= stated),
  exclusiveMinimum: ofNumber((value, stated) => value > stated),
  exclusiveMaximum: ofNumber((value, stated) => value < stated),
  minLength: ofText((value, stated) => size(value) >= Number(stated)),
  maxLength: ofText((value, stated) => size(value) <= Number(stated)),
  pattern: ofText((value, stated) => new RegExp(String(stated), 'u').test(value)),
  minItems: ofList((value, stated) => value.length >= Number(stated)),
  maxItems: ofList((value, stated) => value.length <= Number(stated)),
  items: ofList((value, stated) => value.every(item => isValidByJsonSchema(stated, item))),
  required: (stated, value) => !isJsonRecord(value) || list(stated).every(key => Object.hasOwn(value, String(key))),
  properties: (stated, value) =>
    !isJsonRecord(value) ||
    Object.entries(record(stated)).every(([key, below]) =>
      Object.hasOwn(value, key) ? isValidByJsonSchema(below, value[key]) : true,
    ),
  additionalProperties: (stated, value, schema) =>
    !isJsonRecord(value) ||
    Object.entries(value).every(([key, below]) =>
      Object.hasOwn(record(schema['properties']), key) ? true : isValidByJsonSchema(stated, below),
    ),
  propertyNames: (stated, value) =>
    !isJsonRecord(value) || Object.keys(value).every(key => isValidByJsonSchema(stated, key)),
  anyOf: (stated, value) => list(stated).some(one => isValidByJsonSchema(one, value)),
  oneOf: (stated, value) => list(stated).filter(one => isValidByJsonSchema(one, value)).length === 1,
  allOf: (stated, value) => list(stated).every(one => isValidByJsonSchema(one, value)),
};
