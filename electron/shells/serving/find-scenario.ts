import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FaultError } from '../../../shared/contract/fault.ts';
import { wordFileError } from '../../../shared/wording/word-file-error.ts';
import { packageRoot } from './package-root.ts';

const ENDING = '.json';
const SCHEMA = '.schema.json';

/** The text of a scenario, and what it is called. */
export interface ScenarioText {
  /** A path as the user wrote it, or a bare name. */
  readonly file: string;
  readonly text: string;
}

/**
 * Finds a scenario by the name of one that comes along (`noisy-neighbours`), or by a file's path. A bare name is
 * looked for among those first. Fails with `not-found` (and the names that are known) or `invalid-input`.
 */
export async function findScenario(source: string): Promise<ScenarioText> {
  const folder = scenarioFolder();
  const isName = /^[\w-]+$/.test(source);
  try {
    return { file: source, text: await readFile(isName ? join(folder, source + ENDING) : source, 'utf8') };
  } catch (caught) {
    const error = caught as NodeJS.ErrnoException;
    if (error.code !== 'ENOENT') {
      const message = wordFileError(error, source, 'read');
      throw new FaultError({ code: 'invalid-input', issues: [{ path: '--scenario', message }] }, { cause: caught });
    }
    const known = [...(await shippedScenarios())];
    throw new FaultError({ code: 'not-found', what: 'scenario', name: source, known }, { cause: caught });
  }
}

const scenarioFolder = (): string => join(packageRoot(), 'assets', 'scenarios');

/** Names of the scenarios that come along, the default one first. */
export async function shippedScenarios(): Promise<readonly string[]> {
  const names = (await readdir(scenarioFolder()))
    .filter(name => name.endsWith(ENDING) && !name.endsWith(SCHEMA))
    .map(name => name.slice(0, -ENDING.length));
  return names.toSorted(
    (one, other) => Number(other === 'default') - Number(one === 'default') || (one < other ? -1 : 1),
  );
}
