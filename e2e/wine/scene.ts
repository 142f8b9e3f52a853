import { Scenario } from '../../electron/hosts/simulated/scenario/schema.ts';
import { createSimulatedHost } from '../../electron/hosts/simulated/simulated-host.ts';
import { systemClock } from '../../shared/base/clock.ts';
import { objectStaging } from './object-staging.ts';
import { stageBench, stageSilo } from './staged.ts';

// The process beside the one under test: it holds the staged objects, and serves the simulated engine on the real pipe.
// `--bench` stages the twenty thousand objects and nothing else. Says "ready" once, and ends when it is killed.
const make = objectStaging();
if (process.argv.includes('--bench')) {
  stageBench(make);
} else {
  stageSilo(make);
  const image = 'mcr.microsoft.com/windows/servercore:ltsc2022';
  const host = await createSimulatedHost({
    clock: systemClock,
    scenario: Scenario.parse({
      name: 'wine-lane',
      winfsp: { fsd: 'running' },
      images: [{ reference: image, base: 'servercore', osVersion: '10.0.20348.2700' }],
      containers: [
        {
          name: 'lane',
          image,
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
