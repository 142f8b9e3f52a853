import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Clock, ManualClock } from '../../shared/base/clock.ts';
import { disposable } from '../../shared/base/disposables.ts';
import { faultOf } from '../../shared/contract/fault.ts';
import type { Recording } from '../../shared/domain/recording.ts';
import { containerProcesses } from './engine/container-processes.ts';
import { inspectContainer, listContainers } from './engine/containers.ts';
import type { EngineConnection } from './engine/engine-connection.ts';
import { askEngine } from './engine/engine-state.ts';
import { type EngineEvent, followEvents } from './engine/event-stream.ts';
import { execInContainer } from './engine/exec.ts';
import { inspectImage, listImages } from './engine/images.ts';
import { readRecipe } from './fixing/read-recipe.ts';
import { planPrune } from './images/plan-prune.ts';
import { openSimulatedServices, scenarioNamed } from './testing/simulated-services.ts';

const RUNS = { numRuns: 10_000 };
const ID = '6952068f3f42400dc337dbbc71d5eeb9f76578dccb08d41b448883193babb82a';

let recording: Recording;
beforeAll(async () => {
  const services = await openSimulatedServices(await scenarioNamed('winfsp-container-support'));
  recording = await services.call('host.record', {});
  await services.dispose();
});

/** What the engine answered to the first path that looks like this. */
function recorded(path: RegExp): unknown {
  const found = recording.answers.find(answer => answer.ask === 'get' && path.test(answer.path));
  expect(found).toHaveProperty('answer.body');
  return found?.ask === 'get' && 'body' in found.answer ? found.answer.body : undefined;
}

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, '', 'x'.repeat(70_000), '\u0000', '__proto__', '\ud800', -1, 2 ** 53, [], {}),
  fc.string({ unit: 'binary' }),
);

/** One place of a value replaced, removed, or given a sister. */
const harm = fc.record({ at: fc.nat(), how: fc.constantFrom('replace', 'remove', 'add'), by: odd, key: fc.string() });
type Harm = typeof harm extends fc.Arbitrary<infer T> ? T : never;
const harms = fc.array(harm, { maxLength: 4 });

const places = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, one) => sum + places(one), 1)
    : 1;

const REMOVED = Symbol('removed');

function harmed(value: unknown, { at, how, by, key }: Harm): unknown {
  const left = { places: at % places(value) };
  const visit = (one: unknown): unknown => {
    if (left.places-- === 0) {
      if (how === 'remove') return REMOVED;
      if (how === 'replace') return by;
      return Array.isArray(one) ? [...one, by] : typeof one === 'object' && one !== null ? { ...one, [key]: by } : by;
    }
    if (Array.isArray(one)) return one.map(visit).filter(inner => inner !== REMOVED);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(
      Object.entries(one)
        .map(([name, inner]) => [name, visit(inner)] as const)
        .filter(([, inner]) => inner !== REMOVED),
    );
  };
  const made = visit(value);
  return made === REMOVED ? undefined : made;
}

/** An engine that gives these answers, by what it is asked, as they come out of JSON. */
const answering = (answers: Readonly<Record<string, unknown>>): EngineConnection => {
  const say = (operation: string): unknown => {
    const answer = answers[operation];
    return answer === undefined ? undefined : JSON.parse(JSON.stringify(answer));
  };
  return {
    ask: <T>(operation: string) => Promise.resolve(say(operation) as T),
    order: <T>(operation: string) => Promise.resolve(say(operation) as T),
    dispose: () => undefined,
  };
};

/** Nothing takes any time. */
const AT_ONCE: Clock = {
  now: () => 0,
  after: (_ms, act) => {
    const timer = setImmediate(() => {
      handle.dispose();
      act();
    });
    const handle = disposable(() => clearImmediate(timer));
    return handle;
  },
};

const CONTAINERS = {
  'list containers': /^\/containers\/json$/,
  'inspect container': /^\/containers\/[0-9a-f]+\/json$/,
};
const IMAGES = { 'list images': /^\/images\/json$/, 'inspect image': /^\/images\/[0-9a-z:]+\/json$/ };

describe.each<readonly [string, Readonly<Record<string, RegExp>>, (engine: EngineConnection) => Promise<unknown>]>([
  ['the list of containers', CONTAINERS, engine => listContainers(engine, { all: true })],
  ['the inspection of a container', CONTAINERS, engine => inspectContainer(engine, ID)],
  ['what a relaunch is made of', { ...CONTAINERS, ...IMAGES }, engine => readRecipe(engine, ID, [])],
  [
    'the processes of a container',
    { 'list the processes of a container': /\/top$/ },
    engine => containerProcesses(engine, ID),
  ],
  ['the list of images', IMAGES, engine => listImages(engine)],
  ['the inspection of an image', IMAGES, engine => inspectImage(engine, 'x')],
  ['what a prune would remove', { ...CONTAINERS, ...IMAGES }, engine => planPrune(engine, 'unused')],
  ['the state of the engine', { 'ask the engine': /^\/info$/ }, engine => askEngine(engine)],
])('%s', (_what, paths, ask) => {
  it('comes to an answer or a fault that names its cause, whatever the engine says', async () => {
    const sound = Object.entries(paths).map(([operation, path]) => [operation, recorded(path)] as const);
    await expect(ask(answering(Object.fromEntries(sound)))).resolves.toBeDefined();
    const one = fc.oneof(
      { weight: 9, arbitrary: harms.map(how => (answer: unknown) => how.reduce<unknown>(harmed, answer)) },
      { weight: 1, arbitrary: odd.map(value => () => value) },
    );
    await fc.assert(
      fc.asyncProperty(fc.tuple(one, one, one, one), async how => {
        const answers = sound.map(([operation, answer], at) => [operation, how[at]?.(answer)] as const);
        const code = await ask(answering(Object.fromEntries(answers))).then(
          () => 'answered',
          (caught: unknown) => faultOf(caught).code,
        );
        expect(code).not.toBe('bug');
      }),
      RUNS,
    );
  }, 60_000);
});

describe('the record of an exec', () => {
  it('ends the wait, or is a fault, and is asked for again while it says nothing', async () => {
    const record = fc.record(
      {
        Running: fc.oneof(fc.boolean(), odd),
        ExitCode: fc.oneof(fc.integer(), fc.double(), odd),
        Pid: odd,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(record, odd), fc.uint8Array({ maxLength: 40 }), async (first, bytes) => {
        let asked = 0;
        const engine: EngineConnection = {
          ask: <T>() => {
            asked += 1;
            const said: unknown = asked === 1 ? JSON.parse(JSON.stringify(first)) : { Running: false, ExitCode: 3 };
            return Promise.resolve(said as T);
          },
          order: <T>(operation: string) => {
            const stream = new PassThrough();
            stream.end(Buffer.from(bytes));
            return Promise.resolve((operation === 'create exec' ? { id: 'e' } : stream) as T);
          },
          dispose: () => undefined,
        };
        const request = { container: ID, argv: ['x'] };
        const came = await execInContainer(engine, new Patient(), request).then(
          ({ exitCode }) => Number.isSafeInteger(exitCode) && exitCode >= 0,
          (caught: unknown) => faultOf(caught).code !== 'bug',
        );
        expect(came).toBe(true);
      }),
      RUNS,
    );
  }, 120_000);
});

/** Short waits are over at once; a limit never is. */
class Patient implements Clock {
  now(): number {
    return 0;
  }

  after(ms: number, act: () => void): ReturnType<Clock['after']> {
    return ms >= 10_000 ? disposable(() => undefined) : AT_ONCE.after(ms, act);
  }
}

describe('the stream of events', () => {
  const sound = { Type: 'container', Action: 'start', Actor: { ID, Attributes: { name: 'a', image: 'b' } }, time: 1 };
  const line = fc.oneof(
    harms.map(how => JSON.stringify(how.reduce<unknown>(harmed, sound)) ?? ''),
    odd.map(value => JSON.stringify(value) ?? ''),
    fc.string({ unit: 'binary' }),
  );

  it('tells events and nothing else, however it is cut, and its end is a loss', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n', ''),
        fc.integer({ min: 1, max: 64 }),
        async (lines, end, size) => {
          const bytes = Buffer.from(
            lines
              .map(one => `${one}${end}`)
              .join('')
              .slice(0, 4_000),
          );
          const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
            bytes.subarray(at * size, (at + 1) * size),
          );
          const told: EngineEvent[] = [];
          const code = await new Promise<string>(resolve => {
            const following = followEvents(answeringStream(pieces), new ManualClock(), {
              onLive: () => undefined,
              onEvent: event => void told.push(event),
              onLost: fault => {
                queueMicrotask(() => following.dispose());
                resolve(fault.code);
              },
            });
          });
          expect(code).toBe('engine-unreachable');
          for (const { Type, Action, Actor, time } of told) {
            expect([typeof Type, typeof Action, typeof Actor.ID, typeof time]).toEqual([
              'string',
              'string',
              'string',
              'number',
            ]);
          }
        },
      ),
      RUNS,
    );
  }, 60_000);
});

const answeringStream = (pieces: readonly Buffer[]): EngineConnection => ({
  ...answering({}),
  order: <T>() => Promise.resolve(pieces as T),
});
