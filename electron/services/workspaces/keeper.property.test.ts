import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { type Fault, FaultError } from '../../../shared/contract/fault.ts';
import type { Workspace } from '../../../shared/domain/workspace.ts';
import type { Ground } from './ground.ts';
import type { Found } from './judge-item.ts';
import { Keeper } from './keeper.ts';

const WORKSPACE: Workspace = {
  name: 'everyday',
  items: ['disk', 'share', 'cloud'].map(name => ({ name, launch: { profile: 'memfs-disk' } })),
};
const NAMES = WORKSPACE.items.map(({ name }) => name);
const SECOND = 1_000;
const DAY = 86_400 * SECOND;

/** A host as a keeper sees it: containers that live or have ended, an engine that may be away, a disk that may be full. */
class Model implements Ground {
  readonly clock = new ManualClock();
  readonly containers = new Map<string, Found>();
  engine: 'up' | 'down' = 'up';
  disk: 'free' | 'full' = 'free';
  /** Launches that fail in a way that is the item's own. */
  breaking = 0;
  launches = 0;
  /** What no keeper may do. */
  readonly crimes: string[] = [];

  look(workspace: Workspace): Promise<ReadonlyMap<string, Found>> {
    return this.#answer(
      () => new Map(workspace.items.map(({ name }) => [name, this.containers.get(name) ?? 'nothing'])),
    );
  }

  launch(_: Workspace, { name }: { readonly name: string }): Promise<void> {
    return this.#answer(() => {
      this.launches++;
      if (this.containers.has(name)) {
        this.crimes.push(`launched ${name} twice`);
        throw new FaultError({ code: 'name-in-use', name, by: 'itself' });
      }
      if (this.disk === 'full') throw new FaultError({ code: 'disk-full', path: 'C:\\', raw: 'full' });
      if (this.breaking > 0) {
        this.breaking--;
        throw new FaultError({ code: 'file-system-ended', container: name, exitCode: 1, output: '' });
      }
      this.containers.set(name, 'healthy');
    });
  }

  left(): readonly string[] {
    return [];
  }

  isMended(): Promise<boolean> {
    return Promise.resolve(false);
  }

  remove(_: Workspace, { name }: { readonly name: string }): Promise<'changed' | undefined> {
    return this.#answer(() => this.#take(name, 'ended'));
  }

  clear(_: Workspace, { name }: { readonly name: string }): Promise<'changed' | undefined> {
    return this.#answer(() => this.#take(name, 'volume-gone'));
  }

  #take(name: string, only: Found): undefined {
    if (this.containers.get(name) !== only)
      this.crimes.push(`took away ${name}, which was ${this.containers.get(name)}`);
    this.containers.delete(name);
  }

  #answer<T>(act: () => T): Promise<T> {
    const fault: Fault = { code: 'engine-unreachable', endpoint: 'the pipe', cause: 'down', raw: '' };
    return this.engine === 'down' ? Promise.reject(new FaultError(fault)) : Promise.resolve().then(act);
  }
}

/** Lets time pass, and everything that follows from it. */
async function pass(model: Model, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    model.clock.advance(Math.min(500, left));
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  }
}

const target = fc.constantFrom(...NAMES);
const happening = fc.oneof(
  { weight: 3, arbitrary: target.map(name => ({ what: 'killed', name }) as const) },
  { weight: 1, arbitrary: target.map(name => ({ what: 'removed', name }) as const) },
  { weight: 2, arbitrary: fc.constant({ what: 'fsd-unloaded' } as const) },
  { weight: 2, arbitrary: fc.constant({ what: 'engine-restarted' } as const) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }).map(times => ({ what: 'breaking', times }) as const) },
  { weight: 1, arbitrary: fc.constant({ what: 'disk-filled' } as const) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 48 }).map(hours => ({ what: 'slept', hours }) as const) },
  { weight: 1, arbitrary: target.map(name => ({ what: 'silent', name }) as const) },
);

type Happening = typeof happening extends fc.Arbitrary<infer E> ? E : never;

async function happen(model: Model, keeper: Keeper, event: Happening): Promise<void> {
  const { containers } = model;
  if (event.what === 'killed' && containers.has(event.name)) containers.set(event.name, 'ended');
  if (event.what === 'removed') containers.delete(event.name);
  if (event.what === 'silent' && containers.get(event.name) === 'healthy') {
    containers.set(event.name, 'silent');
    await pass(model, 90 * SECOND);
    // It was busy, and was left alone meanwhile.
    expect(containers.get(event.name)).toBe('silent');
    containers.set(event.name, 'healthy');
  }
  if (event.what === 'fsd-unloaded') for (const name of containers.keys()) containers.set(name, 'volume-gone');
  if (event.what === 'breaking') model.breaking = event.times;
  if (event.what === 'engine-restarted') {
    model.engine = 'down';
    for (const name of containers.keys()) containers.set(name, 'ended');
    await pass(model, 20 * SECOND);
    model.engine = 'up';
    keeper.touch(undefined, true);
  }
  if (event.what === 'disk-filled') {
    model.disk = 'full';
    for (const name of NAMES) if (containers.has(name)) containers.set(name, 'ended');
    await pass(model, 120 * SECOND);
    model.disk = 'free';
  }
  if (event.what === 'slept') model.clock.advance(Math.min(event.hours * 3_600 * SECOND, DAY));
  keeper.touch();
}

describe('a workspace that is kept', () => {
  it('is whole again each time the host allows it; nothing is launched twice, nothing alive is taken away', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 12 }), async events => {
        const model = new Model();
        const keeper = new Keeper(WORKSPACE, model, model.clock);
        try {
          keeper.keep();
          await pass(model, 5 * SECOND);
          expect([...model.containers.keys()]).toEqual(NAMES);
          for (const event of events) {
            await happen(model, keeper, event);
            await pass(model, 30 * SECOND);
          }
          // From now on the host allows it; the longest pause there is may have just begun.
          model.breaking = 0;
          await pass(model, 660 * SECOND);
          expect(keeper.status.items.map(({ state }) => state)).toEqual(['running', 'running', 'running']);
          expect(model.crimes).toEqual([]);
        } finally {
          keeper.dispose();
        }
      }),
      { numRuns: 200 },
    );
  });

  it('tries an item that never works ever more seldom, and says so', async () => {
    const model = new Model();
    model.breaking = Number.POSITIVE_INFINITY;
    const keeper = new Keeper({ ...WORKSPACE, items: WORKSPACE.items.slice(0, 1) }, model, model.clock);
    const notes: string[] = [];
    keeper.onNoted(({ what }) => notes.push(what));
    keeper.keep();
    await pass(model, 3_600 * SECOND);
    expect(keeper.status.items[0]).toMatchObject({ state: 'failing', fault: { code: 'file-system-ended' } });
    // Seven in the first minute, then one every ten.
    expect(model.launches).toBe(12);
    expect(notes).toEqual([...Array.from({ length: 6 }, () => 'failed'), 'failing']);
    keeper.dispose();
  });

  it('lets go of what a person stopped, until it is started again', async () => {
    const model = new Model();
    const keeper = new Keeper(WORKSPACE, model, model.clock);
    keeper.keep();
    await pass(model, 5 * SECOND);
    keeper.hold('SHARE');
    model.containers.delete('share');
    await pass(model, 120 * SECOND);
    expect(keeper.status.items.map(({ state }) => state)).toEqual(['running', 'held', 'running']);
    keeper.keep();
    await pass(model, 5 * SECOND);
    expect(model.containers.get('share')).toBe('healthy');
    keeper.dispose();
  });

  it.each([
    ['came back soon', false, 10],
    ['told that it goes, and stayed away for long', true, 600],
  ])('holds no stop against an engine that went down with it and %s', async (_, isTold, seconds) => {
    const model = new Model();
    const keeper = new Keeper(WORKSPACE, model, model.clock);
    keeper.keep();
    await pass(model, 5 * SECOND);
    for (const name of NAMES) {
      model.containers.set(name, 'ended');
      keeper.hold(name, true);
    }
    model.engine = 'down';
    await pass(model, SECOND);
    expect(keeper.status.items.map(({ state }) => state)).toEqual(['held', 'held', 'held']);
    if (isTold) keeper.engineLost();
    await pass(model, seconds * SECOND);
    model.engine = 'up';
    keeper.touch(undefined, true);
    await pass(model, 5 * SECOND);
    expect([...model.containers.values()]).toEqual(['healthy', 'healthy', 'healthy']);
    keeper.dispose();
  });

  it('leaves everything as it is once it is released', async () => {
    const model = new Model();
    const keeper = new Keeper(WORKSPACE, model, model.clock);
    keeper.keep();
    await pass(model, 5 * SECOND);
    keeper.release();
    model.containers.set('disk', 'ended');
    await pass(model, 600 * SECOND);
    expect([model.launches, model.containers.get('disk')]).toEqual([3, 'ended']);
    keeper.dispose();
  });
});
