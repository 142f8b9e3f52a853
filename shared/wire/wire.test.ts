import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { FaultError, faultOf } from '../contract/fault.ts';
import { type Client, command, type Handlers, news, query } from '../contract/operation.ts';
import type { Channel } from './channel.ts';
import { connect } from './connect.ts';
import { Hub } from './hub.ts';
import { memoryChannelPair } from './memory-channel.ts';
import { type Served, serve } from './serve.ts';
import { socketChannel } from './socket-channel.ts';
import { portChannel } from './testing/port-channel.ts';

const trial = {
  'volume.find': query(
    z.object({ device: z.string().min(1), deep: z.boolean().default(false), tags: z.array(z.string()).default([]) }),
    z.object({ device: z.string(), deep: z.boolean() }),
  ),
  'volume.lie': query(z.object({}), z.object({ size: z.number() })),
  'volume.fail': query(z.object({ how: z.enum(['fault', 'bug', 'nothing']) }), z.object({})),
  'volume.hang': query(z.object({}), z.object({})),
  'volume.copy': command(z.object({ until: z.int() }), z.object({ undone: z.boolean() }), z.object({ step: z.int() })),
  'volume.appeared': news(z.object({ device: z.string() })),
} as const;
type Trial = typeof trial;

interface Link {
  readonly near: Channel;
  readonly far: Channel;
  end(): Promise<void>;
}

const links: Record<string, () => Promise<Link>> = {
  'a pair in memory': async () => {
    const [near, far] = memoryChannelPair();
    return { near, far, end: async () => near.close() };
  },
  'a MessagePort': async () => {
    const { port1, port2 } = new MessageChannel();
    return { near: portChannel(port1), far: portChannel(port2), end: async () => port1.close() };
  },
  'a WebSocket': async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const accepted = once(server, 'connection');
    const socket = new WebSocket(`ws://127.0.0.1:${address.port}`);
    const [[peer]] = await Promise.all([accepted, once(socket, 'open')]);
    return {
      near: socketChannel(socket),
      far: socketChannel(peer as WebSocket),
      end: async () => {
        socket.terminate();
        await new Promise(resolve => server.close(resolve));
      },
    };
  },
};

const faultFrom = (call: Promise<unknown>) => call.then(() => 'no fault', faultOf);

describe.each(Object.entries(links))('a contract over %s', (_, open) => {
  let link: Link;
  let served: Served<Trial>;
  let client: Client<Trial>;
  const aborted: string[] = [];

  const handlers: Handlers<Trial> = {
    'volume.find': ({ device, deep }) => ({ device, deep }),
    // What a handler of another version of the program would answer.
    'volume.lie': () => JSON.parse('{"size":"large"}'),
    'volume.fail': ({ how }) => {
      if (how === 'fault') throw new FaultError({ code: 'not-found', what: 'volume', name: 'x', known: ['y'] });
      if (how === 'bug') throw new TypeError('x is not a function');
      throw undefined;
    },
    'volume.hang': (_input, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted.push('volume.hang');
          reject(signal.reason);
        });
      }),
    'volume.copy': async ({ until }, { signal, progress }) => {
      for (let step = 1; step <= until; step++) progress({ step });
      if (until > 0) return { undone: false };
      await new Promise(resolve => signal.addEventListener('abort', resolve));
      progress({ step: -1 });
      return { undone: true };
    },
  };

  const start = async (): Promise<void> => {
    link = await open();
    served = serve(trial, link.far, handlers);
    client = connect(trial, link.near, 'the far side');
    aborted.length = 0;
  };
  afterEach(async () => {
    client.dispose();
    served.dispose();
    await link.end();
  });

  it('answers a query, with defaults filled in', async () => {
    await start();
    expect(await client.call('volume.find', { device: 'v' })).toEqual({ device: 'v', deep: false });
  });

  it('answers many calls at once, each its own', async () => {
    await start();
    const devices = Array.from({ length: 200 }, (_unused, index) => `v${index}`);
    const found = await Promise.all(devices.map(device => client.call('volume.find', { device })));
    expect(found.map(({ device }) => device)).toEqual(devices);
  });

  it('refuses an input that breaks the contract, naming each path', async () => {
    await start();
    const wrong = { device: '', tags: ['a', 7] } as { device: string };
    expect(await faultFrom(client.call('volume.find', wrong))).toEqual({
      code: 'invalid-input',
      issues: [
        { path: 'device', message: expect.stringContaining('Too small') },
        { path: 'tags[1]', message: expect.stringContaining('expected string') },
      ],
    });
  });

  it('calls an answer that breaks the contract a bug', async () => {
    await start();
    expect(await faultFrom(client.call('volume.lie', {}))).toEqual({
      code: 'bug',
      message: expect.stringMatching(/^the answer to volume\.lie breaks the contract at "size": /),
    });
  });

  it('carries faults as data', async () => {
    await start();
    expect(await faultFrom(client.call('volume.fail', { how: 'fault' }))).toEqual({
      code: 'not-found',
      what: 'volume',
      name: 'x',
      known: ['y'],
    });
    expect(await faultFrom(client.call('volume.fail', { how: 'bug' }))).toMatchObject({
      code: 'bug',
      message: 'x is not a function',
    });
    expect(await faultFrom(client.call('volume.fail', { how: 'nothing' }))).toEqual({
      code: 'bug',
      message: 'undefined',
    });
  });

  it('tells a command its progress before its answer', async () => {
    await start();
    const told: number[] = [];
    const answer = await client.call('volume.copy', { until: 3 }, { onProgress: ({ step }) => void told.push(step) });
    expect({ told, answer }).toEqual({ told: [1, 2, 3], answer: { undone: false } });
  });

  it('lets an aborted query go at once, and tells its handler', async () => {
    await start();
    const stop = new AbortController();
    const hung = faultFrom(client.call('volume.hang', {}, { signal: stop.signal }));
    await client.call('volume.find', { device: 'a round trip' });
    stop.abort();
    expect(await hung).toEqual({ code: 'cancelled' });
    await client.call('volume.find', { device: 'a round trip' });
    expect(aborted).toEqual(['volume.hang']);
  });

  it('waits for what an aborted command undoes', async () => {
    await start();
    const stop = new AbortController();
    const told: number[] = [];
    const copy = client.call(
      'volume.copy',
      { until: 0 },
      { signal: stop.signal, onProgress: ({ step }) => void told.push(step) },
    );
    await client.call('volume.find', { device: 'a round trip' });
    stop.abort();
    expect({ answer: await copy, told }).toEqual({ answer: { undone: true }, told: [-1] });
  });

  it('does not begin a call whose signal is already aborted', async () => {
    await start();
    expect(await faultFrom(client.call('volume.hang', {}, { signal: AbortSignal.abort() }))).toEqual({
      code: 'cancelled',
    });
    await client.call('volume.find', { device: 'a round trip' });
    expect(aborted).toEqual([]);
  });

  it('tells news to those who listen, until they stop', async () => {
    await start();
    const heard: string[] = [];
    const undo = client.on('volume.appeared', ({ device }) => void heard.push(device));
    served.announce('volume.appeared', { device: 'a' });
    served.announce('volume.appeared', JSON.parse('{"device":1}'));
    served.announce('volume.appeared', { device: 'b' });
    await client.call('volume.find', { device: 'a round trip' });
    undo();
    served.announce('volume.appeared', { device: 'c' });
    await client.call('volume.find', { device: 'a round trip' });
    expect(heard).toEqual(['a', 'b']);
  });

  it('rejects what is pending when the channel closes, aborts it on the other side, and says so once', async () => {
    await start();
    let closings = 0;
    const closed = new Promise<void>(resolve => {
      client.onClosed(() => {
        closings++;
        resolve();
      });
    });
    const hung = faultFrom(client.call('volume.hang', {}));
    await client.call('volume.find', { device: 'a round trip' });
    served.dispose();
    const lost = { code: 'host-unreachable', host: 'the far side', reason: 'the connection was closed' };
    expect(await hung).toEqual(lost);
    await closed;
    expect(await faultFrom(client.call('volume.find', { device: 'late' }))).toEqual(lost);
    await new Promise<void>(resolve => {
      client.onClosed(resolve);
    });
    expect({ closings, aborted }).toEqual({ closings: 1, aborted: ['volume.hang'] });
  });

  it('answers or ignores frames that no client of ours would send, and goes on', async () => {
    await start();
    const answers: unknown[] = [];
    link.near.onFrame(frame => answers.push(frame));
    const strange = [null, 7, 'call', [], {}, { kind: 'call' }, { kind: 'result', id: 4, output: 1 }];
    const unknown = ['volume.burn', 'volume.appeared', '__proto__', 'constructor', 'toString'];
    for (const frame of strange) link.near.send(frame);
    for (const [index, name] of unknown.entries()) link.near.send({ kind: 'call', id: 100 + index, name, input: {} });
    link.near.send({ kind: 'cancel', id: 4_711 });
    await client.call('volume.find', { device: 'a round trip' });
    expect(answers.slice(0, -1)).toEqual([
      {
        kind: 'fault',
        id: 4,
        fault: { code: 'invalid-input', issues: [{ path: 'kind', message: expect.any(String) }] },
      },
      ...unknown.map((name, index) => ({
        kind: 'fault',
        id: 100 + index,
        fault: { code: 'not-found', what: 'operation', name },
      })),
    ]);
  });

  it('shrugs at answers that no server of ours would send', async () => {
    await start();
    const found = client.call('volume.find', { device: 'v' });
    for (const frame of [
      null,
      'x',
      { kind: 'result', id: 999, output: {} },
      { kind: 'news', name: '__proto__', payload: 1 },
    ]) {
      link.far.send(frame);
    }
    expect(await found).toEqual({ device: 'v', deep: false });
    const hung = faultFrom(client.call('volume.hang', {}));
    link.far.send({ kind: 'fault', id: 2, fault: { code: 'from-the-future' } });
    expect(await hung).toEqual({ code: 'bug', message: 'the answer was no fault known here' });
  });
});

describe('a pair in memory', () => {
  it('carries no functions, as no other channel would', async () => {
    const [near, far] = memoryChannelPair();
    const served = serve({ ask: query(z.unknown(), z.unknown()) }, far, { ask: () => () => 'a function' });
    const client = connect({ ask: query(z.unknown(), z.unknown()) }, near);
    expect(await faultFrom(client.call('ask', { back: () => 1 }))).toMatchObject({
      code: 'bug',
      message: expect.stringContaining('could not be cloned'),
    });
    expect(await faultFrom(client.call('ask', {}))).toMatchObject({
      code: 'bug',
      message: expect.stringContaining('could not be cloned'),
    });
    client.dispose();
    served.dispose();
  });

  it('never delivers inside send, keeps the order, and waits for a listener', async () => {
    const [near, far] = memoryChannelPair();
    const heard: unknown[] = [];
    near.send(1);
    near.send(2);
    far.onFrame(frame => heard.push(frame));
    near.send(3);
    expect(heard).toEqual([]);
    await Promise.resolve();
    expect(heard).toEqual([1, 2, 3]);
    near.close();
  });
});

describe('a hub', () => {
  it('serves several clients and tells all of them the news, until they leave', async () => {
    const hub = new Hub(trial, {
      'volume.find': ({ device, deep }) => ({ device, deep }),
      'volume.lie': () => ({ size: 1 }),
      'volume.fail': () => ({}),
      'volume.hang': () => ({}),
      'volume.copy': () => ({ undone: false }),
    });
    const heard: string[] = [];
    const clients = ['a', 'b', 'c'].map(name => {
      const [near, far] = memoryChannelPair();
      hub.serve(far);
      const client = connect(trial, near);
      client.on('volume.appeared', ({ device }) => void heard.push(`${name}:${device}`));
      return client;
    });
    const roundTrip = () => Promise.all(clients.slice(1).map(client => client.call('volume.find', { device: 'x' })));
    hub.announce('volume.appeared', { device: '1' });
    await roundTrip();
    clients[0]?.dispose();
    await roundTrip();
    hub.announce('volume.appeared', { device: '2' });
    await roundTrip();
    expect({ heard, left: hub.clientCount }).toEqual({ heard: ['a:1', 'b:1', 'c:1', 'b:2', 'c:2'], left: 2 });
    hub.dispose();
    const [near, far] = memoryChannelPair();
    hub.serve(far);
    const late = connect(trial, near, 'the hub');
    expect(await faultFrom(late.call('volume.hang', {}))).toMatchObject({ code: 'host-unreachable', host: 'the hub' });
    for (const client of [...clients, late]) client.dispose();
  });
});
