import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../../shared/contract/contract.ts';
import { openLocalServices } from '../serving/local-services.ts';
import { startWebServer } from '../serving/web-server.ts';
import { run } from './run.ts';
import type { Doors } from './session.ts';
import { captureIo } from './testing/captured-io.ts';

let folder: string;
let doors: Doors;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-isolation-'));
  doors = { openServices: (target, signal) => openLocalServices(target, signal, { folder }), startWebServer };
});
afterAll(() => rm(folder, { recursive: true }));

const PAGE = ['--scenario', 'winfsp-container-support'];
async function ran(...argv: string[]): Promise<{ exitCode: number; out: string; err: string }> {
  const io = captureIo({ env: { NO_COLOR: '1' }, columns: 120 });
  const exitCode = await run(['doctor', ...argv], io, doors);
  return { exitCode, out: io.out(), err: io.err() };
}

describe('doctor --isolation', () => {
  it('prints the table, keeps it, lists it, and compares it with the one before', async () => {
    const first = await ran('--isolation', ...PAGE);
    expect(first.exitCode).toBe(0);
    expect(first.out).toMatch(/named provider +yes\* +YES\* +YES\*/);
    expect(first.out).toMatch(/UNC name +- +- +-/);
    expect(first.out).toContain('The disk volume was reached by no name that a program would use.');
    expect(first.out).toContain('This host is simulated');
    expect((await ran('--isolation', '--compare', ...PAGE)).exitCode).toBe(2);
    await ran('--isolation', '--plain-unc', ...PAGE);
    const compared = await ran('--isolation', '--compare', ...PAGE);
    expect(compared.out).toContain('whatever was tried in both came out the same');
    expect(compared.out).toMatch(/\d+ tried in one of them only/);
    expect((await ran('--isolation', '--history', ...PAGE)).out.match(/ways in from outside/g)).toHaveLength(2);
  });

  it('answers the table as JSON', async () => {
    const { exitCode, out, err } = await ran('--isolation', '--json', ...PAGE);
    const table: unknown = JSON.parse(out);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(contract['isolation.test'].output.parse(table)).toEqual(table);
  });

  it('refuses to compare two simulations, as two states of one Windows would be', async () => {
    const { out } = await ran('--isolation', '--history', '--json', ...PAGE);
    const [{ id }] = (JSON.parse(out) as { tables: [{ id: string }] }).tables;
    await ran('--isolation', '--scenario', 'default');
    const history = (await ran('--isolation', '--history', ...PAGE)).out;
    expect(history).toContain('Windows builds, WinFsp versions and images beside each other');
    expect(history).toMatch(/ {2}A {2}.*WinFsp.*\n(?: {5}.*\n)* {2}B {2}/);
    expect(history).toMatch(/\d+ tries came out the same wherever they were made/);
    const { exitCode, err } = await ran('--isolation', '--compare', id, '--scenario', 'default');
    expect({ exitCode, err: err.replace(/\s+/g, ' ') }).toEqual({
      exitCode: 2,
      err: expect.stringContaining('one of the two is of another simulation'),
    });
  });

  it.each(['--history', '--plain-unc', '--compare'])('is needed for %s', async option => {
    const { exitCode, err } = await ran(option, ...PAGE);
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: expect.stringContaining(`${option}: needs --isolation`) });
  });
});
