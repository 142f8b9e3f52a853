import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { settingsJsonSchema } from './settings-json-schema.ts';

describe('the published JSON Schema of the settings', () => {
  it('is the one generated from the schema (vitest -u writes it anew)', async () => {
    const published = fileURLToPath(new URL('../../assets/settings/settings.schema.json', import.meta.url));
    await expect(`${JSON.stringify(settingsJsonSchema(), undefined, 2)}\n`).toMatchFileSnapshot(published);
  });

  it('asks for nothing: an empty file is a whole one', () => {
    expect(settingsJsonSchema()).not.toHaveProperty('required');
  });
});
