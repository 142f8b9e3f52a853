import { readFile } from 'node:fs/promises';
import { readScenario } from '../../electron/hosts/simulated/scenario/read-scenario.ts';
import { Scenario } from '../../electron/hosts/simulated/scenario/schema.ts';
import { createSimulatedHost } from '../../electron/hosts/simulated/simulated-host.ts';
import { TEST_FILES, TEST_PROGRAMS } from '../../electron/hosts/simulated/testing/test-programs.ts';
import { systemClock } from '../../shared/base/clock.ts';
import { objectStaging } from './object-staging.ts';
import { stageBench, stageHost, stageSilo } from './staged.ts';

// The process beside the one under test: it holds the staged objects, and serves the simulated engine on the real pipe.
// `--bench` stages the twenty thousand objects and nothing else; `--scenario NAME|FILE` serves the engine of a scenario that
// comes along or lies there, and stages no silo. Says "ready" once, and ends when it is killed.
const make = objectStaging();
const at = process.argv.indexOf('--scenario');
const chosen = at < 0 ? undefined : process.argv[at + 1];
if (process.argv.includes('--bench')) {
  stageBench(make);
} else if (chosen !== undefined) {
  stageHost(make);
  const file = chosen.endsWith('.json') ? chosen : `assets/scenarios/${chosen}.json`;
  const read = readScenario(await readFile(file, 'utf8'), file);
  // Containers live in the simulated Windows, whose driver nobody here can start: this machine starts its own.
  const scenario: Scenario = { ...read, winfsp: { ...read.winfsp, fsd: 'running' } };
  const host = await createSimulatedHost({ clock: systemClock, scenario });
  await host.listenEngine('npipe:////./pipe/docker_engine');
} else {
  stageHost(make);
  stageSilo(make);
  // Of the Windows that Wine says it is, so that it runs under process isolation on this machine.
  const image = 'mcr.microsoft.com/windows/servercore:1903';
  const host = await createSimulatedHost({
    clock: systemClock,
    programs: TEST_PROGRAMS,
    scenario: Scenario.parse({
      name: 'wine-lane',
      windows: { build: 18_362, revision: 0, displayVersion: '1903', edition: 'Windows 10 Pro' },
      winfsp: { fsd: 'running' },
      hostFiles: TEST_FILES,
      images: [{ reference: image, base: 'servercore', osVersion: '10.0.18362.0' }],
      containers: [
        {
          name: 'lane',
          image,
          binds: ['C:\\Test:C:\\Test'],
          fileSystems: [
            { commandLine: '"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m Y: -u \\memfs\\share', files: {} },
          ],
        },
      ],
    }),
  });
  await host.listenEngine('npipe:////./pipe/docker_engine');
}
process.stdout.write('ready\n');
setInterval(() => undefined, 60_000);
