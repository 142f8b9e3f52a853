import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MomentDiff } from '../../../shared/domain/compare-moments.ts';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import { SarifLog } from '../../../shared/domain/sarif.ts';
import { ran, type Simulation, simulation } from './testing/real-doors.ts';

const SERVERCORE = 'mcr.microsoft.com/windows/servercore:ltsc2025';
const box = (name: string, more = '') => ({
  name,
  image: SERVERCORE,
  fileSystems: [{ commandLine: `"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m Y:${more}` }],
});
const SCENARIO = {
  winfsp: { fsd: 'running' },
  behaviour: { siloMups: ['own', 'shared', 'elsewhere'] },
  images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
  containers: [box('one', ' -u \\one\\share'), box('two', ' -u \\two\\share'), box('three')],
};

let sim: Simulation;
let folder: string;
let before: string;
const siloscope = (...argv: string[]) =>
  ran([...argv, '--connect', sim.connect], { columns: 120, env: { NO_COLOR: '1' } });
const asJson = async <T>(...argv: string[]): Promise<T> => JSON.parse((await siloscope(...argv, '--json')).out);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-past-'));
  const scenario = join(folder, 'mups.json');
  await writeFile(scenario, JSON.stringify(SCENARIO));
  sim = await simulation(scenario);
  await siloscope('inspect', '--brief');
  const { entries } = await asJson<{ entries: { at: string; sequence: number }[] }>('journal');
  before = entries.at(-1)?.at ?? '';
  await siloscope('look', '\\\\two\\share', '--canary');
  await siloscope('look', '\\\\one\\share', '--from', 'host');
}, 60_000);
afterAll(async () => {
  await sim.end();
  await rm(folder, { recursive: true });
});

describe('a moment that is past', () => {
  it('shows what each MUP was seen to be, and the chain of then', async () => {
    const { out } = await siloscope('journal', '--at', before);
    const text = out.replace(/\s+/g, ' ');
    expect(text).toContain('\\\\one\\share of one unknown; \\Device\\Mup of one: its own');
    expect(text).toContain('\\\\two\\share of two expected to leak; \\Device\\Mup of two: a link to \\Device\\Mup');
    expect(text).toContain('Y: of three private; \\Device\\Mup of three: a link to somewhere else');
    expect(text).toMatch(
      /\[no\] E1 In its home \\Device\\Mup is no link: it is a UNC switchboard .*? 20\d\d-\d\d-\d\dT/,
    );
    const then = await asJson<{ volumes: { uncPrefix?: string; chain: { code: string; holds: string }[] }[] }>(
      'journal',
      '--at',
      before,
    );
    const [one] = then.volumes.filter(({ uncPrefix }) => uncPrefix === '\\one\\share');
    expect(one?.chain.map(({ code, holds }) => `${code} ${holds}`)).toEqual([
      'mup-is-shared no',
      'provider-carries-guid yes',
      'listed-in-silo-only yes',
    ]);
    expect(then).toMatchObject({ unrecorded: { chains: [], mups: [], gaps: false } });
  });

  it('is compared with a later one: who saw it how, and which links were tested since', async () => {
    const diff = await asJson<MomentDiff>('journal', '--at', before, '--diff', 'now');
    const changes = diff.volumes.changed.map(({ volume, steps }) => [
      volume.uncPrefix,
      ...steps.map(({ code, before: was, after }) => `${code}: ${was} -> ${after}`),
    ]);
    expect(changes).toEqual([
      ['\\one\\share', 'opened-through-provider: not-tested -> no'],
      ['\\two\\share', 'opened-through-provider: not-tested -> yes', 'canary-read-back: not-tested -> yes'],
    ]);
    const { out } = await siloscope('journal', '--at', before, '--diff', 'now');
    expect(out.replace(/\s+/g, ' ')).toContain(
      'seen from the host: expected to be visible (not tested: by a documented rule) -> visible (proven by a canary)',
    );
    // The finding was told before the test, and is true of what was known after it.
    const later = (await siloscope('journal', '--at', '0s')).out.replace(/\s+/g, ' ');
    expect(later).toContain('leaks: the host can open it (proven by a canary');
    expect((await siloscope('journal', '--at', before, '--diff', before)).out).toContain(
      'Nothing that was noted changed.',
    );
    expect(await siloscope('journal', '--diff', 'now')).toMatchObject({ exitCode: 2 });
  });

  it('is reported as one, in every format, with what is missing', async () => {
    const file = join(folder, 'then.html');
    expect((await siloscope('report', '--at', before, '--out', file)).exitCode).toBe(0);
    const page = await readFile(file, 'utf8');
    expect(page).toContain('This report is about the past.');
    expect(page).toContain('Host, as it was then known');
    expect(page).toMatch(/<th scope="row">Windows<\/th><td>Windows 11 Pro .*?, build 26100\.\d+, x64<\/td>/);
    expect(page).toMatch(/<th scope="row">Docker Engine<\/th><td>\d.*? windows containers<\/td>/);
    expect(page).not.toMatch(/not recorded then|of now/);
    expect(page).toContain(`siloscope report --at ${before}`);
    expect(page).not.toMatch(/<script/);

    const json = await asJson<{ past: { sequence: number }; inspection: { is: Inspection }; readiness?: unknown }>(
      'report',
      '--at',
      before,
    );
    expect(json.past.sequence).toBeGreaterThan(0);
    expect(json.readiness).toBeUndefined();
    expect(json.inspection.is.takenAt).toBe(before);
    const two = json.inspection.is.volumes.find(({ uncPrefix }) => uncPrefix === '\\two\\share');
    expect([...(two?.visibility ?? [])].find(({ namespace }) => namespace === 'host')?.evidence.rank).toBe('rule');

    const markdown = (await siloscope('report', '--at', before)).out;
    expect(markdown).toContain(`# Siloscope report about ${before}`);
    expect(markdown.replace(/\s+/g, ' ')).toContain('This report is about the past');
  });

  it('is written as SARIF that says of which moment it is', async () => {
    const { out, exitCode } = await siloscope('report', '--at', before, '--format', 'sarif', '--policy', 'no-leaks');
    const [run] = SarifLog.parse(JSON.parse(out)).runs;
    expect(exitCode).toBe(6);
    expect(run?.properties).toMatchObject({ past: true, moment: before });
    expect(run?.invocations[0]?.endTimeUtc).toBe(before);
    expect(run?.invocations[0]?.toolExecutionNotifications[0]?.message.text).toContain('This is about the past');
    expect(run?.results.some(({ ruleId, kind }) => ruleId === 'unc-leak' && kind === 'fail')).toBe(true);
    const now = SarifLog.parse(JSON.parse((await siloscope('report', '--format', 'sarif')).out));
    expect(now.runs[0]?.properties['past']).toBeUndefined();
    expect(run?.automationDetails.id).toBe(`${now.runs[0]?.automationDetails.id}past/`);
  });

  it.each([['--probe'], ['--canary'], ['--plain-unc']])('is not looked at: %s', async flag => {
    expect(await siloscope('report', '--at', before, flag)).toMatchObject({ exitCode: 2 });
  });

  it('before the first line is nothing that is known, and never clean', async () => {
    const { exitCode, out } = await siloscope('report', '--at', '2001-01-01T00:00:00Z', '--policy', 'no-leaks');
    expect(exitCode).toBe(4);
    expect(out).toContain('before the first line that is kept');
  });
});
