import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../shells/serving/package-root.ts';

export const ROOT = packageRoot();
const IMAGE = 'mcr.microsoft.com/windows/servercore:ltsc2025';

/** A simulated host that is served by a process of its own. */
export interface Served {
  readonly page: string;
  /** What a client connects to. */
  readonly connect: string;
  readonly docker: string;
  readonly processId: number;
  end(): void;
}

/** Serves a scenario, by name or file, as a user would. */
export function serve(scenario: string): Promise<Served> {
  const bin = join(ROOT, 'electron', 'build', 'siloscope.mjs');
  const argv = [bin, 'sim', '--listen', 'tcp://127.0.0.1:0', '--json', '--scenario', scenario];
  const env = { ...process.env, SILOSCOPE_CONNECT: '', SILOSCOPE_HOME: mkdtempSync(join(tmpdir(), 'siloscope-home-')) };
  const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('exit', code => reject(new Error(`siloscope sim ended with ${code}: run "npm run build" first`)));
    child.stdout.once('data', (line: Buffer) => {
      const { page, connect, docker } = JSON.parse(line.toString()) as Served;
      resolve({ page, connect, docker, processId: child.pid ?? 0, end: () => void child.kill() });
    });
  });
}

export const workerName = (index: number): string => `worker-${String(index).padStart(4, '0')}`;

/** A scenario with so many containers, each with a disk of its own. */
export function crowd(silos: number): unknown {
  const fileSystems = [{ commandLine: '"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m X:' }];
  return {
    name: `${silos} silos`,
    winfsp: { fsd: 'running' },
    images: [{ reference: IMAGE, base: 'servercore', osVersion: '10.0.26100.4652' }],
    containers: Array.from({ length: silos }, (_, index) => ({ name: workerName(index), image: IMAGE, fileSystems })),
  };
}
