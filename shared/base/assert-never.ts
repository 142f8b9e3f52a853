/** Makes the compiler prove that a union was exhausted; at run time it names the stray value. */
export function assertNever(value: never, what = 'value'): never {
  throw new TypeError(`Unexpected ${what}: ${JSON.stringify(value)}`);
}
