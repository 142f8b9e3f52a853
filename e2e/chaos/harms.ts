import type { Scenario } from '../../electron/hosts/simulated/scenario/schema.ts';
import { DRAFTS, IMAGES } from './everyday.ts';
import type { World } from './world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Fault = Scenario['faults'][number];

/** What a harm has at hand: the world, luck, and a way to have it end by itself. */
export interface Striking {
  readonly world: World;
  /** From 0 to below that. */
  readonly random: (below: number) => number;
  /** One of the workspace's items. */
  readonly item: () => string;
  /** Wrong for so long at most, or until everything is allowed again. */
  readonly liftAfter: (ms: number, lift: () => void) => void;
  /** Goes on until that is over; nothing is calm before. */
  readonly lastsUntil: (over: Promise<unknown>) => void;
  /** A person stopped something: only a person starts it again. */
  readonly hasStopped: () => void;
}

interface HarmRow {
  /** How often it comes, against the others. */
  readonly weight: number;
  strike(at: Striking): void | Promise<void>;
}

/** A fault of the scenario, switched on for half an hour at most. */
function afflict(at: Striking, fault: Fault): void {
  const { faults } = at.world.host.scenario;
  faults.push(fault);
  at.liftAfter(at.random(30 * MINUTE), () => {
    const place = faults.indexOf(fault);
    if (place >= 0) faults.splice(place, 1);
  });
}

/** The app is started again by somebody, or at the next sign-in. */
function startsAgain(at: Striking): void {
  at.liftAfter(5 * SECOND + at.random(5 * MINUTE), () => {
    if (at.world.apps === 0) at.world.startApp();
  });
}

/** All that may go wrong, and how often. */
export const HARMS = {
  // Containers and what runs in them.
  'container killed': { weight: 6, strike: at => at.world.docker('kill', at.item()) },
  'container removed': { weight: 2, strike: at => at.world.docker('remove', at.item()) },
  'unwritten container killed': {
    weight: 3,
    async strike({ world }) {
      await world.drafts.write();
      await world.docker('kill', DRAFTS);
    },
  },
  'stopped with docker': {
    weight: 1,
    strike(at) {
      at.hasStopped();
      return at.world.docker('stop', at.item());
    },
  },
  'stopped here': {
    weight: 1,
    async strike(at) {
      at.hasStopped();
      await at.world.ask('filesystem.stop', { name: at.item(), force: at.random(2) === 0, graceMs: 5_000 });
    },
  },
  'file system killed': {
    weight: 4,
    strike({ world, random }) {
      const programs = world.host.machine
        .computeSystems()
        .flatMap(system => system.processes())
        .filter(({ imageName }) => imageName === 'memfs-x64.exe' || imageName === 'rclone.exe');
      programs[random(Math.max(1, programs.length))]?.terminate(0xc0000005);
    },
  },
  'name taken': {
    weight: 1,
    async strike({ world, random, item, liftAfter, lastsUntil }) {
      await world.takeName(item());
      liftAfter(random(10 * MINUTE), () => lastsUntil(world.strangers.remove()));
    },
  },
  'volumes silent': { weight: 2, strike: at => afflict(at, { kind: 'exec-hangs', command: 'dir' }) },

  // The driver.
  'FSD unloaded': { weight: 3, strike: ({ world }) => world.host.machine.unloadFsd() },
  'FSD does not start': {
    weight: 2,
    strike(at) {
      afflict(at, { kind: 'fsd-start-fails', win32: 31 });
      at.world.host.machine.unloadFsd();
    },
  },

  // The engine and its images.
  'engine restarted': {
    weight: 3,
    strike: at => at.lastsUntil(at.world.host.engine.restart(at.random(5 * MINUTE))),
  },
  'dockerd killed': {
    weight: 3,
    strike: at => at.lastsUntil(at.world.host.engine.crash(at.random(5 * MINUTE))),
  },
  'engine hung': {
    weight: 2,
    strike({ world: { weather }, random, liftAfter }) {
      weather.isEngineHung = true;
      liftAfter(random(10 * MINUTE), () => {
        weather.isEngineHung = false;
      });
    },
  },
  'engine disk full': {
    weight: 2,
    strike(at) {
      afflict(at, { kind: 'disk-full' });
      return at.world.docker('kill', at.item());
    },
  },
  'engine slow': {
    weight: 2,
    strike({ world: { weather }, random, item, liftAfter, world }) {
      weather.engineDelayMs = 1 + random(10 * SECOND);
      liftAfter(random(10 * MINUTE), () => {
        weather.engineDelayMs = 0;
      });
      return world.docker('kill', item());
    },
  },
  'engine answers nonsense': {
    weight: 1,
    strike({ world: { weather }, random, liftAfter }) {
      weather.isEngineMangled = true;
      liftAfter(random(5 * MINUTE), () => {
        weather.isEngineMangled = false;
      });
    },
  },
  'containers do not start': {
    weight: 1,
    strike(at) {
      for (const image of Object.values(IMAGES)) afflict(at, { kind: 'start-fails', image, hresult: '0xc0370106' });
      return at.world.docker('kill', at.item());
    },
  },
  'images removed': {
    weight: 2,
    strike: ({ world }) => world.removeImages(),
  },
  'images removed, and not to be had': {
    weight: 1,
    strike(at) {
      for (const reference of Object.values(IMAGES))
        afflict(at, { kind: 'pull-breaks', reference, layer: 1, message: 'unexpected EOF' });
      return at.world.removeImages();
    },
  },

  // Siloscope itself.
  'app killed': {
    weight: 4,
    async strike(at) {
      await at.world.killApps();
      startsAgain(at);
    },
  },
  'app quit': {
    weight: 1,
    async strike(at) {
      await at.world.quitApp();
      startsAgain(at);
    },
  },
  'second app': {
    weight: 2,
    strike({ world }) {
      if (world.apps < 2) world.startApp();
    },
  },
  'one of two apps killed': {
    weight: 3,
    async strike({ world, random, item }) {
      while (world.apps < 2) world.startApp();
      await world.clock.play(random(20 * SECOND));
      await world.killFirstApp();
      await world.docker('kill', item());
    },
  },
  'own folder gone': {
    weight: 2,
    strike({ world, random, item, liftAfter }) {
      world.weather.isHomeGone = true;
      liftAfter(random(10 * MINUTE), () => {
        world.weather.isHomeGone = false;
      });
      return world.docker('kill', item());
    },
  },
  'own files held by a scanner': {
    weight: 2,
    strike({ world, random, item, liftAfter }) {
      world.weather.isScanned = true;
      liftAfter(random(20 * SECOND), () => {
        world.weather.isScanned = false;
      });
      return world.docker('kill', item());
    },
  },
  'journal cut short': { weight: 1, strike: ({ world, random }) => world.cutJournal(random) },
  'own disk full': {
    weight: 2,
    strike({ world, random, item, liftAfter }) {
      world.weather.isDiskFull = true;
      liftAfter(random(30 * MINUTE), () => {
        world.weather.isDiskFull = false;
      });
      return world.docker('kill', item());
    },
  },
  'secrets unavailable': {
    weight: 2,
    strike({ world, random, liftAfter }) {
      world.weather.isLocked = true;
      liftAfter(random(30 * MINUTE), () => {
        world.weather.isLocked = false;
      });
      return world.docker('kill', DRAFTS);
    },
  },
  'profile saved': { weight: 3, strike: ({ world, random }) => world.saveProfile(`mine-${random(30)}`) },

  // The computer.
  'host rebooted': {
    weight: 2,
    async strike(at) {
      const { world } = at;
      await world.killApps();
      at.lastsUntil(world.host.engine.restart(MINUTE));
      await world.clock.play(5 * SECOND);
      world.host.machine.unloadFsd();
      startsAgain(at);
    },
  },
  'clock set': { weight: 2, strike: ({ world, random }) => world.clock.set(random(6 * HOUR) - 3 * HOUR) },
  'slept and resumed': { weight: 3, strike: ({ world, random }) => world.clock.sleep(random(10 * HOUR)) },
} as const satisfies Readonly<Record<string, HarmRow>>;

export type Harm = keyof typeof HARMS;
export const HARM_NAMES = Object.keys(HARMS) as Harm[];

/** One of them, by weight. */
export function drawHarm(random: (below: number) => number): Harm {
  let left = random(HARM_NAMES.reduce((sum, name) => sum + HARMS[name].weight, 0));
  for (const name of HARM_NAMES) {
    left -= HARMS[name].weight;
    if (left < 0) return name;
  }
  return 'container killed';
}
