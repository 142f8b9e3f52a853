import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find(existsSync);
const PERL = ['/usr/bin/perl', '/usr/local/bin/perl'].find(existsSync);
const FAR_SIDE = fileURLToPath(new URL('./far-side.pl', import.meta.url));

/** Why no sshd can be started here; undefined when one can. */
export function obstacle(): string | undefined {
  if (process.platform === 'win32') return 'the lane needs Unix sockets as sshd of Linux hands them over';
  if (SSHD === undefined) return 'sshd is not installed (Debian: openssh-server)';
  if (PERL === undefined) return 'perl is not installed (Debian: perl-base)';
  try {
    execFileSync('ssh-keygen', ['-?'], { stdio: 'ignore' });
  } catch (caught) {
    if (caught instanceof Error && 'code' in caught && caught.code === 'ENOENT') return 'ssh-keygen is not installed';
  }
  return undefined;
}

/** A real sshd on the loopback whose every command is far-side.pl. */
export interface Sshd {
  readonly url: string;
  readonly user: string;
  readonly port: number;
  /** A directory of our own: keys, and room for the machine's socket. */
  readonly home: string;
  readonly socketPath: string;
  readonly keyFile: string;
  readonly strangerKeyFile: string;
  /** The host key as known_hosts has it, `type base64`. */
  readonly hostKey: string;
  /** The same as `ssh-keygen -l` prints it. */
  fingerprint(): string;
  /** Kills the sessions that are open now, not the server. */
  cutConnections(): void;
  /** Stops the server and its sessions in their tracks: the connections stand, nobody answers. */
  freeze(): void;
  thaw(): void;
  /** Ends the server and its sessions, as a host does that goes down. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** A new host key, as after an installation anew. Takes effect with the next start. */
  changeHostKey(): string;
  dispose(): Promise<void>;
}

export async function startSshd(): Promise<Sshd> {
  const home = await mkdtemp(join(tmpdir(), 'siloscope-sshd-'));
  const port = await freePort();
  const [hostKeyFile, keyFile, strangerKeyFile] = [join(home, 'host'), join(home, 'id'), join(home, 'stranger')];
  for (const file of [hostKeyFile, keyFile, strangerKeyFile]) makeKey(file);
  const socketPath = join(home, 'far.sock');
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${hostKeyFile}`,
    `AuthorizedKeysFile ${keyFile}.pub`,
    `ForceCommand ${PERL} '${FAR_SIDE}' '${socketPath}'`,
    // The user's shell starts it, and bash would read the developer's own .bashrc first, each time.
    `SetEnv HOME=${home}`,
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'PermitRootLogin yes',
    'PubkeyAuthentication yes',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PrintMotd no',
    'LogLevel ERROR',
  ];
  await writeFile(join(home, 'sshd_config'), `${config.join('\n')}\n`);
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true });
  let server: ChildProcess | undefined;
  const made: Sshd = {
    url: `ssh://${userInfo().username}@127.0.0.1:${port}`,
    user: userInfo().username,
    port,
    home,
    socketPath,
    keyFile,
    strangerKeyFile,
    hostKey: publicKey(hostKeyFile),
    fingerprint() {
      const told = execFileSync('ssh-keygen', ['-lf', `${hostKeyFile}.pub`], { encoding: 'utf8' });
      return /SHA256:\S+/.exec(told)?.[0] ?? told;
    },
    cutConnections() {
      for (const session of sessionsOf(server?.pid)) process.kill(session, 'SIGKILL');
    },
    freeze: () => signalAll(server?.pid, 'SIGSTOP'),
    thaw: () => signalAll(server?.pid, 'SIGCONT'),
    async stop() {
      const ending = server;
      server = undefined;
      const sessions = sessionsOf(ending?.pid);
      await ended(ending);
      for (const session of sessions) killIfThere(session);
    },
    async start() {
      server = spawn(SSHD ?? '', ['-D', '-e', '-f', join(home, 'sshd_config')], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let said = '';
      server.stderr?.on('data', (bytes: Buffer) => {
        said += bytes.toString();
      });
      if (!(await answers(port, server))) throw new Error(`sshd did not come up: ${said}`);
    },
    changeHostKey() {
      execFileSync('rm', ['-f', hostKeyFile, `${hostKeyFile}.pub`]);
      makeKey(hostKeyFile);
      return publicKey(hostKeyFile);
    },
    async dispose() {
      await made.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
  await made.start();
  return made;
}

function makeKey(file: string): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'siloscope', '-f', file]);
}

function publicKey(file: string): string {
  const text = execFileSync('ssh-keygen', ['-y', '-f', file], { encoding: 'utf8' });
  return text.trim().split(' ').slice(0, 2).join(' ');
}

/** Process ids of the server's own children: one for each connection. */
function sessionsOf(server: number | undefined): readonly number[] {
  if (server === undefined) return [];
  const table = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' });
  return table.split('\n').flatMap(line => {
    const [pid = '', parent = ''] = line.trim().split(/\s+/);
    return Number(parent) === server ? [Number(pid)] : [];
  });
}

function signalAll(server: number | undefined, signal: 'SIGSTOP' | 'SIGCONT'): void {
  for (const pid of [...sessionsOf(server), ...(server === undefined ? [] : [server])]) process.kill(pid, signal);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (caught) {
    if (!(caught instanceof Error && 'code' in caught && caught.code === 'ESRCH')) throw caught;
  }
}

async function answers(port: number, server: ChildProcess): Promise<boolean> {
  for (let attempt = 0; attempt < 100 && server.exitCode === null; attempt++) {
    const up = await new Promise<boolean>(resolve => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (up) return true;
    await pause(50);
  }
  return false;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

function ended(child: ChildProcess | undefined): Promise<void> {
  return new Promise(resolve => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
