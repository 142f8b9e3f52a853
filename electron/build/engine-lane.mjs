// `npm run test:engine`: one suite of the Docker Engine API, against the simulated engine and against a real dockerd of
// our own, side by side. Installs what it needs where apt and root allow it; without dockerd the lane is skipped and says
// so, or fails when SILOSCOPE_REQUIRE names dockerd.
import { spawnSync } from 'node:child_process';
import { canInstall, conclude, giveUp, has, install, isRequired, runVitest } from './lane.mjs';

const startedAt = performance.now();
const missing = [
  ...(has('dockerd', '--version') ? [] : ['docker.io', 'iptables']),
  ...(has('/bin/busybox', 'true') ? [] : ['busybox-static']),
];
if (missing.length > 0 && canInstall()) install(missing);

if (!has('dockerd', '--version')) {
  giveUp('engine', 'dockerd is not installed (Debian: docker.io), or does not run here', isRequired('dockerd'));
} else {
  const tests = runVitest('-c', 'electron/build/engine-vitest.config.ts', ...process.argv.slice(2));
  const version =
    /\d+\.\d+\.\d+[\w.+~]*/.exec(spawnSync('dockerd', ['--version'], { encoding: 'utf8' }).stdout)?.[0] ?? '';
  conclude('engine', { tests }, `the simulated engine and dockerd ${version}`.trim(), startedAt);
}
