import { createRandom } from '../../electron/hosts/simulated/kernel/random.ts';
import type { Scenario } from '../../electron/hosts/simulated/scenario/schema.ts';
import { IMAGE, ITEMS, WORKSPACE, type World } from './world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The longest pause of the keeper, and what launching takes. */
const REACHED_WITHIN = 12 * MINUTE;

/** How often each harm comes, against the others. */
const HARMS = {
  'container killed': 6,
  'container removed': 2,
  'file system killed': 3,
  'FSD unloaded': 3,
  'engine restarted': 3,
  'engine hung': 2,
  'engine disk full': 2,
  'containers do not start': 1,
  'volumes silent': 2,
  'own disk full': 2,
  'stopped with docker': 1,
  'app killed': 4,
  'app quit': 1,
  'second app': 2,
  'host rebooted': 2,
  'slept and resumed': 3,
  'profile saved': 3,
} as const;
export type Harm = keyof typeof HARMS;
export const HARM_NAMES = Object.keys(HARMS) as Harm[];

type Fault = Scenario['faults'][number];

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
  #hasStopped = false;
  #harms = 0;
  #calms = 0;

  constructor(world: World, seed: number, tell: (line: string) => void) {
    this.#world = world;
    this.#random = createRandom(seed);
    this.#startedAt = world.clock.now();
    this.#tell = tell;
  }

  get verdict(): Verdict {
    return {
      crimes: this.#crimes,
      calms: this.#calms,
      harms: this.#harms,
      simulatedMs: this.#world.clock.now() - this.#startedAt,
    };
  }

  /** The workspace is saved and wanted. */
  async begin(): Promise<void> {
    const world = this.#world;
    world.startApp();
    await world.ask('workspace.save', { workspace: WORKSPACE });
    await world.ask('workspace.start', { name: WORKSPACE.name });
    await this.#judge('at the beginning', true);
  }

  /** A few harms, then a calm. Answers whether nothing was found. */
  async round(): Promise<boolean> {
    const harms = 1 + this.#random.integer(6);
    for (let turn = 0; turn < harms; turn++) {
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
    if (world.apps === 0) world.startApp();
    if (this.#hasStopped) await world.ask('workspace.start', { name: WORKSPACE.name });
    this.#hasStopped = false;
  }

  async #harm(): Promise<void> {
    const harm = this.#draw();
    this.#harms++;
    this.#world.count(`harm: ${harm}`);
    this.#tell(`${new Date(this.#world.clock.now()).toISOString()} ${harm}`);
    await this.#strike(harm);
  }

  async #strike(harm: Harm): Promise<void> {
    const world = this.#world;
    const { clock, host, weather } = world;
    switch (harm) {
      case 'container killed':
        return world.docker('kill', this.#item());
      case 'container removed':
        return world.docker('remove', this.#item());
      case 'file system killed': {
        const serving = host.machine.computeSystems().flatMap(system => system.processes());
        serving.find(({ imageName }) => imageName === 'memfs-x64.exe')?.terminate(0xc0000005);
        return;
      }
      case 'FSD unloaded':
        return host.machine.unloadFsd();
      case 'engine restarted':
        void host.engine.restart(this.#random.integer(5 * MINUTE));
        return;
      case 'engine hung':
        weather.isEngineHung = true;
        this.#liftAfter(harm, this.#random.integer(10 * MINUTE), () => {
          weather.isEngineHung = false;
        });
        return;
      case 'engine disk full':
        this.#afflict(harm, { kind: 'disk-full' });
        return world.docker('kill', this.#item());
      case 'containers do not start':
        this.#afflict(harm, { kind: 'start-fails', image: IMAGE, hresult: '0xc0370106' });
        return world.docker('kill', this.#item());
      case 'volumes silent':
        this.#afflict(harm, { kind: 'exec-hangs', command: 'dir' });
        return;
      case 'stopped with docker':
        this.#hasStopped = true;
        return world.docker('stop', this.#item());
      case 'own disk full':
        weather.isDiskFull = true;
        this.#liftAfter(harm, this.#random.integer(30 * MINUTE), () => {
          weather.isDiskFull = false;
        });
        return world.docker('kill', this.#item());
      case 'app killed':
        await world.killApps();
        this.#startsAgain();
        return;
      case 'second app':
        if (world.apps < 2) world.startApp();
        return;
      case 'app quit':
        await world.quitApp();
        this.#startsAgain();
        return;
      case 'host rebooted':
        await world.killApps();
        void host.engine.restart(MINUTE);
        await clock.play(5 * SECOND);
        host.machine.unloadFsd();
        this.#startsAgain();
        return;
      case 'slept and resumed':
        clock.sleep(this.#random.integer(10 * HOUR));
        return;
      case 'profile saved':
        return world.saveProfile(`mine-${this.#random.integer(30)}`);
    }
  }

  #startsAgain(): void {
    this.#liftAfter('no app', 5 * SECOND + this.#random.integer(5 * MINUTE), () => {
      if (this.#world.apps === 0) this.#world.startApp();
    });
  }

  /** For half an hour at most. */
  #afflict(harm: Harm, fault: Fault): void {
    const { faults } = this.#world.host.scenario;
    faults.push(fault);
    this.#liftAfter(harm, this.#random.integer(30 * MINUTE), () => {
      const place = faults.indexOf(fault);
      if (place >= 0) faults.splice(place, 1);
    });
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
    for (let minutes = 0; minutes < REACHED_WITHIN / MINUTE; minutes++) {
      await this.#world.clock.play(MINUTE);
      if ((await this.#world.crimes(true)).length === 0 && (await this.#notRunning()).length === 0) break;
    }
    await this.#world.clock.play(2 * MINUTE);
  }

  async #judge(when: string, isWhole: boolean): Promise<void> {
    const crimes = await this.#world.crimes(isWhole);
    const states = isWhole ? await this.#notRunning() : [];
    for (const crime of [...crimes, ...states]) this.#accuse(`${when}: ${crime}`);
  }

  /** What the app itself says of items that do not run. */
  async #notRunning(): Promise<readonly string[]> {
    const listed = await this.#world.ask('workspace.list', {});
    const items = listed?.workspaces[0]?.items;
    if (items === undefined) return ['no workspace'];
    return items.flatMap(({ name, state, fault }) =>
      state === 'running' ? [] : [`${name} ${state} ${fault?.code ?? ''}`],
    );
  }

  #accuse(crime: string): void {
    this.#crimes.push(`${new Date(this.#world.clock.now()).toISOString()} ${crime}`);
    this.#tell(`!!! ${crime}`);
  }

  #item(): string {
    return ITEMS[this.#random.integer(ITEMS.length)] ?? '';
  }

  #draw(): Harm {
    let left = this.#random.integer(HARM_NAMES.reduce((sum, name) => sum + HARMS[name], 0));
    for (const name of HARM_NAMES) {
      left -= HARMS[name];
      if (left < 0) return name;
    }
    return 'container killed';
  }
}
