import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { PullProgress } from '../../../shared/domain/launch.ts';
import { run } from './run.ts';
import { captureIo } from './testing/captured-io.ts';
import { standIn } from './testing/stand-in-services.ts';

const IMAGE = 'mcr.microsoft.com/windows/servercore:ltsc2025';
const layer = (id: string, phase: PullProgress['layers'][number]['phase'], downloaded: number, extracted: number) => ({
  id,
  phase,
  downloaded,
  extracted,
  total: 2_000_000_000,
});
const HALF: PullProgress = {
  image: IMAGE,
  phase: 'downloading',
  layers: [
    layer('0123456789abcdef', 'downloading', 1_000_000_000, 0),
    layer('fedcba9876543210', 'extracting', 2_000_000_000, 500_000_000),
    layer('aaaaaaaaaaaaaaaa', 'waiting', 0, 0),
  ],
  fraction: 0.41,
};

const services = () =>
  standIn({
    'image.pull': (_, { progress }) => {
      progress(HALF);
      throw new FaultError({ code: 'pull-failed', image: IMAGE, raw: 'unexpected EOF' });
    },
    'filesystem.launch': (_, { progress }) => {
      progress({ step: 'preflight', state: 'done' });
      progress({ step: 'fsd', state: 'done', note: 'WinFsp+2.1' });
      progress({ step: 'image', state: 'started', pull: HALF });
      throw new FaultError({ code: 'pull-failed', image: IMAGE, raw: 'unexpected EOF' });
    },
  });

async function stderrOf(argv: readonly string[], columns?: number): Promise<string> {
  const io = captureIo({ env: { NO_COLOR: '1' }, ...(columns === undefined ? {} : { columns }) });
  expect(await run(argv, io, services())).toBe(5);
  return io.err();
}

/** What stood on the terminal at its fullest: everything before the first erasure. */
const drawn = (err: string) => err.replaceAll('\u001b[?2026h', '').replaceAll('\u001b[?2026l', '').split('\u001b')[0];

describe('progress on a terminal', () => {
  it('shows a pull as a whole and by layer', async () => {
    expect(drawn(await stderrOf(['images', '--pull', IMAGE], 80))).toBe(
      [
        `[#########---------------]  41 %  downloading`,
        IMAGE,
        '  0123456789ab downloading [######------]  50 % of 2.00 GB',
        '  fedcba987654 extracting  [###---------]  25 % of 2.00 GB',
        '',
      ].join('\n'),
    );
  });

  it('shows the steps of a launch, and the pull inside', async () => {
    const err = await stderrOf(['launch', 'memfs-disk'], 100);
    for (const line of [
      '[ok]   Checking host, image, letter and prefix',
      "[ok]   Seeing to WinFsp's driver (FSD): WinFsp+2.1",
      '[..]   Getting the base image',
    ]) {
      expect(err).toContain(line);
    }
    expect(err).toContain(`[#########---------------]  41 %  downloading ${IMAGE}`);
  });
});

describe('progress into a pipe', () => {
  it.each([[['images', '--pull', IMAGE]], [['launch', 'memfs-disk']]])('is silent: %j', async argv => {
    const err = await stderrOf(argv);
    expect(err).not.toContain('%  downloading');
    expect(err).not.toContain('\u001b');
  });

  it.each([['--quiet'], ['--json']])('is silent on a terminal too with %s', async option => {
    const io = captureIo({ columns: 80 });
    await run(['launch', 'memfs-disk', option], io, services());
    expect(io.err()).not.toContain('[ok]');
  });
});
