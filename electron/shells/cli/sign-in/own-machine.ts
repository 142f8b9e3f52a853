import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../../shared/base/clock.ts';
import { runProgram } from '../../../hosts/this-machine/run/run-program.ts';
import type { OwnMachine } from './sign-in-start.ts';

/** This machine, for what the program does to it and not to a host. */
export function ownMachine(env: Readonly<Record<string, string | undefined>>): OwnMachine {
  const systemRoot = env['SystemRoot'] ?? 'C:\\Windows';
  const workingDirectory = `${systemRoot}\\System32`;
  return {
    program: [process.execPath, ...process.execArgv, ...process.argv.slice(1, 2)],
    systemRoot,
    run: (argv, signal) => runProgram(argv, { signal }, { clock: systemClock, workingDirectory }),
    async withFile(content, use) {
      const folder = await mkdtemp(join(tmpdir(), 'siloscope-'));
      try {
        const path = join(folder, 'task.xml');
        await writeFile(path, content, { mode: 0o600 });
        return await use(path);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
