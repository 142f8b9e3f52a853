import { FaultError } from '../../../../shared/contract/fault.ts';
import { jsonPath } from '../../../../shared/domain/json-path.ts';
import { readJsonText } from '../../../../shared/domain/json-text.ts';
import { describeFound, schemaIssues, wordSchemaIssue } from '../../../../shared/domain/schema-issue.ts';
import { PROGRAMS } from '../programs/program-table.ts';
import { checkScenario, type ScenarioIssue } from './check-scenario.ts';
import { Scenario } from './schema.ts';

/** Ids that `program:<id>` may name. */
const PROGRAM_IDS: ReadonlySet<string> = new Set(PROGRAMS.keys());

/**
 * Reads a scenario from its JSON text, or from a value. `file` names it in the fault.
 * @throws FaultError `malformed-scenario`: each issue with its JSON path, what was expected and what was found;
 * for a text that is no JSON the path is `line L, column C`.
 */
export function readScenario(source: unknown, file = 'scenario'): Scenario {
  const input = typeof source === 'string' ? valueOfText(source, file) : source;
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw malformed(file, [{ path: '$', message: `expected an object, found ${describeFound(input)}` }]);
  }
  const parsed = Scenario.safeParse(input);
  if (!parsed.success) {
    const issues = parsed.error.issues.flatMap(issue => schemaIssues(issue, input, Scenario));
    throw malformed(
      file,
      issues.map(issue => ({ path: jsonPath(issue.path), message: wordSchemaIssue(issue) })),
    );
  }
  const issues = checkScenario(parsed.data, PROGRAM_IDS);
  if (issues.length > 0) throw malformed(file, issues);
  return parsed.data;
}

function valueOfText(text: string, file: string): unknown {
  const reading = readJsonText(text);
  if ('value' in reading) return reading.value;
  const { line, column, expected, found } = reading.mistake;
  throw malformed(file, [{ path: `line ${line}, column ${column}`, message: `expected ${expected}, found ${found}` }]);
}

function malformed(file: string, issues: readonly ScenarioIssue[]): FaultError {
  return new FaultError({ code: 'malformed-scenario', file, issues: issues.map(issue => ({ ...issue })) });
}
