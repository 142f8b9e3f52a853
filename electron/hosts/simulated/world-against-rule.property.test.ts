import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Visibility } from '../../../shared/domain/inspection.ts';
import type { NamespaceId } from '../../../shared/domain/namespace.ts';
import { cellsByRule } from '../../../shared/domain/testing/cells-by-rule.ts';
import { classOf } from '../../../shared/domain/unc-prefix.ts';
import type { World } from '../../../shared/domain/visibility.ts';
import { PlayedWorld } from './testing/played-world.ts';
import { LETTERS, type WorldPlan, worldPlan } from './testing/world-plan.ts';

/** What a name led to when it was really opened in a namespace: a token, or nothing. */
type Opened = ReadonlyMap<NamespaceId, ReadonlyMap<string, string | undefined>>;

/** Names are compared as Windows does, without case. Every name by which a program could reach any volume: letters, UNC names, providers' names, and the devices themselves. */
function candidates(world: PlayedWorld): readonly string[] {
  const names = new Set<string>(LETTERS.map(letter => letter.toLowerCase()));
  for (const { device, name } of world.everMounted()) {
    names.add(`\\\\?\\globalroot${name}`.toLowerCase());
    const prefix = name.slice(device.length);
    if (prefix !== '') names.add(`\\${prefix}`.toLowerCase());
  }
  for (const { uncPrefix = '', provider = '' } of world.volumes()) {
    if (provider !== '')
      names.add(`\\\\?\\globalroot\\device\\mup\\;${provider.replace('\\Device\\', '')}${uncPrefix}`.toLowerCase());
  }
  return [...names];
}

/** Opens every name in every namespace; the plan's seed decides who comes first, because MUP remembers. */
async function openAll(world: PlayedWorld, seed: number): Promise<Opened> {
  const asked = world.namespaces.flatMap(({ id }) => candidates(world).map(name => ({ id, name })));
  const opened = new Map(world.namespaces.map(({ id }) => [id, new Map<string, string | undefined>()]));
  for (const { id, name } of shuffled(asked, seed)) opened.get(id)?.set(name, await world.open(id, name));
  return opened;
}

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state;
  };
  return items
    .map(item => ({ item, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

type Known = Pick<World, 'behaviour' | 'servers' | 'classWinners'> & {
  /** The winners are known: then the rule has to name contested UNC names too. */
  readonly exact?: boolean;
};

/** Where the rule and the world disagree, in words; empty when they do not. */
function disagreements(world: PlayedWorld, opened: Opened, { exact = false, ...known }: Known): readonly string[] {
  const volumes = world.volumes();
  const rows = cellsByRule({ volumes, namespaces: world.namespaces, ...known });
  return rows.flatMap((cells, index) => {
    const volume = volumes[index];
    if (volume === undefined) return ['a row without a volume'];
    return cells.flatMap(cell => {
      const led = opened.get(cell.namespace) ?? new Map<string, string | undefined>();
      const working = [...led].flatMap(([name, token]) => (token === volume.token ? [name] : []));
      const where = `${volume.token} (${volume.home} ${volume.uncPrefix ?? ''}) from ${cell.namespace}`;
      return cellDisagreements(cell, working, volume, exact).map(what => `${where}: ${what}`);
    });
  });
}

function cellDisagreements(
  cell: Visibility,
  working: readonly string[],
  volume: { readonly home: NamespaceId; readonly device: string; readonly uncPrefix?: string | undefined },
  exact: boolean,
): readonly string[] {
  const told = new Set(cell.through.map(({ path }) => path.toLowerCase()));
  const found: string[] = [];
  if (cell.visible === 'unknown') found.push('the rule did not decide');
  if ((cell.visible === 'yes') !== working.length > 0) {
    found.push(`the rule says ${cell.visible} (${cell.because}), the world opens ${JSON.stringify(working)}`);
  }
  for (const path of told) if (!working.includes(path)) found.push(`the rule names ${path}, which leads elsewhere`);
  for (const path of working) {
    const isDevice = path.startsWith(`\\\\?\\globalroot${volume.device}`.toLowerCase());
    if (told.has(path) || (isDevice && cell.namespace === volume.home)) continue;
    if (path.startsWith('\\\\?\\') || !path.startsWith('\\\\'))
      found.push(`the rule does not name ${path}, which leads here`);
    // Of a class that several claim, the rule cannot know whose the UNC name is until somebody has looked.
    else if (exact || !mayBeContested(cell, path, told)) found.push(`the rule does not name ${path}, which leads here`);
  }
  return found;
}

function mayBeContested(cell: Visibility, unc: string, told: ReadonlySet<string>): boolean {
  return cell.because === 'class-claimed-by-another' || (cell.because === 'its-own-namespace' && !told.has(unc));
}

describe('whatever world there is', () => {
  it('each cell that the rule predicts is what opening every name in the kernel gives', async () => {
    await fc.assert(
      fc.asyncProperty(worldPlan, plan =>
        inWorld(plan, async world => {
          expect(disagreements(world, await openAll(world, plan.seed), knownOf(plan))).toEqual([]);
          if (plan.fault === undefined) return;
          await world.suffer(plan.fault);
          expect(disagreements(world, await openAll(world, plan.seed + 1), knownOf(plan))).toEqual([]);
        }),
      ),
      { numRuns: 1_000 },
    );
  });

  it('and once it was seen who answers for each class, the rule knows every name there is', async () => {
    await fc.assert(
      fc.asyncProperty(unswitchedPlan, plan =>
        inWorld(plan, async world => {
          const classWinners = winnersOf(world, await openAll(world, plan.seed));
          expect(disagreements(world, await openAll(world, plan.seed + 1), { classWinners, exact: true })).toEqual([]);
        }),
      ),
      { numRuns: 1_000 },
    );
  });

  it('and the same provider answers for a class, whichever of its names is asked for first', async () => {
    await fc.assert(
      fc.asyncProperty(unswitchedPlan, fc.nat(), async (plan, otherSeed) => {
        const ask = (seed: number): Promise<ReadonlyMap<string, string>> =>
          inWorld(plan, async world => winnersOf(world, await openAll(world, seed)));
        expect(await ask(otherSeed)).toEqual(await ask(plan.seed));
      }),
      { numRuns: 300 },
    );
  });
});

/** As the sources suggest Windows to be, without file servers. */
const unswitchedPlan = worldPlan.map(plan => ({ ...plan, behaviour: {}, servers: [] }));

async function inWorld<T>(plan: WorldPlan, act: (world: PlayedWorld) => Promise<T>): Promise<T> {
  const world = await PlayedWorld.play(plan);
  try {
    return await act(world);
  } finally {
    await world.dispose();
  }
}

/** Class -> home of the volume that a UNC name of the class led to. MUP stops at the first claim: there is one at most. */
function winnersOf(world: PlayedWorld, opened: Opened): ReadonlyMap<string, NamespaceId> {
  const homes = new Map(world.volumes().map(({ token, home }) => [token, home]));
  const winners = new Map<string, NamespaceId>();
  for (const led of opened.values()) {
    for (const [name, token = ''] of led) {
      const home = homes.get(token);
      if (home === undefined || !/^\\\\[^?]/.test(name)) continue;
      const earlier = winners.get(classOf(name.slice(1)));
      expect([undefined, home], `two silos answer for ${name}`).toContain(earlier);
      winners.set(classOf(name.slice(1)), home);
    }
  }
  return winners;
}

function knownOf({ behaviour, servers }: WorldPlan): Pick<World, 'behaviour' | 'servers'> {
  return { behaviour, servers: servers.map(({ name }) => name) };
}
