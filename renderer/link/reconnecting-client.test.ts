import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../shared/base/clock.ts';
import type { Channel } from '../../shared/wire/channel.ts';
import { memoryChannelPair } from '../../shared/wire/memory-channel.ts';
import { fakeHost } from '../testing/fake-host.ts';
import { STORIES } from '../testing/fake-story.ts';
import { type MemoryLink, memoryLink } from '../testing/memory-link.ts';
import { connectContract } from './contract-client.ts';
import { LinkRefused } from './link.ts';
import { type LinkState, type ReconnectingClient, reconnectingClient } from './reconnecting-client.ts';

/** Lets everything that hangs on microtasks happen. */
const flush = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 0));

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function lay() {
  const clock = new ManualClock();
  const host = fakeHost(STORIES.default(), clock);
  const link: MemoryLink = memoryLink(host.hub);
  const client = reconnectingClient(link, clock, async () => connectContract);
  ends.push(() => {
    client.dispose();
    host.hub.dispose();
  });
  await flush();
  return { clock, host, link, client };
}

const kinds = (client: ReconnectingClient): string[] => {
  const seen: string[] = [];
  client.onState(state => seen.push(state.kind));
  return seen;
};

describe('a client whose channel is cut', () => {
  it('says so at once and rejects calls instead of letting them wait', async () => {
    const { link, client } = await lay();
    expect(client.state.kind).toBe('open');
    link.cut();
    await flush();
    expect(client.state.kind).toBe('lost');
    await expect(client.call('snapshot.take', {})).rejects.toMatchObject({ fault: { code: 'host-unreachable' } });
  });

  it('tries again after ever longer pauses, up to four seconds', async () => {
    const { clock, link, client } = await lay();
    const pauses: number[] = [];
    client.onState(state => {
      if (state.kind === 'lost') pauses.push(state.retryAt - clock.now());
    });
    link.cut();
    await flush();
    for (let attempt = 0; attempt < 6; attempt++) {
      clock.advance(4_000);
      await flush();
    }
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000, 4_000]);
  });

  it('comes back by itself, and hears news again', async () => {
    const { clock, host, link, client } = await lay();
    const news: string[] = [];
    client.on('journal.appended', entry => news.push(entry.subject));
    link.cut();
    await flush();
    link.heal();
    clock.advance(250);
    await flush();
    expect(client.state.kind).toBe('open');
    host.note('container.started', 'after');
    await flush();
    expect(news).toEqual(['after']);
  });
});

describe('a client that is told to try again while it is trying', () => {
  it('keeps the newest channel only, and hears each piece of news once', async () => {
    const clock = new ManualClock();
    const host = fakeHost(STORIES.default(), clock);
    const real = memoryLink(host.hub);
    const opened: { readonly channel: Promise<Channel>; readonly answer: () => void }[] = [];
    let isSlow = false;
    const link = {
      peer: real.peer,
      open: async () => {
        if (!isSlow) return real.open();
        const { promise, answer } = held();
        const channel = promise.then(() => real.open());
        opened.push({ channel, answer });
        return channel;
      },
    };
    const client = reconnectingClient(link, clock, async () => connectContract);
    ends.push(() => {
      client.dispose();
      host.hub.dispose();
    });
    await flush();
    const news: string[] = [];
    client.on('journal.appended', entry => news.push(entry.subject));
    real.cut();
    await flush();
    real.heal();
    isSlow = true;
    client.retry();
    client.retry();
    expect(opened.length).toBe(2);
    const closed: number[] = [];
    for (const [at, { channel }] of opened.entries()) {
      void channel.then(one => one.onClosed(() => void closed.push(at)));
    }
    opened[1]?.answer();
    await flush();
    expect(client.state.kind).toBe('open');
    opened[0]?.answer();
    await flush();
    expect(closed).toEqual([0]);
    expect(client.state.kind).toBe('open');
    host.note('container.started', 'once');
    await flush();
    expect(news).toEqual(['once']);
  });
});

function held(): { readonly promise: Promise<void>; readonly answer: () => void } {
  let answer = (): void => undefined;
  const promise = new Promise<void>(resolve => {
    answer = resolve;
  });
  return { promise, answer };
}

describe('a server that hangs', () => {
  it('is named within two seconds, and forgiven when it answers', async () => {
    const { clock, host, client } = await lay();
    const seen = kinds(client);
    const answers: (() => void)[] = [];
    host.handlers['journal.read'] = () =>
      new Promise(resolve => {
        answers.push(() => resolve({ entries: [], first: 0, last: 0 }));
      });
    clock.advance(800);
    await flush();
    clock.advance(1_000);
    expect(seen).toEqual(['silent']);
    for (const answer of answers) answer();
    await flush();
    expect(seen).toEqual(['silent', 'open']);
  });
});

describe('a client that is refused', () => {
  it('does not try again until somebody asks it to', async () => {
    const clock = new ManualClock();
    let tries = 0;
    const client = reconnectingClient(
      {
        peer: 'nobody',
        open: () => {
          tries += 1;
          return Promise.reject<Channel>(new LinkRefused('token-rejected'));
        },
      },
      clock,
      async () => connectContract,
    );
    ends.push(() => client.dispose());
    await flush();
    clock.advance(60_000);
    await flush();
    expect({ tries, state: client.state }).toMatchObject({
      tries: 1,
      state: { kind: 'refused', reason: 'token-rejected' } satisfies Partial<LinkState>,
    });
    client.retry();
    expect(tries).toBe(2);
  });
});

describe('a client that was disposed', () => {
  it('closes a channel that comes too late', async () => {
    const [near, far] = memoryChannelPair();
    let closed = false;
    far.onClosed(() => {
      closed = true;
    });
    const client = reconnectingClient(
      { peer: 'late', open: async () => near },
      new ManualClock(),
      async () => connectContract,
    );
    client.dispose();
    await flush();
    expect(closed).toBe(true);
  });
});
