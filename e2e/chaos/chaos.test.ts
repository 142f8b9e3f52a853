import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Fate } from './fate.ts';
import { judgeMemory } from './memory-samples.ts';
import { World } from './world.ts';

/** The long version: `npm run test:chaos`. */
const ROUNDS = 3;

async function played(
  seed: number,
  rounds: number,
): Promise<{ readonly fate: Fate; readonly told: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'siloscope-chaos-'));
  const world = await World.create(seed, folder);
  const told: string[] = [];
  const fate = new Fate(world, seed, line => told.push(line));
  try {
    await fate.begin();
    for (let round = 0; round < rounds; round++) await fate.round();
  } finally {
    await world.dispose();
    await rm(folder, { recursive: true });
  }
  return { fate, told };
}

describe('a workspace that is kept while everything goes wrong', () => {
  it.each([7])(
    'is whole again each time the host allows it, and nothing is twice, left behind or lost: seed %i',
    async seed => {
      const { fate, told } = await played(seed, ROUNDS);
      expect(fate.verdict.crimes, `seed ${seed}:\n${told.join('\n')}`).toEqual([]);
      expect(fate.verdict).toMatchObject({ calms: ROUNDS });
      expect(fate.verdict.harms).toBeGreaterThanOrEqual(ROUNDS);
    },
    120_000,
  );

  it('goes the same way each time by its seed', async () => {
    const [one, other] = [await played(3, 1), await played(3, 1)];
    expect(one.told).toEqual(other.told);
    expect(one.fate.verdict).toEqual(other.fate.verdict);
  }, 60_000);
});

describe("the heap's samples", () => {
  const line = (bytesADay: number, noise = 0) =>
    Array.from({ length: 60 }, (_, hours) => ({
      hours,
      bytes: 50_000_000 + (bytesADay * hours) / 24 + (hours % 2 === 0 ? noise : -noise),
    }));

  it.each([
    ['stands still', line(0, 400_000), true],
    ['falls', line(-5_000_000), true],
    ['grows by two megabytes a day', line(2_097_152, 100_000), false],
    ['are too few', line(2_097_152).slice(0, 30), true],
  ])('of a heap that %s', (_, samples, isFlat) => {
    expect(judgeMemory(samples).isFlat).toBe(isFlat);
  });
});
