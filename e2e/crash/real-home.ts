import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalEntry } from '../../shared/domain/journal.ts';

/** One run of the built program. */
export interface Run {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** A program that runs. */
export interface Running {
  readonly done: Promise<Run>;
  /** The first line that it printed, as JSON. */
  readonly first: Promise<Readonly<Record<string, unknown>>>;
  kill(signal: 'SIGKILL' | 'SIGINT'): void;
}

/** Three hours behind, as after somebody has set the clock while others ran. */
const SET_BACK = 'data:text/javascript,const%20now%3DDate.now%3BDate.now%3D()%3D%3Enow()-10800000%3B';

/** One user's folder that processes of the built program share. */
export class RealHome {
  readonly folder: string;
  readonly #program: string;
  readonly #running = new Set<Running>();

  private constructor(program: string, folder: string) {
    this.#program = program;
    this.folder = folder;
  }

  static async create(program: string, name: string): Promise<RealHome> {
    const folder = join(await mkdtemp(join(tmpdir(), 'siloscope-home-')), name);
    await mkdir(folder);
    return new RealHome(program, folder);
  }

  start(argv: readonly string[], { isClockBehind = false } = {}): Running {
    const child = spawn(process.execPath, [this.#program, ...argv], {
      env: {
        ...process.env,
        SILOSCOPE_HOME: this.folder,
        SILOSCOPE_JOURNAL: join(this.folder, 'kept'),
        NO_COLOR: '1',
        ...(isClockBehind ? { NODE_OPTIONS: `--import=${SET_BACK}` } : {}),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    const first = new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
      child.stdout.on('data', (bytes: Buffer) => {
        out += bytes.toString('utf8');
        try {
          resolve(JSON.parse(out) as Readonly<Record<string, unknown>>);
        } catch {
          // Not whole yet.
        }
      });
      child.once('close', () => reject(new Error(`it ended: ${err}`)));
    });
    first.catch(() => undefined);
    child.stderr.on('data', (bytes: Buffer) => {
      err += bytes.toString('utf8');
    });
    const running: Running = {
      first,
      done: once(child, 'close').then(() => {
        this.#running.delete(running);
        return { exitCode: child.exitCode, out, err };
      }),
      kill: signal => void child.kill(signal),
    };
    this.#running.add(running);
    return running;
  }

  run(...argv: string[]): Promise<Run> {
    return this.start(argv).done;
  }

  /** The whole journal, as the program itself tells it. */
  async journal(...more: string[]): Promise<readonly JournalEntry[]> {
    const { out, err, exitCode } = await this.run('journal', '--json', '--limit', '10000', ...more);
    if (exitCode !== 0) throw new Error(`the journal cannot be read: ${err}`);
    return (JSON.parse(out) as { readonly entries: readonly JournalEntry[] }).entries;
  }

  async dispose(): Promise<void> {
    for (const running of this.#running) running.kill('SIGKILL');
    await Promise.all([...this.#running].map(({ done }) => done));
    await rm(join(this.folder, '..'), { recursive: true, force: true });
  }
}

/** A small disk of its own at a folder; undefined where this user may mount none. */
export function smallDisk(
  folder: string,
): { readonly remount: (how: 'ro' | 'rw') => void; readonly dispose: () => void } | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return {
    remount: how => void execFileSync('mount', ['-o', `remount,${how}`, folder]),
    dispose: () => void execFileSync('umount', ['-l', folder]),
  };
}
