import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Fate } from './fate.ts';
import { judgeMemory, MemorySamples } from './memory-samples.ts';
import { World } from './world.ts';

// `npm run test:chaos`: one world for ten minutes, days of its own time. `--seed N --rounds N` plays what a run printed.

const HOUR = 3_600_000;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    minutes: { type: 'string', default: '10' },
    /** In the place of minutes: the same each time. */
    rounds: { type: 'string' },
    /** Every harm, as it comes. */
    verbose: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? 1 + Math.floor(Math.random() * 1_000_000));
const rounds = values.rounds === undefined ? Number.POSITIVE_INFINITY : Number(values.rounds);
const wallMs = values.rounds === undefined ? Number(values.minutes) * 60_000 : Number.POSITIVE_INFINITY;
if (!Number.isInteger(seed) || !(rounds > 0) || !(wallMs > 0))
  throw new RangeError('--seed, --minutes and --rounds take numbers');

const print = (line: string): void => void process.stdout.write(`${line}\n`);
print(`chaos lane: seed ${seed}`);
const folder = await mkdtemp(join(tmpdir(), 'siloscope-chaos-'));
const startedAt = performance.now();
const world = await World.create(seed, folder);
const told: string[] = [];
const fate = new Fate(world, seed, line => {
  told.push(line);
  if (told.length > 40) told.shift();
  if (values.verbose) print(line);
});
const memory = new MemorySamples();
await fate.begin();
let played = 0;
let isSound = true;
while (isSound && played < rounds && performance.now() - startedAt < wallMs) {
  isSound = await fate.round();
  played++;
  memory.take((fate.verdict.simulatedMs - world.clock.slept) / HOUR);
}

const { crimes, calms, harms, simulatedMs } = fate.verdict;
const counted = (what: string): number => world.counts.get(what) ?? 0;
const kinds = [...world.counts].filter(([what]) => what.startsWith('harm: '));
const wide = Math.max(0, ...kinds.map(([what]) => what.length));
for (const [what, times] of kinds.toSorted(([, one], [, other]) => other - one))
  print(`  ${what.slice('harm: '.length).padEnd(wide)} ${String(times).padStart(4)}`);
print(
  `${counted('launch.done')} launches, ${counted('workspace.relaunched')} of them relaunches, ` +
    `${counted('launch.failed')} refused; ${counted('lives')} lives of Siloscope`,
);
const ends = [...world.counts].filter(([what]) => what.startsWith('draft: '));
print(
  `files written into a cache: ${ends.map(([what, times]) => `${times} ${what.slice('draft: '.length)}`).join(', ')}`,
);
print(
  `${counted('workspace.unwritten')} containers kept for what they may hold, ${counted('kept containers looked after')} looked after; ` +
    `${counted('waited for a person')} times so many that a person was waited for`,
);
const grown = judgeMemory(memory.all);
print(grown.told);
await world.dispose();
await rm(folder, { recursive: true });
for (const crime of crimes) print(`  ${crime}`);
if (crimes.length > 0)
  print(
    `  before it:\n${told.map(line => `    ${line}`).join('\n')}\n  again: npm run test:chaos -- --seed ${seed} --rounds ${played}`,
  );
const hasFailed = crimes.length > 0 || !grown.isFlat;
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
print(
  `chaos lane: ${hasFailed ? 'FAILED' : 'passed'}: ${harms} harms in ${(simulatedMs / HOUR / 24).toFixed(1)} simulated days, ` +
    `whole again after each of ${calms} calms; seed ${seed}, ${played} rounds, in ${seconds} s`,
);
process.exitCode = hasFailed ? 1 : 0;
