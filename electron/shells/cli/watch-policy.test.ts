import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SarifLog } from '../../../shared/domain/sarif.ts';
import { HastyClock } from '../../hosts/simulated/testing/hasty-clock.ts';
import type { CaptureOptions } from './testing/captured-io.ts';
import { type Ran, ran } from './testing/real-doors.ts';

const SERVERCORE = 'mcr.microsoft.com/windows/servercore:ltsc2025';
const PAGE = ['--scenario', 'winfsp-container-support'];
let folder: string;
/** Seconds of watching pass as fast as the host has nothing to do. */
const watched = (argv: readonly string[], more: CaptureOptions = {}): Promise<Ran> =>
  ran(['watch', ...argv], { ...more, clock: new HastyClock() });
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

const codesOf = (violations: unknown): string[] =>
  z
    .array(z.object({ code: z.string() }))
    .parse(violations)
    .map(({ code }) => code);

describe('watch --policy as a gate', () => {
  it('ends with 6 at the first violation', async () => {
    const { exitCode, out, err } = await watched([...PAGE, '--policy', 'no-leaks', '--until-violation', '--json']);
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
    const { exitCode, out } = await watched([...PAGE, '--policy', file, '--for', '2s', '--json']);
    expect([exitCode, linesOf(out)]).toEqual([
      0,
      [{ ended: { policy: 'meant', violations: [], accepted: 0, incomplete: [], meanwhile: [], exitCode: 0 } }],
    ]);
  });

  it('stops the offender where it is asked to, and writes all that was seen as SARIF', async () => {
    const sarif = join(folder, 'watched.sarif');
    const options = ['--guard', 'stop', '--including-running', '--for', '3s', '--sarif', sarif, '--json'];
    const { exitCode, out } = await watched([...PAGE, '--policy', 'no-leaks', ...options]);
    const told = linesOf(out).map(({ news }) => news);
    expect([exitCode, told.includes('guard.acted'), told.includes('policy.restored')]).toEqual([6, true, true]);
    const { results } = SarifLog.parse(JSON.parse(await readFile(sarif, 'utf8'))).runs[0] ?? { results: [] };
    expect(results.map(({ locations }) => locations[0]?.logicalLocations?.[0]?.fullyQualifiedName)).toEqual([
      'memfs-network/\\memfs\\share',
    ]);
  });

  const scenarioFile = async (name: string, more: object): Promise<string> => {
    const file = join(folder, `${name}.json`);
    const images = [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }];
    await writeFile(file, JSON.stringify({ name, winfsp: { fsd: 'running' }, images, ...more }));
    return file;
  };
  const ALLOWING = { name: 'all-sights', otherwise: 'allow' };
  const policyFile = async (more: object): Promise<string> => {
    const file = join(folder, 'findings.json');
    await writeFile(file, JSON.stringify({ ...ALLOWING, ...more }));
    return file;
  };

  it.each([
    ['its code', { findings: ['ghost-mount-point'] }, 6],
    ['its severity', { findingsFrom: 'info' }, 6],
    ['a severity that it does not have', { findingsFrom: 'serious' }, 0],
    ['nothing', {}, 0],
    [
      'its code, and accepts it',
      {
        findings: ['ghost-mount-point'],
        acceptances: [{ code: 'ghost-mount-point', container: 'host', reason: 'known', until: '2099-01-01' }],
      },
      6,
    ],
  ])('judges a finding, too, where the policy speaks of it by %s', async (_, more, expected) => {
    const ghosts = [{ mountPoint: 'X:', target: '\\Device\\Volume{00000000-0000-4000-8000-000000000001}' }];
    const scenario = await scenarioFile('ghost', { ghosts });
    const policy = await policyFile(more);
    const sarif = join(folder, 'ghost.sarif');
    const argv = ['--scenario', scenario, '--policy', policy, '--for', '2s', '--sarif', sarif, '--json'];
    const { exitCode, out } = await watched(argv);
    const codes = codesOf(linesOf(out).at(-1)?.ended?.['violations']);
    expect({ exitCode, codes }).toEqual({ exitCode: expected, codes: expected === 6 ? ['ghost-mount-point'] : [] });
    const { results } = SarifLog.parse(JSON.parse(await readFile(sarif, 'utf8'))).runs[0] ?? { results: [] };
    expect(results.map(({ ruleId, level }) => `${ruleId} ${level}`)).toEqual(
      expected === 6 ? ['ghost-mount-point error'] : [],
    );
  });

  it.each([
    ['ends with 4', [], 4, 'not-listed error'],
    ['ends with 0 where gaps are put up with', ['--allow-gaps'], 0, 'not-listed none'],
  ])(
    '%s where volumes cannot be listed, and its SARIF is not clean',
    async (_, options, expected, result) => {
      const scenario = await scenarioFile('unlisted', {
        containers: [
          { name: 'dark', image: SERVERCORE, fileSystems: [{ commandLine: '"{winfsp}\\bin\\memfs-x64.exe" -m Y:' }] },
        ],
        faults: [{ kind: 'exec-hangs', command: 'lsvol' }],
      });
      const sarif = join(folder, 'unlisted.sarif');
      const policy = await policyFile({});
      const argv = ['--scenario', scenario, '--policy', policy, '--for', '12s', '--sarif', sarif, '--json'];
      const { exitCode, out } = await watched([...argv, ...options]);
      expect({ exitCode, ended: linesOf(out).at(-1)?.ended }).toEqual({
        exitCode: expected,
        ended: expect.objectContaining({ violations: [], incomplete: [expect.stringContaining('dark')] }),
      });
      const log = SarifLog.parse(JSON.parse(await readFile(sarif, 'utf8')));
      expect(log.runs[0]?.results.map(({ ruleId, level }) => `${ruleId} ${level}`)).toEqual([result]);
      expect(log.runs[0]?.invocations[0]?.executionSuccessful).toBe(false);
    },
    60_000,
  );

  it('ends with 4 where nothing could be seen at all', async () => {
    const { exitCode } = await watched(['--scenario', 'engine-denied', '--policy', 'no-leaks', '--for', '1s']);
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
    const { exitCode, err } = await watched([...PAGE, ...options], { columns: 300 });
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: expect.stringContaining(words) });
  });
});
