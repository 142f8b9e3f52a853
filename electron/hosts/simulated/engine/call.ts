import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Answer } from './answer.ts';
import { badRequest, serverError } from './api-error.ts';

/** The parts of a request that handlers look at. */
export interface RequestParts {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body; raw bytes, transfer coding already taken off. */
  readonly body: Readable;
  readonly query: URLSearchParams;
  /** What the route's `{…}` matched, decoded. */
  readonly parameters: readonly string[];
  /** The minor number of the API version asked for: 51 for v1.51. */
  readonly apiMinor: number;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
}

/** One call, with the readings every handler needs. */
export class Call {
  readonly parts: RequestParts;

  constructor(parts: RequestParts) {
    this.parts = parts;
  }

  get signal(): AbortSignal {
    return this.parts.signal;
  }

  /** The n-th `{…}` of the route. */
  parameter(index = 0): string {
    return this.parts.parameters[index] ?? '';
  }

  text(name: string): string | undefined {
    return this.parts.query.get(name) ?? undefined;
  }

  /** Empty, `0`, `no`, `false` and `none` are false; anything else is true. Ground: moby httputils/form.go. */
  flag(name: string): boolean {
    const value = (this.text(name) ?? '').trim().toLowerCase();
    return !['', '0', 'no', 'false', 'none'].includes(value);
  }

  /** Refused as Go's strconv does, status 500 in engine 28. */
  integer(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined || value === '') return undefined;
    if (!/^[+-]?\d+$/.test(value)) throw serverError(`strconv.Atoi: parsing "${value}": invalid syntax`);
    return Number(value);
  }

  async bytes(): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.parts.body) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  }

  /** The JSON body, checked; an empty one counts as `{}` when `optional`. */
  async json<S extends z.ZodType>(schema: S, optional = false): Promise<z.output<S>> {
    const type = String(this.parts.headers['content-type'] ?? '');
    const body = (await this.bytes()).toString('utf8');
    if (body.trim() === '' && optional) return schema.parse({});
    if (type.split(';')[0]?.trim() !== 'application/json') {
      throw badRequest(`unsupported Content-Type header (${type}): must be 'application/json'`);
    }
    if (body.trim() === '') throw badRequest('invalid JSON: got EOF while reading request body');
    let parsed: unknown;
    try {
      parsed = JSON.parse(body);
    } catch (caught) {
      throw badRequest(`invalid JSON: ${jsonComplaint(body, caught)}`);
    }
    const checked = schema.safeParse(parsed);
    if (checked.success) return checked.data;
    const [issue] = checked.error.issues;
    throw badRequest(`invalid JSON: ${issue === undefined ? 'cannot unmarshal' : goComplaint(issue, parsed)}`);
  }
}

/** Much as Go's decoder says what does not fit; the names of its structs are its own. */
function goComplaint({ path, ...issue }: z.core.$ZodIssue, parsed: unknown): string {
  const given = path.reduce<unknown>((held, key) => (isKeyed(held) ? held[key] : undefined), parsed);
  const kind = Array.isArray(given)
    ? 'array'
    : given === null
      ? 'null'
      : typeof given === 'boolean'
        ? 'bool'
        : typeof given;
  const wanted = 'expected' in issue ? GO_TYPES[String(issue.expected)] : undefined;
  const place = path.length === 0 ? 'Go value' : `Go struct field .${path.join('.')}`;
  return `json: cannot unmarshal ${kind} into ${place}${wanted === undefined ? '' : ` of type ${wanted}`}`;
}

const isKeyed = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
  typeof value === 'object' && value !== null;

const GO_TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'int64',
  int: 'int',
  boolean: 'bool',
  record: 'map[string]string',
  array: '[]string',
};

/** Go's words for the commonest slip, our own parser's for the rest. */
function jsonComplaint(body: string, caught: unknown): string {
  const key = /^\s*\{\s*([^"\s}])/.exec(body);
  if (key !== null) return `invalid character '${key[1]}' looking for beginning of object key string`;
  return caught instanceof Error ? caught.message : String(caught);
}

export type Handler = (call: Call) => Promise<Answer> | Answer;

/** One line of the route table. `{}` matches one segment, `{*}` any number of them. */
export type Route = readonly [method: string, pattern: string, handler: Handler];
