import type { z } from 'zod';

/** One thing that is wrong with an input, and where: `binds[0]`, or the empty path for the whole. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** A zod error as data. */
export function issuesOf(error: z.core.$ZodError): Issue[] {
  return error.issues.map(({ path, message }) => ({ path: pathText(path), message }));
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? String(key) : `.${String(key)}`))
    .join('');
}
