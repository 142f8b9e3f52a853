import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../../shared/contract/fault.ts';
import { run } from './run.ts';
import { captureIo } from './testing/captured-io.ts';
import { standIn } from './testing/stand-in-services.ts';

const KEPT = 'cloud.unwritten-0123456789ab';
const ARCHIVE = Buffer.from('PK of what was written');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-unwritten-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function said(...argv: string[]) {
  const removed: string[] = [];
  const services = standIn({
    'unwritten.list': () => ({
      containers: [
        {
          container: KEPT,
          item: 'cloud',
          workspace: 'office',
          profile: 'rclone-disk',
          status: 'Exited (1) 3 minutes ago',
          directory: 'C:\\cache',
          waiting: [{ path: 'draft\u001b[2J.txt', bytes: 12 }],
          count: 1,
        },
        { container: 'old.unwritten-ba9876543210', item: 'old', status: 'Exited (0) 2 days ago' },
      ],
    }),
    'unwritten.copy': ({ container }) => ({ container, archive: ARCHIVE.toString('base64'), files: 1, bytes: 12 }),
    'unwritten.remove': ({ container }) => {
      removed.push(container);
      return { container };
    },
  });
  const io = captureIo({ columns: 110, env: { NO_COLOR: '1' } });
  const exitCode = await run(['unwritten', ...argv], io, services);
  return { exitCode, out: io.out(), err: io.err(), removed };
}

describe('unwritten', () => {
  it('lists what each kept container holds, and the line that copies it out', async () => {
    const { exitCode, out } = await said();
    expect(exitCode).toBe(EXIT_CODES.done);
    expect(out).toContain(`${KEPT}  of office, Exited (1) 3 minutes ago`);
    expect(out).toContain('1 file not written: draft');
    expect(out).not.toContain('\u001b');
    expect(out).toContain(`siloscope unwritten ${KEPT} --out cloud.zip`);
    expect(out).toContain('docker cp old.unwritten-ba9876543210:PATH .');
  });

  it('writes the archive, and removes the container once that is done', async () => {
    const file = join(folder, 'cloud.zip');
    const { exitCode, out, removed } = await said(KEPT, '--out', file, '--remove');
    expect([exitCode, removed]).toEqual([EXIT_CODES.done, [KEPT]]);
    expect(await readFile(file)).toEqual(ARCHIVE);
    expect(out).toContain(`1 file (12 B) copied out, into ${file}.`);
    expect(out).toContain(`${KEPT} is removed.`);
  });

  it('removes nothing where the archive cannot be written', async () => {
    const { exitCode, removed } = await said(KEPT, '--out', join(folder, 'nowhere', 'cloud.zip'), '--remove');
    expect([exitCode, removed]).toEqual([EXIT_CODES.askedWrongly, []]);
  });

  it.each([[['--remove']], [['--out', 'x.zip']], [[KEPT]]])('refuses %j', async argv => {
    expect((await said(...argv)).exitCode).toBe(EXIT_CODES.askedWrongly);
  });
});
