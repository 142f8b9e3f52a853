import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Workspace } from '../../../shared/domain/workspace.ts';
import { keptWorkspacesJsonSchema, workspaceJsonSchema } from './workspace-json-schema.ts';

const asset = (name: string): URL => new URL(`../../../assets/workspaces/${name}`, import.meta.url);

describe('the published JSON Schema', () => {
  it.each([
    ['workspaces.schema.json', keptWorkspacesJsonSchema],
    ['workspace.schema.json', workspaceJsonSchema],
  ])('%s is the one generated from the schema (vitest -u writes it anew)', async (name, generate) => {
    await expect(`${JSON.stringify(generate(), undefined, 2)}\n`).toMatchFileSnapshot(fileURLToPath(asset(name)));
  });

  it('has an example that can be kept', async () => {
    const example: unknown = JSON.parse(await readFile(asset('example.json'), 'utf8'));
    expect(Workspace.parse(example)).toMatchObject({ $schema: './workspace.schema.json', name: 'everyday' });
  });
});
