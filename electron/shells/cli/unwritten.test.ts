import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT_CODES, FaultError } from '../../../shared/contract/fault.ts';
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

interface Otherwise {
  readonly missing?: readonly string[];
  /** What the services say of the copy, in spite of what they gave. */
  readonly sha256?: string;
}

const said = (...argv: string[]) => saidOf({}, ...argv);

async function saidOf({ missing = [], sha256 }: Otherwise, ...argv: string[]) {
  const removed: string[] = [];
  const left = [ARCHIVE.subarray(0, 5), ARCHIVE.subarray(5)];
  let end: (how: 'taken' | 'left') => void = () => undefined;
  const taking = new Promise<'taken' | 'left'>(resolve => {
    end = resolve;
  });
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
    'unwritten.copy': async ({ container }, { progress, signal }) => {
      progress({ files: 0, bytes: 0, of: { files: 1, bytes: 12 } });
      const outcome = await Promise.race([
        taking,
        new Promise<'left'>(resolve => signal.addEventListener('abort', () => resolve('left'))),
      ]);
      if (outcome === 'left') throw new FaultError({ code: 'cancelled' });
      const made = createHash('sha256').update(ARCHIVE).digest('hex');
      const told = {
        missing: [...missing],
        missingCount: missing.length,
        size: ARCHIVE.length,
        sha256: sha256 ?? made,
      };
      return { container, files: 1, bytes: 12, ...told };
    },
    'unwritten.next': ({ stop }) => {
      if (stop || left.length <= 1) end(stop ? 'left' : 'taken');
      return { data: (left.shift() ?? Buffer.alloc(0)).toString('base64'), ended: left.length === 0 };
    },
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

  it('says what its program lists and is not there, and removes nothing then', async () => {
    const file = join(folder, 'part.zip');
    const { exitCode, err, removed } = await saidOf({ missing: ['gone\u001b.txt'] }, KEPT, '--out', file, '--remove');
    expect([exitCode, removed]).toEqual([EXIT_CODES.refused, []]);
    expect(err).toContain('1 file that its program lists is not there: gone');
    expect(err).not.toContain('gone\u001b');
  });

  it('removes nothing where the disk gives back other bytes than were copied', async () => {
    const file = join(folder, 'broken.zip');
    const other = { sha256: '0'.repeat(64) };
    const { exitCode, err, removed } = await saidOf(other, KEPT, '--out', file, '--remove');
    expect([exitCode, removed]).toEqual([EXIT_CODES.askedWrongly, []]);
    expect(err).toContain('what the disk gives back is not what was copied');
  });

  it('removes nothing where the archive cannot be written', async () => {
    const { exitCode, err, removed } = await said(KEPT, '--out', join(folder, 'nowhere', 'cloud.zip'), '--remove');
    expect([exitCode, removed]).toEqual([EXIT_CODES.askedWrongly, []]);
    expect(err).toContain('there is no folder');
  });

  it.each([[['--remove']], [['--out', 'x.zip']], [[KEPT]]])('refuses %j', async argv => {
    expect((await said(...argv)).exitCode).toBe(EXIT_CODES.askedWrongly);
  });
});
