// Twenty thousand objects walked through koffi and by a C program, both under Wine: the price of the bridge between them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, lane, node, run, start } from './wine-machine.mjs';

/** Odd, so that the median is one of them. */
const WALKS = 9;
const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/**
 * Walks in turns; answers the row of the bench, the ratio of the medians with the best of each beside, and keeps it in
 * out/wine/walk.json. Undefined where the C program cannot be compiled. The prefix is up.
 */
export async function measureWalk(options) {
  const source = join('electron', 'build', 'bench', 'walk-namespace.c');
  const program = compile(source, join(lane, 'walk-namespace.exe'), options);
  if (program === undefined) return undefined;
  const { child: holder } = await start('bench-objects', [node, 'e2e/wine/scene.ts', '--bench']);
  const times = { ours: [], c: [] };
  const seen = new Set();
  const walk = (name, kept, argv) => {
    const [, what, ms] = /^(\d+ \d+) ([\d.]+)$/.exec(run(name, argv).output.trim()) ?? [];
    seen.add(what);
    kept.push(Number(ms));
  };
  // As many whatever the figures say: turns that end with the first good figure would choose it.
  for (let turn = 0; turn < WALKS; turn++) {
    walk('walk-ours', times.ours, [node, 'e2e/wine/measure-walk.ts']);
    walk('walk-c', times.c, [program, '\\Bench']);
  }
  holder.kill();
  if (seen.size !== 1 || !seen.has('20000 15000')) throw new Error(`the walks saw ${[...seen].join(', and ')}`);
  const [ours, c] = [median(times.ours), median(times.c)];
  const ratio = ours / c;
  const words = (middle, all) => `${middle.toFixed(0)} ms (best ${Math.min(...all).toFixed(0)} ms)`;
  const row = {
    what: `walk of 20,000 objects, 15,000 of them links, through koffi and in C, both under Wine, median of ${WALKS}`,
    ours: words(ours, times.ours),
    beside: words(c, times.c),
    ratio: Number(ratio.toFixed(2)),
    goal: '<= 2',
    met: ratio <= 2,
  };
  writeFileSync(join(lane, 'walk.json'), `${JSON.stringify(row, null, 2)}\n`);
  return row;
}
