import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import tar from 'tar-stream';
import { describeNeeding } from '../fixtures/needing.ts';
import { describeBuilds } from './build.contract.ts';
import { dockerOver } from './client.ts';
import { type Dialect, describeEngine } from './engine.contract.ts';

const IMAGE = 'busybox-static:1';
const BUSYBOX = '/bin/busybox';
const sh = (line: string): string[] => ['sh', '-c', line];

const linux: Dialect = {
  image: IMAGE,
  print: (...lines) => sh(lines.map(line => `echo ${line}`).join(';')),
  complain: line => sh(`echo ${line} >&2`),
  exit: code => sh(`exit ${code}`),
  idle: ['sleep', '1000'],
  greet: sh('read LINE; echo got $LINE'),
  show: path => ['cat', path],
  directory: '/tmp',
};

/** Why no real daemon can be started here; undefined when one can. */
function obstacle(): string | undefined {
  if (process.platform !== 'linux') return 'a real dockerd for this suite runs on Linux only';
  if (process.getuid?.() !== 0) return 'dockerd needs root';
  try {
    execFileSync('dockerd', ['--version'], { stdio: 'ignore' });
  } catch {
    return 'dockerd is not installed (Debian: docker.io)';
  }
  return existsSync(BUSYBOX) ? undefined : 'busybox is not installed (Debian: busybox-static)';
}

const because = obstacle();

describeNeeding('dockerd', because, 'a real dockerd, beside the simulated engine', () => {
  describeEngine('a real dockerd', startDaemon);
  describeBuilds('a real dockerd', startDaemon);
});

/** A daemon of our own: own socket, own data, no network, gone afterwards. */
async function startDaemon() {
  const home = await mkdtemp(join(tmpdir(), 'siloscope-dockerd-'));
  const socket = join(home, 'docker.sock');
  const places = ['--host', `unix://${socket}`, '--data-root', join(home, 'data'), '--exec-root', join(home, 'exec')];
  const daemon = spawn('dockerd', [...places, '--pidfile', join(home, 'pid'), '--bridge=none', '--iptables=false'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  daemon.stderr.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  const { docker, close } = dockerOver(() => connect(socket));
  const stop = async (): Promise<void> => {
    close();
    await ended(daemon);
    await rm(home, { recursive: true, force: true });
  };
  try {
    await answers(docker, daemon, () => told);
    await importBusybox(docker);
  } catch (caught) {
    await stop();
    throw caught;
  }
  return { docker, dialect: linux, stop };
}

async function answers(docker: Docker, daemon: ChildProcess, told: () => string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (daemon.exitCode !== null) break;
    const up = await docker.ping().then(
      () => true,
      () => false,
    );
    if (up) return;
    await pause(100);
  }
  throw new Error(`dockerd did not come up; it said:\n${told().slice(-4_000)}`);
}

function ended(daemon: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    if (daemon.exitCode !== null || daemon.signalCode !== null) {
      resolve();
      return;
    }
    daemon.once('exit', () => resolve());
    daemon.kill('SIGTERM');
  });
}

async function importBusybox(docker: Docker): Promise<void> {
  const pack = tar.pack();
  pack.entry({ name: 'bin/', type: 'directory', mode: 0o755 });
  pack.entry({ name: 'tmp/', type: 'directory', mode: 0o777 });
  pack.entry({ name: 'bin/busybox', mode: 0o755 }, await readFile(BUSYBOX));
  for (const name of ['sh', 'cat', 'sleep', 'echo']) {
    pack.entry({ name: `bin/${name}`, type: 'symlink', linkname: 'busybox', mode: 0o777 });
  }
  pack.finalize();
  const [repo = '', tag = ''] = IMAGE.split(':');
  const progress: NodeJS.ReadableStream = await docker.importImage(Readable.from(await buffer(pack)), { repo, tag });
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(progress, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}
