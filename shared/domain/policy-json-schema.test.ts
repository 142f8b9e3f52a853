import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { policyJsonSchema } from './policy-json-schema.ts';

describe('the published JSON Schema of a policy', () => {
  it('is the one generated from the schema (vitest -u writes it anew)', async () => {
    const published = fileURLToPath(new URL('../../assets/policy/policy.schema.json', import.meta.url));
    await expect(`${JSON.stringify(policyJsonSchema(), undefined, 2)}\n`).toMatchFileSnapshot(published);
  });
});
