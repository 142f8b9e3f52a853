import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import { run } from './run.ts';
import { captureIo } from './testing/captured-io.ts';
import { SAMPLE_INSPECTION } from './testing/sample-inspection.ts';
import { SAMPLE_SNAPSHOT } from './testing/sample-snapshot.ts';
import { standIn } from './testing/stand-in-services.ts';

const services = (more: Parameters<typeof standIn>[0] = {}) =>
  standIn({
    'snapshot.take': () => SAMPLE_SNAPSHOT,
    'readiness.check': () => {
      throw new FaultError({
        code: 'engine-unreachable',
        endpoint: 'tcp://10.1.2.3:2375',
        cause: 'timeout',
        raw: 'C:\\Users\\erika```',
      });
    },
    'inspection.take': () => SAMPLE_INSPECTION,
    'journal.read': () => ({
      first: 1,
      last: 1,
      entries: [
        {
          sequence: 1,
          at: '2026-11-22T02:00:00Z',
          source: 'launch',
          what: 'launch.started',
          subject: 'b',
          data: { user: 'erika@box' },
        },
      ],
    }),
    ...more,
  });

async function report(...argv: string[]): Promise<{ exitCode: number; out: string; err: string }> {
  const io = captureIo();
  const exitCode = await run(['report', ...argv], io, services());
  return { exitCode, out: io.out(), err: io.err() };
}

describe('a report', () => {
  it('is Markdown that says what is known and why the rest is not', async () => {
    const { exitCode, out, err } = await report();
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    await expect(out).toMatchFileSnapshot('golden/report.md');
  });

  it.each([[[]], [['--format', 'json']]])('names neither machine nor user nor address: %j', async argv => {
    const { out } = await report(...argv);
    expect(out).not.toMatch(/SERVER22|erika|10\.1\.2\.3/);
  });

  it('is JSON when that is asked for', async () => {
    const { out } = await report('--json');
    expect(Object.keys(JSON.parse(out))).toEqual(['siloscope', 'snapshot', 'readiness', 'inspection', 'journal']);
  });

  it('goes to a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'report-'));
    const file = join(folder, 'report.md');
    const { exitCode, out } = await report('--output', file, '--json');
    expect({ exitCode, out: JSON.parse(out) }).toEqual({ exitCode: 0, out: { written: file } });
    expect(Object.keys(JSON.parse(await readFile(file, 'utf8')))).toContain('inspection');
    await rm(folder, { recursive: true });
  });

  it('is one HTML file where its name says so, and JSON where that does', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'report-'));
    const [page, data] = [join(folder, 'report.html'), join(folder, 'report.json')];
    expect(await report('--out', page, '--policy', 'no-leaks')).toMatchObject({ exitCode: 6 });
    expect(await report('--out', data, '--policy', 'no-leaks')).toMatchObject({ exitCode: 6 });
    const html = await readFile(page, 'utf8');
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).not.toMatch(/SERVER22|erika|10\.1\.2\.3|<script/);
    const json = await readFile(data, 'utf8');
    expect(html).toContain(createHash('sha256').update(json).digest('hex'));
    await rm(folder, { recursive: true });
  });

  it('leaves names in where it is told to', async () => {
    const { out } = await report('--format', 'html', '--keep-names');
    expect(out).toContain('SERVER22');
  });

  it('says when the file cannot be written', async () => {
    expect(await report('--output', '/nowhere/at/all.md')).toMatchObject({ exitCode: 2, out: '' });
  });
});

describe('a report by a policy', () => {
  const LAX = { name: 'lax', otherwise: 'allow' };
  const unlisted = { namespace: 'host', what: 'volume list', reason: 'no answer', hides: 'volumes' as const };
  const dark = (): Inspection => ({ ...SAMPLE_INSPECTION, gaps: [unlisted] });
  const whole = (): Inspection => ({ ...SAMPLE_INSPECTION, gaps: [] });
  const faulted = (): never => {
    throw new FaultError({ code: 'engine-unreachable', endpoint: 'pipe', cause: 'timeout', raw: '' });
  };

  it.each([
    ['nothing violates', whole, [], 0, 'nothing violates it', []],
    [
      'is not clean where volumes may be missing',
      dark,
      [],
      4,
      'not everything could be looked at',
      ['volume list (host)'],
    ],
    [
      'is written all the same where gaps are put up with',
      dark,
      ['--allow-gaps'],
      0,
      'not everything',
      ['volume list (host)'],
    ],
    ['is not clean where nothing could be inspected', faulted, [], 4, 'not everything', ['the inspection itself']],
  ] as const)('%s: in words, in JSON and as exit code', async (_, take, options, expected, words, incomplete) => {
    const folder = await mkdtemp(join(tmpdir(), 'report-'));
    const policy = join(folder, 'lax.json');
    await writeFile(policy, JSON.stringify(LAX));
    for (const format of ['html', 'markdown', 'json']) {
      const io = captureIo();
      const doors = services({ 'inspection.take': take });
      const argv = ['report', '--policy', policy, '--format', format, ...options];
      const exitCode = await run(argv, io, doors);
      expect({ format, exitCode }).toEqual({ format, exitCode: expected });
      if (format === 'json') {
        expect(JSON.parse(io.out())).toMatchObject({ policy: { name: 'lax', violations: [], incomplete } });
      } else expect(io.out().replace(/\s+/g, ' ')).toContain(words);
    }
    await rm(folder, { recursive: true });
  });

  it('takes no gaps into the bargain where no policy is given', async () => {
    expect(await report('--allow-gaps')).toMatchObject({ exitCode: 2 });
  });
});
