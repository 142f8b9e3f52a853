import { setMaxListeners } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { faultOf } from '../../../shared/contract/fault.ts';
import { FarAgent } from './far-agent.ts';

const LIMIT = { timeoutMs: 30_000, what: '\\Device' };
const ASKED = { verb: 'list', path: '\\Device' } as const;
const { signal } = new AbortController();
// As many askers share it as a look has.
setMaxListeners(256, signal);

/** A far side whose channels say only what the test lets them say. */
function farSide() {
  const channels: ReturnType<typeof channelOf>[] = [];
  const clock = new ManualClock();
  const agent = new FarAgent(
    {
      exec: () => {
        const channel = channelOf();
        channels.push(channel);
        return Promise.resolve(channel.channel);
      },
    },
    clock,
  );
  return { agent, clock, channels };
}

function channelOf() {
  const state = { isClosed: false };
  const channel = Object.assign(new PassThrough({ write: (_chunk, _encoding, done) => done() }), {
    stderr: new PassThrough(),
    // A dead channel never tells that it is closed.
    close: () => {
      state.isClosed = true;
    },
  });
  return {
    channel,
    state,
    say: (text: string): void => void channel.emit('data', text),
  };
}

const soon = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'answered',
    caught => faultOf(caught).code,
  );

it('an agent that never answers is given up, and the next ask starts another', async () => {
  const { agent, clock, channels } = farSide();
  const first = codeOf(agent.askWithin(ASKED, LIMIT, signal));
  await soon();
  channels[0]?.say('{"ready":1}\n');
  await soon();
  clock.advance(30_000);
  expect(await first).toBe('timed-out');
  expect(channels[0]?.state.isClosed).toBe(true);

  const second = agent.askWithin(ASKED, LIMIT, signal);
  await soon();
  expect(channels.length).toBe(2);
  channels[1]?.say('{"ready":1}\n{"id":1,"ent');
  await soon();
  for (const piece of ['ries":[["Mup",', '"Device"]]', '}\n']) channels[1]?.say(piece);
  expect(await second).toEqual({ id: 1, entries: [['Mup', 'Device']] });
});

it('a start that hangs is given up after its own time, and not waited for again', async () => {
  const { agent, clock, channels } = farSide();
  const first = codeOf(agent.start(signal));
  await soon();
  clock.advance(59_000);
  const late = codeOf(agent.start(signal));
  clock.advance(1_000);
  expect(await Promise.all([first, late])).toEqual(['timed-out', 'timed-out']);
  expect(channels.map(({ state }) => state.isClosed)).toEqual([true]);

  const next = codeOf(agent.start(signal));
  await soon();
  channels[1]?.say('{"ready":1}\n');
  expect(await next).toBe('answered');
});

describe('an agent whose probes hang', () => {
  const HANGING = 16;
  const probe = { verb: 'probe', ntPath: '\\Device\\X', path: 'X', timeoutMs: 300, readBytes: 0 } as const;
  const timedOut = (id: number, hanging: number): string => `${JSON.stringify({ id, timedOut: 1, hanging })}\n`;

  it('is replaced when it has too many threads in them, and answers first what it was asked', async () => {
    const { agent, channels } = farSide();
    const probes = Array.from({ length: HANGING }, () => agent.ask(probe, signal));
    const other = agent.ask(ASKED, signal);
    await soon();
    channels[0]?.say('{"ready":1}\n');
    await soon();
    for (let at = 1; at <= HANGING; at++) channels[0]?.say(timedOut(at, at));
    expect((await Promise.all(probes)).at(-1)).toEqual({ id: HANGING, timedOut: 1, hanging: HANGING });
    expect(channels.map(({ state }) => state.isClosed)).toEqual([false]);

    const next = agent.ask(ASKED, signal);
    await soon();
    channels[1]?.say('{"ready":1}\n');
    await soon();
    channels[1]?.say('{"id":1,"entries":[]}\n');
    expect(await next).toEqual({ id: 1, entries: [] });
    expect(channels.map(({ state }) => state.isClosed)).toEqual([false, false]);
    channels[0]?.say(`${JSON.stringify({ id: HANGING + 1, entries: [] })}\n`);
    expect(await other).toMatchObject({ entries: [] });
    expect(channels.map(({ state }) => state.isClosed)).toEqual([true, false]);
    agent.dispose();
  });

  it('goes on when its threads come back', async () => {
    const { agent, channels } = farSide();
    for (let at = 1; at <= 3 * HANGING; at++) {
      const asked = agent.ask(probe, signal);
      await soon();
      if (at === 1) channels[0]?.say('{"ready":1}\n');
      await soon();
      channels[0]?.say(timedOut(at, 1));
      await asked;
    }
    expect(channels.map(({ state }) => state.isClosed)).toEqual([false]);
    agent.dispose();
  });

  it('never has more than one behind it that is still to end', async () => {
    const { agent, channels } = farSide();
    for (let at = 0; at < 4; at++) {
      const stuck = codeOf(agent.ask(ASKED, signal));
      const asked = agent.ask(probe, signal);
      await soon();
      channels[at]?.say('{"ready":1}\n');
      await soon();
      channels[at]?.say(timedOut(2, HANGING));
      await asked;
      expect(channels.filter(({ state }) => !state.isClosed).length).toBeLessThanOrEqual(1);
      if (at < 3) continue;
      agent.dispose();
      expect(await stuck).toBe('command-failed');
    }
    expect(channels.length).toBe(4);
    await soon();
    expect(channels.every(({ state }) => state.isClosed)).toBe(true);
  });
});
