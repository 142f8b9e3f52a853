import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SarifLog } from '../../../shared/domain/sarif.ts';
import { ran } from './testing/real-doors.ts';

const PAGE = ['--scenario', 'winfsp-container-support'];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-watch-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What it told, one JSON object a line. */
const linesOf = (out: string): { news?: string; ended?: Record<string, unknown> }[] =>
  out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as { news?: string; ended?: Record<string, unknown> });

describe('watch --policy as a gate', () => {
  it('ends with 6 at the first violation', async () => {
    const { exitCode, out, err } = await ran(['watch', ...PAGE, '--policy', 'no-leaks', '--until-violation', '--json']);
    const lines = linesOf(out);
    expect({ exitCode, err, first: lines[0]?.news, last: lines.at(-1)?.ended }).toEqual({
      exitCode: 6,
      err: '',
      first: 'policy.violated',
      last: expect.objectContaining({ policy: 'no-leaks', exitCode: 6 }),
    });
  });

  it('ends with 0 where what is seen is allowed, after the time that was asked for', async () => {
    const file = join(folder, 'policy.json');
    await writeFile(
      file,
      JSON.stringify({
        name: 'meant',
        rules: [{ uncPrefix: '\\memfs\\share', allow: true }],
        findings: ['class-collision'],
      }),
    );
    const { exitCode, out } = await ran(['watch', ...PAGE, '--policy', file, '--for', '2s', '--json']);
    expect([exitCode, linesOf(out)]).toEqual([
      0,
      [{ ended: { policy: 'meant', violations: [], accepted: 0, notWatched: ['class-collision'], exitCode: 0 } }],
    ]);
  });

  it('stops the offender where it is asked to, and writes all that was seen as SARIF', async () => {
    const sarif = join(folder, 'watched.sarif');
    const options = ['--guard', 'stop', '--including-running', '--for', '3s', '--sarif', sarif, '--json'];
    const { exitCode, out } = await ran(['watch', ...PAGE, '--policy', 'no-leaks', ...options]);
    const told = linesOf(out).map(({ news }) => news);
    expect([exitCode, told.includes('guard.acted'), told.includes('policy.restored')]).toEqual([6, true, true]);
    const { results } = SarifLog.parse(JSON.parse(await readFile(sarif, 'utf8'))).runs[0] ?? { results: [] };
    expect(results.map(({ locations }) => locations[0]?.logicalLocations?.[0]?.fullyQualifiedName)).toEqual([
      'memfs-network/\\memfs\\share',
    ]);
  });

  it('ends with 4 where nothing could be seen at all', async () => {
    const { exitCode } = await ran(['watch', '--scenario', 'engine-denied', '--policy', 'no-leaks', '--for', '1s']);
    expect(exitCode).toBe(4);
  });

  it.each([
    ['a guard without a policy', ['--guard', 'stop'], '--guard: needs --policy'],
    ['a time without a policy', ['--for', '5s'], '--for: needs --policy'],
    ['no time', ['--policy', 'no-leaks', '--for', 'soon'], 'Expected a time such as 60s'],
    [
      'an end before the guard could act',
      ['--policy', 'no-leaks', '--guard', 'stop', '--until-violation'],
      '--until-violation',
    ],
  ] as const)('refuses %s', async (_, options, words) => {
    const { exitCode, err } = await ran(['watch', ...PAGE, ...options], { columns: 300 });
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: expect.stringContaining(words) });
  });
});
