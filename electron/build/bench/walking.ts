import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from './table.ts';

/** From the folder of the package: where `npm run` runs. */
const LANE = join('electron', 'build', 'wine-lane.mjs');
const RESULT = join('out', 'wine', 'walk.json');

/**
 * The object namespace walked through koffi and in C, both under Wine, in the lane that has Wine set up. No row, and the
 * reason on stderr, where there is no Wine, no Node for Windows or no compiler: nothing is installed for a bench.
 */
export async function measureWalk(): Promise<Row[]> {
  await rm(RESULT, { force: true });
  const { status, stdout } = spawnSync(process.execPath, [LANE, '--only-walk'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (existsSync(RESULT)) return [JSON.parse(await readFile(RESULT, 'utf8')) as Row];
  if (status !== 0) throw new Error(`the walk failed: ${stdout}`);
  process.stderr.write(stdout);
  return [];
}
