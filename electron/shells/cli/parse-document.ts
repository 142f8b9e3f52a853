import type { z } from 'zod';
import { FaultError } from '../../../shared/contract/fault.ts';
import { jsonPath } from '../../../shared/domain/json-path.ts';
import { type Place, placeOfValue } from '../../../shared/domain/json-place.ts';
import { readJsonText } from '../../../shared/domain/json-text.ts';
import { schemaIssues, wordSchemaIssue } from '../../../shared/domain/schema-issue.ts';

/**
 * Parses a JSON text that a person wrote; `file` names it in the fault. Fails with `invalid-input`: each mistake with its
 * line and column, its field, what was expected there and what stands there, an unknown key with the nearest known one.
 */
export function parseDocument<S extends z.ZodType>(schema: S, text: string, file: string): z.output<S> {
  const at = ({ line, column }: Place): string => `${file}:${line}:${column}`;
  const reading = readJsonText(text);
  if ('mistake' in reading) {
    const { expected, found } = reading.mistake;
    throw refuse([{ path: at(reading.mistake), message: `expected ${expected}, found ${found}` }]);
  }
  const { value } = reading;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap(issue => schemaIssues(issue, value, schema));
  throw refuse(
    issues.map(issue => ({
      path: at(placeOfValue(text, issue.path)),
      message: `${jsonPath(issue.path)}: ${wordSchemaIssue(issue)}`,
    })),
  );
}

function refuse(issues: { path: string; message: string }[]): FaultError {
  return new FaultError({ code: 'invalid-input', issues });
}
