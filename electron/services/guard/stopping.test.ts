import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { GuardAct, GuardViolation } from '../../../shared/domain/guard.ts';
import type { Visibility } from '../../../shared/domain/inspection.ts';
import { wordGuardAct } from '../../../shared/wording/word-guard.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { GOOD_HOST, openSimulatedServices, type SimulatedServices } from '../testing/simulated-services.ts';
import type { Seen } from '../watching/seen.ts';
import type { LookedCells } from './judge-seen.ts';
import { Offenders } from './offenders.ts';
import { Stopping } from './stopping.ts';

const REFUSED = new FaultError({ code: 'engine-refused', operation: 'inspect', statusCode: 500, raw: 'not today' });
/** An engine that turns everything down, and counts how often it was asked. */
function refusing(): { connection: EngineConnection; asked: () => number } {
  let count = 0;
  const refuse = (): Promise<never> => {
    count++;
    return Promise.reject(REFUSED);
  };
  return { connection: { ask: refuse, order: refuse, dispose: () => undefined }, asked: () => count };
}

const container = {
  id: 'a'.repeat(64),
  name: 'late',
  image: 'i',
  isolation: 'process',
  labels: {},
  managed: false,
} as const;
const SEEN: Seen = {
  namespaces: [
    { id: 'host', kind: 'host', label: 'host' },
    { id: 'silo:4', kind: 'silo', label: 'late', container },
  ],
  volumes: [{ device: 'D', kind: 'network', home: 'silo:4', mountPoints: [], verdict: 'leaked' }],
  gaps: [],
};
const evidence = { rank: 'probe', ground: 'observed' } as const;
const LOOKED: LookedCells = new Map([
  ['D', [{ namespace: 'silo:4', visible: 'yes', through: [], because: 'its-own-namespace', evidence }]],
]);
const VIOLATION: GuardViolation = {
  kind: 'sight',
  code: 'unc-leak',
  device: 'D',
  container: 'late',
  seenFrom: 'host',
  others: [],
  visible: 'yes',
  rank: 'probe',
  viewers: 1,
  viewer: 'host',
  since: '2026-01-01T00:00:00.000Z',
  summary: 'It leaks.',
};

let open: SimulatedServices;
const ends: AbortController[] = [];
beforeAll(async () => {
  open = await openSimulatedServices(GOOD_HOST);
});
afterEach(() => {
  for (const end of ends.splice(0)) end.abort();
});
afterAll(() => open.dispose());

/** What a guard knows when it comes to stopping. */
type Known = Parameters<Stopping['stopShown']>[0];

async function begin(offenders = new Offenders(), known: Partial<Known> = {}) {
  const clock = new ManualClock();
  const { connection, asked } = refusing();
  const end = new AbortController();
  ends.push(end);
  const acts: GuardAct[] = [];
  const again = (): void =>
    stopping.stopShown({ violations: [VIOLATION], seen: SEEN, looked: LOOKED, ranBefore: undefined, ...known });
  const stopping: Stopping = new Stopping({
    around: { host: open.host, clock, connection },
    offenders,
    profiles: () => Promise.resolve([]),
    signal: end.signal,
    act: act => acts.push({ at: new Date(clock.now()).toISOString(), ...act }),
    poke: () => again(),
  });
  again();
  await stopping.settled();
  const told = (): string[] =>
    acts.map(({ what, because, tries }) => [what, because, tries].filter(part => part !== undefined).join(' '));
  return { clock, asked, end, acts, stopping, told, again };
}

describe('what violates the policy', () => {
  const atHome = (more: Partial<Visibility>): LookedCells =>
    new Map([
      ['D', [{ namespace: 'silo:4', visible: 'yes', through: [], because: 'its-own-namespace', evidence, ...more }]],
    ]);
  const [offender] = SEEN.volumes;
  const of = (home: string): Seen => ({ ...SEEN, volumes: offender === undefined ? [] : [{ ...offender, home }] });
  const byRule = { rank: 'rule', ground: 'inferred' } as const;

  it.each<[why: string, known: Partial<Known>, because: string]>([
    ['is seen by the rule alone', { violations: [{ ...VIOLATION, rank: 'rule' }] }, 'not-proven'],
    ['may be seen', { violations: [{ ...VIOLATION, visible: 'unknown' }] }, 'not-proven'],
    ['was not looked at in its home', { looked: new Map() }, 'not-proven'],
    ['was looked at elsewhere only', { looked: atHome({ namespace: 'host' }) }, 'not-proven'],
    ['is in its home by the rule alone', { looked: atHome({ evidence: byRule }) }, 'not-proven'],
    ['may not be in its home', { looked: atHome({ visible: 'unknown' }) }, 'not-proven'],
    ['is not in its home', { looked: atHome({ visible: 'no' }) }, 'not-proven'],
    ['ran before the guard came', { ranBefore: new Set([container.id]) }, 'ran-before'],
    ['runs on the host', { seen: of('host'), looked: atHome({ namespace: 'host' }) }, 'no-container'],
    [
      'runs in a silo that is no container',
      { seen: of('silo:8'), looked: atHome({ namespace: 'silo:8' }) },
      'no-container',
    ],
    ['is a volume that went', { seen: { ...SEEN, volumes: [] } }, 'no-container'],
  ])('and %s is not touched, and why is said once', async (_, known, because) => {
    const { acts, asked, stopping, told, again } = await begin(new Offenders(), known);
    again();
    expect(told()).toEqual([`not-stopped ${because}`]);
    stopping.forget();
    again();
    await stopping.settled();
    expect(told()).toEqual([`not-stopped ${because}`, `not-stopped ${because}`]);
    // A container by its name, what is in none by its device.
    expect(acts.map(({ subject }) => subject)).toEqual(Array(2).fill(because === 'no-container' ? 'D' : 'late'));
    expect([asked(), stopping.isUnderWay]).toEqual([0, false]);
  });

  it('is stopped where both were seen; others that ran before are none of its business', async () => {
    const { asked, stopping, told } = await begin(new Offenders(), { ranBefore: new Set(['b'.repeat(64)]) });
    expect(told()).toEqual(['stopping', 'not-stopped failed 1']);
    expect([asked(), stopping.isUnderWay]).toEqual([1, false]);
  });
});

describe('an offender that cannot be stopped', () => {
  it('is tried again after ever longer pauses, and after so many tries left to a person, which is said', async () => {
    const { clock, asked, acts, stopping, told, again } = await begin();
    for (const [pause, tries] of [
      [30_000, 2],
      [60_000, 3],
      [120_000, 4],
      [300_000, 5],
      [600_000, 6],
    ] as const) {
      expect(acts.at(-1)?.nextAt).toBe(new Date(clock.now() + pause).toISOString());
      clock.advance(pause - 1);
      await stopping.settled();
      expect(asked()).toBe(tries - 1);
      clock.advance(1);
      await stopping.settled();
      expect(asked()).toBe(tries);
    }
    expect(told().slice(-2)).toEqual(['not-stopped failed 6', 'not-stopped given-up 6']);
    clock.advance(86_400_000);
    again();
    await stopping.settled();
    expect(asked()).toBe(6);
    const [, first] = acts;
    expect(first === undefined ? '' : wordGuardAct(first)).toBe(
      'Did not stop late: stopping failed. engine-refused. Tried 1 time; again at 2026-01-01T00:00:30.000Z.',
    );
  });

  it('is tried anew by the guard that comes after this one', async () => {
    const offenders = new Offenders();
    const first = await begin(offenders);
    first.clock.advance(30_000);
    await first.stopping.settled();
    first.end.abort();
    const second = await begin(offenders);
    expect(second.told()).toEqual(['stopping', 'not-stopped failed 1']);
  });

  it('is tried anew when it comes back after it was gone', async () => {
    const offenders = new Offenders();
    const { stopping, told, again } = await begin(offenders);
    offenders.keep(new Set());
    again();
    await stopping.settled();
    expect(told()).toEqual(['stopping', 'not-stopped failed 1', 'stopping', 'not-stopped failed 1']);
  });
});
