import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fate } from './fate.ts';
import { HARM_NAMES, type Harm } from './harms.ts';
import { World } from './world.ts';

let folder: string;
let world: World;
let fate: Fate;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-recovery-'));
  world = await World.create(1, folder);
  fate = new Fate(world, 1, () => undefined);
  await fate.begin();
});
afterAll(async () => {
  await world.dispose();
  await rm(folder, { recursive: true });
});

/** What the timeline has to tell of each, at least. */
const TOLD: Readonly<Record<Harm, readonly string[]>> = {
  'container killed': ['container.killed', 'workspace.relaunched'],
  'unwritten container killed': ['container.killed', 'workspace.unwritten', 'workspace.relaunched'],
  'container removed': ['container.removed', 'workspace.relaunched'],
  'file system killed': ['container.ended', 'workspace.relaunched'],
  'FSD unloaded': ['volume.gone', 'workspace.relaunched'],
  'FSD does not start': ['launch.failed', 'workspace.relaunched'],
  'dockerd killed': ['engine.lost', 'workspace.relaunched'],
  'images removed': ['image.removed', 'workspace.relaunched'],
  'images removed, and not to be had': ['launch.failed', 'workspace.relaunched'],
  'secrets unavailable': ['workspace.given-up', 'workspace.relaunched'],
  'engine restarted': ['engine.lost', 'workspace.relaunched'],
  'engine hung': [],
  'engine slow': ['container.killed', 'workspace.relaunched'],
  'engine answers nonsense': [],
  'name taken': ['container.removed', 'workspace.relaunched'],
  'one of two apps killed': ['container.killed', 'workspace.relaunched'],
  'own folder gone': ['journal.unwritable', 'workspace.relaunched'],
  'own files held by a scanner': ['workspace.relaunched'],
  'journal cut short': ['journal.cut-short'],
  'clock set': [],
  'engine disk full': ['launch.failed', 'workspace.relaunched'],
  'containers do not start': ['workspace.failed', 'workspace.relaunched'],
  'volumes silent': ['workspace.not-answering', 'workspace.recovered'],
  'own disk full': ['journal.unwritable', 'workspace.relaunched'],
  'stopped with docker': ['container.stopped'],
  'stopped here': ['filesystem.stopped'],
  // That it was cut off: kept-journal.test.ts, where it was another process.
  'app killed': ['watch.started'],
  'app quit': ['watch.ended'],
  'second app': ['watch.started'],
  'host rebooted': ['watch.started', 'launch.done'],
  'slept and resumed': [],
  'profile saved': ['profile.saved'],
};

describe('a workspace that is kept is whole again, and the timeline says why it was not', () => {
  it.each(HARM_NAMES)(
    'after: %s',
    async harm => {
      const told = await fate.suffer(harm);
      expect(fate.verdict.crimes).toEqual([]);
      for (const what of TOLD[harm]) expect(told, [...told].join(' ')).toContain(what);
    },
    120_000,
  );
});
