import type { PowerShellError, Session } from './session.ts';
import { textOf, type Value } from './value.ts';

/** Parameters as given: `-Name value`, switches as `true`, the rest in order. */
export interface Bound {
  readonly named: ReadonlyMap<string, Value>;
  readonly rest: readonly Value[];
}

/** A cmdlet's answer: objects, or the error that it ends with. */
export type Answer = { readonly values: readonly Value[] } | { readonly error: PowerShellError };
export type Cmdlet = (session: Session, bound: Bound, input: readonly Value[]) => Promise<Answer>;

/** Nothing for the pipeline. */
export const nothing: Answer = { values: [] };
export const give = (...values: readonly Value[]): Answer => ({ values });

/** A parameter by its name, or the argument in its place. */
export const argument = ({ named, rest }: Bound, name: string, position = 0): string | undefined => {
  const value = named.get(name) ?? rest[position];
  return value === undefined ? undefined : textOf(value);
};
export const pathOf = (bound: Bound, position = 0): string | undefined =>
  argument(bound, 'path', position) ?? argument(bound, 'literalpath', position);

/** A property by its name in any case; nothing when the object has none such. */
export function memberOf(value: Value, name: string): Value[] {
  if (typeof value === 'string' && name.toLowerCase() === 'length') return [value.length];
  if (typeof value !== 'object') return [];
  const key = Object.keys(value.properties).find(one => one.toLowerCase() === name.toLowerCase());
  const found = key === undefined ? undefined : value.properties[key];
  return found === undefined ? [] : [found];
}
