import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { needWine, node, start, windows } from '../../electron/build/wine-machine.mjs';
import { type ScenarioSource, writeScenario } from '../fixtures/scenario-file.ts';

/** A server that is a Windows process, and what it said first. */
export interface UnderWine {
  readonly child: ChildProcess;
  readonly line: string;
  readonly end: () => Promise<void>;
}

/** The scenario whose engine answers beside a staged silo: `scene.ts` has it. */
export const STAGED = 'staged';

let serial = 0;

/**
 * Starts `siloscope --host local serve` under Wine, and beside it the simulated engine of a scenario on the named pipe where
 * Docker's is. The lane has made the prefix; one server at a time, since there is one such pipe.
 */
export async function startUnderWine(scenario: ScenarioSource, port: number, folder: string): Promise<UnderWine> {
  needWine({ installs: false });
  serial += 1;
  const name = await writeScenario(scenario, folder);
  const given = name === STAGED ? [] : ['--scenario', name.startsWith('/') ? windows(name) : name];
  const { child: scene } = await start(`journey-scene-${process.pid}-${serial}`, [node, 'e2e/wine/scene.ts', ...given]);
  const ended = (child: ChildProcess): Promise<void> =>
    new Promise(resolve => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  try {
    const { child, line } = await start(
      `journey-${process.pid}-${serial}`,
      [node, 'electron/build/siloscope.mjs', '--host', 'local', 'serve', '--json', '--port', String(port)],
      {
        isReady: one => one.startsWith('{'),
        env: { SILOSCOPE_HOME: windows(join(folder, 'home')), SILOSCOPE_CONNECT: '', NO_COLOR: '1' },
      },
    );
    const end = async (): Promise<void> => {
      await ended(child);
      await ended(scene);
      rmSync(folder, { recursive: true, force: true });
    };
    return { child, line, end };
  } catch (caught) {
    await ended(scene);
    throw caught;
  }
}
