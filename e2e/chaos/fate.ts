import { createRandom } from '../../electron/hosts/simulated/kernel/random.ts';
import { MOST_KEPT } from '../../electron/services/unwritten/keep-unwritten.ts';
import type { WorkspaceStatus } from '../../shared/contract/workspace-status.ts';
import { DRAFTS, ITEMS, WORKSPACE } from './everyday.ts';
import { drawHarm, HARMS, type Harm } from './harms.ts';
import type { World } from './world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** The longest pause of the keeper, and what launching takes. */
const REACHED_WITHIN = 12 * MINUTE;

/** What a run has found. */
export interface Verdict {
  readonly crimes: readonly string[];
  readonly calms: number;
  readonly harms: number;
  readonly simulatedMs: number;
}

/** Plays harm after harm on a world, by a seed; after each few everything is allowed again, and has to be whole. */
export class Fate {
  readonly #world: World;
  readonly #random: ReturnType<typeof createRandom>;
  readonly #crimes: string[] = [];
  readonly #startedAt: number;
  readonly #tell: (line: string) => void;
  /** Undoes what is wrong now, by name. */
  readonly #lifts = new Map<string, () => void>();
  /** What goes on until it is over, such as an engine that restarts. */
  readonly #lasting = new Set<Promise<unknown>>();
  #hasStopped = false;
  #struck = 0;
  #harms = 0;
  #calms = 0;

  constructor(world: World, seed: number, tell: (line: string) => void) {
    this.#world = world;
    this.#random = createRandom(seed);
    this.#startedAt = world.clock.passed;
    this.#tell = tell;
  }

  get verdict(): Verdict {
    return {
      crimes: this.#crimes,
      calms: this.#calms,
      harms: this.#harms,
      simulatedMs: this.#world.clock.passed - this.#startedAt,
    };
  }

  /** The workspace is saved and wanted. */
  async begin(): Promise<void> {
    await this.#world.begin();
    await this.#judge('at the beginning', true);
  }

  /** A few harms, then a calm. Answers whether nothing was found. */
  async round(): Promise<boolean> {
    const harms = 1 + this.#random.integer(6);
    for (let turn = 0; turn < harms; turn++) {
      for (let drafts = this.#random.integer(3); drafts > 0; drafts--) await this.#world.drafts.write();
      if (this.#random.integer(6) === 0) await this.#lookAfterKept(1 + this.#random.integer(MOST_KEPT));
      await this.#harm();
      // One upon the other, or with time between.
      const pause =
        this.#random.integer(3) === 0 ? this.#random.integer(3 * SECOND) : this.#random.integer(20 * MINUTE);
      await this.#world.clock.play(pause);
      await this.#judge('meanwhile', false);
    }
    await this.#calm();
    return this.#crimes.length === 0;
  }

  /** One harm, two minutes of it, and a calm. Answers what the timeline told meanwhile. */
  async suffer(harm: Harm): Promise<ReadonlySet<string>> {
    const { clock, counts } = this.#world;
    await this.#lookAfterKept(MOST_KEPT);
    const before = new Map(counts);
    await this.#strike(harm);
    await clock.play(2 * MINUTE);
    await this.#allow();
    await this.#reach();
    await this.#judge(`after ${harm}`, true);
    for (const loss of await this.#world.losses()) this.#accuse(`lost: ${loss}`);
    return new Set([...counts.keys()].filter(what => counts.get(what) !== before.get(what)));
  }

  async #calm(): Promise<void> {
    const world = this.#world;
    await this.#allow();
    await this.#reach();
    this.#calms++;
    await this.#judge('in a calm', true);
    for (const loss of await world.losses()) this.#accuse(`lost: ${loss}`);
    if (this.#random.integer(4) > 0) return;
    await world.killApps();
    for (const loss of await world.losses()) this.#accuse(`lost: ${loss}`);
    world.startApp();
    await world.clock.play(MINUTE);
    await this.#judge('at the next start', true);
  }

  /** Whatever is wrong is so no longer, and nothing else is done for the workspace than what a person would. */
  async #allow(): Promise<void> {
    const world = this.#world;
    for (const lift of this.#lifts.values()) lift();
    this.#lifts.clear();
    while (this.#lasting.size > 0) await world.clock.play(SECOND);
    if (world.apps === 0) world.startApp();
    if (this.#hasStopped) await world.ask('workspace.start', { name: WORKSPACE.name });
    this.#hasStopped = false;
  }

  async #harm(): Promise<void> {
    const harm = drawHarm(below => this.#random.integer(below));
    this.#harms++;
    this.#world.count(`harm: ${harm}`);
    this.#tell(`${new Date(this.#world.clock.now()).toISOString()} ${harm}`);
    await this.#strike(harm);
  }

  async #strike(harm: Harm): Promise<void> {
    await HARMS[harm].strike({
      world: this.#world,
      random: below => this.#random.integer(below),
      item: () => ITEMS[this.#random.integer(ITEMS.length)] ?? '',
      liftAfter: (ms, lift) => this.#liftAfter(`${harm} ${this.#struck++}`, ms, lift),
      lastsUntil: over => {
        this.#lasting.add(over);
        void over.finally(() => this.#lasting.delete(over));
      },
      hasStopped: () => {
        this.#hasStopped = true;
      },
    });
  }

  /** A person takes out what kept containers hold, the oldest first, and removes them. */
  async #lookAfterKept(most: number): Promise<void> {
    const kept = (await this.#world.kept()).toReversed().slice(0, most);
    for (const container of kept) {
      if (await this.#world.drafts.takeOut(container)) this.#world.count('kept containers looked after');
      await this.#world.clock.play(SECOND);
    }
  }

  #liftAfter(what: string, ms: number, lift: () => void): void {
    this.#lifts.get(what)?.();
    const timer = this.#world.clock.after(ms, () => {
      this.#lifts.delete(what);
      lift();
    });
    this.#lifts.set(what, () => {
      timer.dispose();
      lift();
    });
  }

  /** Waits until everything is as it should be, as long as the keeper may take at most; and then a little, whether it stays. */
  async #reach(): Promise<void> {
    const { clock } = this.#world;
    let until = clock.passed + REACHED_WITHIN;
    while (clock.passed < until) {
      await clock.play(MINUTE);
      if ((await this.#world.crimes(true)).length === 0 && (await this.#notRunning()).length === 0) break;
      if (!(await this.#waitsForPerson())) continue;
      // Whoever looks after it comes late, and may leave some; it has to go on by itself then.
      this.#world.count('waited for a person');
      await clock.play(this.#random.integer(20 * MINUTE));
      await this.#lookAfterKept(1 + this.#random.integer(MOST_KEPT));
      until = clock.passed + REACHED_WITHIN;
    }
    await clock.play(2 * MINUTE);
  }

  /** So many containers are kept that no more may be, and that is what it says. */
  async #waitsForPerson(): Promise<boolean> {
    const item = (await this.#items())?.find(({ name }) => name === DRAFTS);
    return item?.state === 'given-up' && item.fault?.code === 'unwritten-kept';
  }

  async #judge(when: string, isWhole: boolean): Promise<void> {
    const crimes = await this.#world.crimes(isWhole);
    const states = isWhole ? await this.#notRunning() : [];
    for (const crime of [...crimes, ...states]) this.#accuse(`${when}: ${crime}`);
  }

  /** What the app itself says of items that do not run. */
  async #notRunning(): Promise<readonly string[]> {
    const items = await this.#items();
    if (items === undefined) return ['no workspace'];
    const kept = await this.#world.kept();
    const told = items.flatMap(({ unwritten = [] }) => unwritten);
    if (told.toSorted().join() !== kept.toSorted().join()) return [`kept: ${kept.join()}, told: ${told.join()}`];
    return items.flatMap(({ name, state, fault }) =>
      state === 'running' ? [] : [`${name} ${state} ${fault?.code ?? ''}`],
    );
  }

  async #items(): Promise<WorkspaceStatus['items'] | undefined> {
    return (await this.#world.ask('workspace.list', {}))?.workspaces[0]?.items;
  }

  #accuse(crime: string): void {
    this.#crimes.push(`${new Date(this.#world.clock.now()).toISOString()} ${crime}`);
    this.#tell(`!!! ${crime}`);
  }
}
