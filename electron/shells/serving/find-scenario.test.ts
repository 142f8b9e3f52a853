import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findScenario } from './find-scenario.ts';

describe('a scenario', () => {
  it('is found by the name of one that comes along', async () => {
    expect(JSON.parse((await findScenario('winfsp-container-support')).text)).toMatchObject({
      name: 'winfsp-container-support',
    });
  });

  it('is found by its path', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'scenario-'));
    const file = join(folder, 'mine.json');
    await writeFile(file, '{"name":"mine"}');
    expect(await findScenario(file)).toEqual({ file, text: '{"name":"mine"}' });
    await rm(folder, { recursive: true });
  });

  it('that is not there names those that are', async () => {
    await expect(findScenario('noisy')).rejects.toMatchObject({
      fault: { code: 'not-found', what: 'scenario', known: expect.arrayContaining(['default', 'noisy-neighbours']) },
    });
  });

  it('cannot be a folder', async () => {
    await expect(findScenario(tmpdir())).rejects.toMatchObject({ fault: { code: 'invalid-input' } });
  });
});
