import { z } from 'zod';

/*
 * Fields of request bodies, read as leniently as Go's JSON decoder reads them: what is left out or null is the zero value.
 */

export const text = z
  .string()
  .nullish()
  .transform(value => value ?? '');

/** Where the empty text stands for a default too. */
export const textOr = (fallback: string) =>
  z
    .string()
    .nullish()
    .transform(value => (value === undefined || value === null || value === '' ? fallback : value));

export const flag = z
  .boolean()
  .nullish()
  .transform(value => value ?? false);

export const number = z
  .number()
  .nullish()
  .transform(value => value ?? 0);

export const texts = z
  .array(z.string())
  .nullish()
  .transform(value => value ?? undefined);

export const record = z
  .record(z.string(), z.string())
  .nullish()
  .transform(value => value ?? {});
