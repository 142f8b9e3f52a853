import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { faultOf } from '../../../shared/contract/fault.ts';
import { FarAgent } from './far-agent.ts';

const LIMIT = { timeoutMs: 30_000, what: '\\Device' };
const ASKED = { verb: 'list', path: '\\Device' } as const;
const { signal } = new AbortController();

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
