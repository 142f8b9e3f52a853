import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { scenarioJsonSchema } from './json-schema.ts';

describe('the published JSON Schema of a scenario', () => {
  it('is the one generated from the schema (vitest -u writes it anew)', async () => {
    const published = fileURLToPath(new URL('../../../../assets/scenarios/scenario.schema.json', import.meta.url));
    await expect(`${JSON.stringify(scenarioJsonSchema(), undefined, 2)}\n`).toMatchFileSnapshot(published);
  });
});
