// Builds what runs into out/: the command line (Node, ESM), the window's main and preload, and the page. `--bench` builds the measurements
// instead, `--cli` the command line alone.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildNode } from './node-build.mjs';
import { buildRenderer } from './renderer-build.mjs';
import { buildWindow, HELPERS } from './window-build.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** Helpers; what runs as an administrator, where Node runs us; puts the command line on the search path when it is installed. */
const BESIDE = {
  ...HELPERS,
  'broker-process': 'electron/hosts/this-machine/broker/broker-process.ts',
  'path-entry': 'electron/shells/cli/path-entry/path-entry-process.ts',
};

const started = performance.now();
const buildCommandLine = () => buildNode('electron/shells/cli/main.ts', 'out/cli', BESIDE);
if (process.argv.includes('--bench')) await buildNode('electron/build/bench/main.ts', 'out/bench');
else if (process.argv.includes('--cli')) await buildCommandLine();
else {
  await Promise.all([buildCommandLine(), buildWindow({ root, version }), buildRenderer({ version })]);
}
process.stderr.write(`built out/ in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
