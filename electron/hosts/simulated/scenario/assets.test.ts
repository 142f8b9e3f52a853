import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readScenario } from './read-scenario.ts';

const folder = fileURLToPath(new URL('../../../../assets/scenarios/', import.meta.url));
const files = readdirSync(folder).filter(file => file.endsWith('.json') && file !== 'scenario.schema.json');

describe.each(files)('the scenario %s that comes with Siloscope', file => {
  it('is well formed, bears the name of its file, names its schema and says what to try', () => {
    const scenario = readScenario(readFileSync(`${folder}${file}`, 'utf8'), file);
    expect({ name: `${scenario.name}.json`, schema: scenario.$schema }).toEqual({
      name: file,
      schema: './scenario.schema.json',
    });
    expect(scenario.description.split('. ').length).toBeGreaterThanOrEqual(2);
  });
});

describe('the scenarios that come with Siloscope', () => {
  it('hold the four that the README promises', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'default.json',
        'winfsp-container-support.json',
        'noisy-neighbours.json',
        'nothing-works.json',
      ]),
    );
  });
});
