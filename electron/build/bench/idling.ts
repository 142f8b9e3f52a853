import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep, systemClock } from '../../../shared/base/clock.ts';
import { crowd, serve } from './serving.ts';
import { mebibytes, type Row } from './table.ts';

const SETTLE_MS = 20_000;
const CLEAN_UP_MS = 40_000;
/** Long enough for one of the looks at everything that are made now and then. */
const WATCH_MS = 120_000;

/** What a process has used so far (seconds of all cores) and what it holds, by Linux' own books. */
async function booksOf(processId: number): Promise<{ readonly seconds: number; readonly bytes: number }> {
  const stat = await readFile(`/proc/${processId}/stat`, 'utf8');
  // The name in parentheses may hold blanks; user and system time are the 14th and 15th field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const status = await readFile(`/proc/${processId}/status`, 'utf8');
  const kibibytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]);
  return { seconds: (Number(fields[11]) + Number(fields[12])) / ticks, bytes: kibibytes * 1_024 };
}

/**
 * A server that nobody asks anything, simulated host and all, once V8 has cleared away what the start left: that comes within
 * its first minute, once, and is told apart. Only where the system keeps such books.
 */
export async function measureIdle(silos: number): Promise<Row[]> {
  if (process.platform !== 'linux') return [];
  const folder = await mkdtemp(join(tmpdir(), 'siloscope-bench-'));
  const scenario = join(folder, 'scenario.json');
  await writeFile(scenario, JSON.stringify(crowd(silos)));
  const served = await serve(scenario);
  const shareOver = async (ms: number): Promise<number> => {
    const before = await booksOf(served.processId);
    await sleep(systemClock, ms);
    const after = await booksOf(served.processId);
    return ((after.seconds - before.seconds) / (ms / 1_000)) * 100;
  };
  try {
    await sleep(systemClock, SETTLE_MS);
    const first = await shareOver(CLEAN_UP_MS);
    const percent = await shareOver(WATCH_MS);
    const { bytes } = await booksOf(served.processId);
    return [
      {
        what: `idle for ${WATCH_MS / 1_000} s, ${silos} silos, simulated host included: processor; beside: seconds ${SETTLE_MS / 1_000} to ${(SETTLE_MS + CLEAN_UP_MS) / 1_000} after the start`,
        ours: `${percent.toFixed(2)} %`,
        beside: `${first.toFixed(2)} %`,
        goal: '< 0.5 %',
        met: percent < 0.5,
      },
      {
        what: `idle, ${silos} silos, simulated host included: resident memory`,
        ours: mebibytes(bytes),
        goal: '< 150 MiB',
        met: bytes < 150 * 1_048_576,
      },
    ];
  } finally {
    served.end();
    await rm(folder, { recursive: true, force: true });
  }
}
