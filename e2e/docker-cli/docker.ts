import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Asking {
  /** Written to stdin, which then ends. */
  readonly stdin?: string;
  /** Holds stdin back until the output contains this text, then types it key by key and leaves it open. */
  readonly typeAt?: string;
  /** Ends the client with this signal once its output contains the text. */
  readonly interruptAt?: string;
}

/** No line may take longer (ms): a hang is a failure with a name. */
const LIMIT = 20_000;

/** Runs a program with the environment of a docker client on that endpoint, and nothing of the developer's own settings. */
export function run(program: string, argv: readonly string[], endpoint: string, asking: Asking = {}): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, {
      env: { PATH: process.env['PATH'], HOME: home, DOCKER_CONFIG: home, DOCKER_HOST: endpoint, TERM: 'xterm' },
    });
    let [stdout, stderr] = ['', ''];
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${program} ${argv.join(' ')} did not end; so far it said: ${stdout}${stderr}`));
    }, LIMIT);
    const type = ([key, ...rest]: readonly string[]): void => {
      if (key === undefined) return;
      child.stdin.write(key);
      // A client looks for its detach keys in single key strokes.
      setTimeout(type, 50, rest);
    };
    let held = asking.typeAt !== undefined;
    const heed = (): void => {
      if (held && `${stdout}${stderr}`.includes(asking.typeAt ?? '')) {
        held = false;
        type((asking.stdin ?? '').split(''));
      }
      if (asking.interruptAt !== undefined && `${stdout}${stderr}`.includes(asking.interruptAt)) child.kill('SIGINT');
    };
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      heed();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      heed();
    });
    child.on('error', error => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', code => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
    child.stdin.on('error', () => undefined);
    if (!held) child.stdin.end(asking.stdin ?? '');
  });
}

const home = mkdtempSync(join(tmpdir(), 'siloscope-docker-'));

/** Why the stock client cannot be driven here, if so: it, and util-linux's `script`, which gives it a terminal. */
export function whyNoClient(): string | undefined {
  const lacks = (program: string): boolean => spawnSync(program, ['--version'], { stdio: 'ignore' }).status !== 0;
  if (lacks('docker')) return 'there is no docker client (Debian: docker.io; elsewhere: docker-ce-cli)';
  return lacks('script') ? 'there is no util-linux script (Debian: bsdutils; elsewhere: util-linux)' : undefined;
}
