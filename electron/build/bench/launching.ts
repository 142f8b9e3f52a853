import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Contract } from '../../../shared/contract/contract.ts';
import type { Client } from '../../../shared/contract/operation.ts';
import { atMost, median, milliseconds, type Row } from './table.ts';

const run = promisify(execFile);

const MEMFS = 'C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe';
const WINFSP = 'C:\\Program Files (x86)\\WinFsp';

async function timed(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

/**
 * Launches `count` disk file systems through the services (preflight, container, volume awaited, first listing) and as
 * many with `docker run -d` of the stock CLI (which waits for none of that), in turn, on one simulated engine.
 */
export async function measureLaunches(
  client: Client<Contract>,
  dockerHost: string,
  image: string,
  count: number,
): Promise<Row[]> {
  const started: number[] = [];
  const ours: number[] = [];
  const stock: number[] = [];
  const env = { ...process.env, DOCKER_HOST: dockerHost };
  for (let turn = 0; turn < count; turn += 1) {
    const asked = performance.now();
    const launch = client.call(
      'filesystem.launch',
      { profile: 'memfs-disk', name: `ours-${turn}`, image },
      {
        onProgress: told => {
          if (told.step === 'start' && told.state === 'done') started.push(performance.now() - asked);
        },
      },
    );
    ours.push(await timed(() => launch));
    const command = [MEMFS, '-i', '-F', 'NTFS', '-m', 'Z:'];
    const bind = `${WINFSP}:${WINFSP}:ro`;
    stock.push(
      await timed(() =>
        run('docker', ['run', '-d', '--name', `stock-${turn}`, '--isolation=process', '-v', bind, image, ...command], {
          env,
        }),
      ),
    );
  }
  return [
    atMost(
      0.9,
      compare(
        `launch until the container runs, median of ${count}: services vs docker run -d, simulated engine`,
        started,
        stock,
      ),
    ),
    {
      ...compare(
        `launch until the volume is listed, which docker run -d does not wait for, median of ${count}`,
        ours,
        stock,
      ),
      goal: 'none: more work',
    },
  ];
}

function compare(what: string, ours: readonly number[], beside: readonly number[]): Row {
  return {
    what,
    ours: milliseconds(median(ours)),
    beside: milliseconds(median(beside)),
    ratio: median(ours) / median(beside),
  };
}
