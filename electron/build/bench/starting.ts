import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './serving.ts';
import { median, milliseconds, type Row } from './table.ts';

const run = promisify(execFile);
const TURNS = 15;

/** Commands of a user, each as a process of its own, in turn with a Node that does nothing. */
export async function measureStarts(): Promise<Row[]> {
  const home = await mkdtemp(join(tmpdir(), 'siloscope-bench-'));
  const env = { ...process.env, SILOSCOPE_CONNECT: '', SILOSCOPE_HOME: home };
  const timed = async (argv: readonly string[]): Promise<number> => {
    const started = performance.now();
    await run(process.execPath, argv, { env });
    return performance.now() - started;
  };
  const bin = join(ROOT, 'electron', 'build', 'siloscope.mjs');
  const commands = ['--help', 'ls'].map(command => ({ command, ours: [] as number[] }));
  const nothing: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    nothing.push(await timed(['-e', '0']));
    for (const { command, ours } of commands) ours.push(await timed([bin, command]));
  }
  await rm(home, { recursive: true, force: true });
  return commands.map(({ command, ours }) => ({
    what: `siloscope ${command}${command === 'ls' ? ', the simulated host made for it included' : ''}; beside: node that does nothing`,
    ours: milliseconds(median(ours)),
    beside: milliseconds(median(nothing)),
    ratio: median(ours) / median(nothing),
  }));
}
