import { describe, expect, it } from 'vitest';
import { Inspection } from '../../../shared/domain/inspection.ts';
import { run } from './run.ts';
import { captureIo } from './testing/captured-io.ts';
import { SAMPLE_INSPECTION } from './testing/sample-inspection.ts';
import { standIn } from './testing/stand-in-services.ts';

async function printed(argv: readonly string[], columns?: number): Promise<string> {
  const io = captureIo({ env: { NO_COLOR: '1' }, ...(columns === undefined ? {} : { columns }) });
  const exitCode = await run(argv, io, standIn({ 'inspection.take': () => SAMPLE_INSPECTION }));
  expect(exitCode).toBe(0);
  return io.out();
}

describe('what is printed', () => {
  it.each([
    '',
    'doctor',
    'fsd',
    'images',
    'launch',
    'list',
    'stop',
    'inspect',
    'namespace',
    'journal',
    'watch',
    'report',
    'explain',
    'serve',
    'sim',
    'tour',
    'profiles',
    'secrets',
    'hosts',
    'settings',
    'logs',
    'terminal',
    'policy',
    'look',
    'fix',
    'engine',
    'mup',
    'fsd',
    'unwritten',
  ])('by help %s', async name => {
    const text = await printed(['help', ...(name === '' ? [] : [name])], 80);
    await expect(text).toMatchFileSnapshot(`golden/help${name === '' ? '' : `-${name}`}.txt`);
  });

  it('by inspect of many volumes: what matters most, and how many more there are', async () => {
    const [volume] = SAMPLE_INSPECTION.volumes;
    const [finding] = SAMPLE_INSPECTION.findings;
    const volumes = Array.from({ length: 60 }, (_, index) => ({ ...volume, device: `\\Device\\Volume{${index}}` }));
    const many = Inspection.parse({ ...SAMPLE_INSPECTION, volumes, findings: volumes.map(() => finding) });
    const io = captureIo({ env: { NO_COLOR: '1' }, columns: 80 });
    await run(['inspect'], io, standIn({ 'inspection.take': () => many }));
    const lines = io.out().split('\n');
    expect(lines.filter(line => / more.*--json has each/.test(line))).toEqual([
      '10 volumes more: 10 private. --json has each.',
      '  50 more unc-leak: --json has each.',
    ]);
    expect(lines.length).toBeLessThan(450);
  });

  it.each([
    ['on 80 columns', 80],
    ['on 44 columns', 44],
    ['into a pipe', undefined],
  ])('by inspect %s', async (_, columns) => {
    await expect(await printed(['inspect'], columns)).toMatchFileSnapshot(`golden/inspect-${columns ?? 'pipe'}.txt`);
  });
});
