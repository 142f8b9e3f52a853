import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '../../../shared/base/clock.ts';
import type { Host } from '../../hosts/host.ts';
import { createEngineConnection } from '../../services/engine/engine-connection.ts';
import { atMost, median, milliseconds, type Row } from './table.ts';

const run = promisify(execFile);
const IMAGE = 'siloscope-bench:busybox';

/** The connection of the services asks a host for nothing but a dial. */
function dialOnly(socketPath: string): Pick<Host, 'dialEngine'> {
  return {
    dialEngine: () =>
      new Promise((resolve, reject) => {
        const socket = connect(socketPath, () => resolve(socket));
        socket.once('error', reject);
      }),
  };
}

/** Starts a dockerd of its own. Answers undefined, with the reason on stderr, where none can run. */
async function startDockerd(folder: string): Promise<{ readonly socket: string; stop(): Promise<void> } | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    process.stderr.write('bench: no real dockerd here (Linux and root needed); that row is left out\n');
    return undefined;
  }
  const socket = join(folder, 'docker.sock');
  const daemon = spawn(
    'dockerd',
    [
      '--host',
      `unix://${socket}`,
      '--data-root',
      join(folder, 'data'),
      '--exec-root',
      join(folder, 'exec'),
      '--pidfile',
      join(folder, 'pid'),
      '--bridge=none',
      '--iptables=false',
    ],
    { stdio: 'ignore', detached: true },
  );
  const ended = new Promise<void>(resolve => {
    daemon.once('exit', () => resolve());
    daemon.once('error', () => resolve());
  });
  const stop = async (): Promise<void> => {
    daemon.kill('SIGTERM');
    await ended;
  };
  for (let tries = 0; tries < 100; tries += 1) {
    const up = await run('docker', ['-H', `unix://${socket}`, 'version'], { env: process.env }).then(
      () => true,
      () => false,
    );
    if (up) return { socket, stop };
    if (daemon.exitCode !== null) break;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  process.stderr.write('bench: dockerd did not come up; that row is left out\n');
  await stop();
  return undefined;
}

/** Create and start through our engine connection vs `docker run -d`, in turn, on a real dockerd. */
export async function measureRealEngine(count: number): Promise<Row | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'siloscope-bench-'));
  const dockerd = await startDockerd(folder);
  try {
    if (dockerd === undefined) return undefined;
    const { socket } = dockerd;
    await run('sh', [
      '-c',
      `mkdir -p "${folder}/root/bin" && cp /bin/busybox "${folder}/root/bin/" && ln -s busybox "${folder}/root/bin/sleep" && tar -C "${folder}/root" -c . | docker -H unix://${socket} import - ${IMAGE}`,
    ]);
    const connection = createEngineConnection(dialOnly(socket), systemClock, socket);
    const ours: number[] = [];
    const stock: number[] = [];
    try {
      for (let turn = 0; turn < count; turn += 1) {
        const started = performance.now();
        await connection.order('create and start', async docker => {
          const container = await docker.createContainer({
            name: `ours-${turn}`,
            Image: IMAGE,
            Cmd: ['sleep', '600'],
            HostConfig: { NetworkMode: 'none' },
          });
          await container.start();
        });
        ours.push(performance.now() - started);
        const stockStarted = performance.now();
        await run('docker', [
          '-H',
          `unix://${socket}`,
          'run',
          '-d',
          '--network',
          'none',
          '--name',
          `stock-${turn}`,
          IMAGE,
          'sleep',
          '600',
        ]);
        stock.push(performance.now() - stockStarted);
        await run('docker', ['-H', `unix://${socket}`, 'rm', '-f', `ours-${turn}`, `stock-${turn}`]);
      }
    } finally {
      connection.dispose();
    }
    return atMost(0.9, {
      what: `create and start, median of ${count}: our engine connection vs docker run -d, real dockerd`,
      ours: milliseconds(median(ours)),
      beside: milliseconds(median(stock)),
      ratio: median(ours) / median(stock),
    });
  } finally {
    await dockerd?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
