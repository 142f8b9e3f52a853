import { describe, expect, it } from 'vitest';
import type { Channel } from '../../../shared/wire/channel.ts';
import { FRAME_CHANNEL, PAGE_URL } from './addresses.ts';
import type { Sender } from './judge-sender.ts';
import { type PageIpc, pageBridge } from './page-bridge.ts';
import { type MainIpc, servePage } from './serve-page.ts';

const OWN: Sender = { sender: { id: 1 }, senderFrame: { url: PAGE_URL, parent: null, isDestroyed: () => false } };

function serving() {
  const listeners = new Set<(event: Sender, ...frames: unknown[]) => void>();
  const ipc: MainIpc = {
    on: (_channel, listener) => listeners.add(listener),
    removeListener: (_channel, listener) => listeners.delete(listener),
  };
  const sent: unknown[] = [];
  const lines: string[] = [];
  const channels: { readonly channel: Channel; readonly heard: unknown[]; closed: boolean }[] = [];
  const page = servePage({
    ipc,
    contents: { id: 1, isDestroyed: () => false, send: (_channel, frame) => sent.push(JSON.parse(frame)) },
    serve: channel => {
      const served = { channel, heard: [] as unknown[], closed: false };
      channel.onFrame(frame => served.heard.push(frame));
      channel.onClosed(() => {
        served.closed = true;
      });
      channels.push(served);
    },
    log: line => lines.push(line),
  });
  const say = (event: Sender, ...frames: unknown[]): void => {
    for (const listener of listeners) listener(event, ...frames);
  };
  return { page, say, sent, lines, channels, listeners };
}

describe('the page over IPC', () => {
  it('is served on one channel from its first frame on', () => {
    const { say, channels, sent } = serving();
    expect(channels).toEqual([]);
    say(OWN, { kind: 'call', id: 1 });
    say(OWN, { kind: 'cancel', id: 1 });
    channels[0]?.channel.send({ kind: 'result', id: 1 });
    expect(channels.map(({ heard }) => heard)).toEqual([
      [
        { kind: 'call', id: 1 },
        { kind: 'cancel', id: 1 },
      ],
    ]);
    expect(sent).toEqual([{ kind: 'result', id: 1 }]);
  });

  it('gets a new channel with each load, and nothing that was meant for the load before', () => {
    const { page, say, channels, sent } = serving();
    say(OWN, 'first');
    page.reset();
    say(OWN, 'second');
    channels[0]?.channel.send('late');
    expect(channels.map(({ heard, closed }) => [heard, closed])).toEqual([
      [['first'], true],
      [['second'], false],
    ]);
    expect(sent).toEqual([]);
  });

  it('answers nobody else, and says so in the log', () => {
    const { say, channels, lines } = serving();
    say({ sender: { id: 2 }, senderFrame: OWN.senderFrame }, { kind: 'call', id: 1 });
    say({ sender: { id: 1 }, senderFrame: null }, { kind: 'call', id: 1 });
    say(
      { sender: { id: 1 }, senderFrame: { url: 'https://evil/\u202e', parent: null, isDestroyed: () => false } },
      { kind: 'call', id: 1 },
    );
    expect(channels).toEqual([]);
    expect(lines).toEqual([
      'A message was not heard: it came from another window (app://siloscope/index.html).',
      'A message was not heard: its frame is gone (no address).',
      'A message was not heard: it came from another page (https://evil/\\u{202e}).',
    ]);
  });

  it('is told by a fault of a frame that nobody can mean, where it has a number', () => {
    const { say, channels, sent, lines } = serving();
    say(OWN, { kind: 'call', id: 5, input: new Map() });
    say(OWN, { kind: 'call', id: -1, input: new Map() });
    say(OWN, { kind: 'call', id: 6 }, 'and more');
    const message = 'A message of the page was refused: it holds more than plain data.';
    const fault = { code: 'invalid-input', issues: [{ path: '', message }] };
    expect(sent).toEqual([
      { kind: 'fault', id: 5, fault },
      { kind: 'fault', id: 6, fault },
    ]);
    expect(lines).toEqual([message, message, message]);
    expect(channels).toEqual([]);
  });

  it('is told to look again, once it is there', () => {
    const { page, say, sent } = serving();
    page.relook(3);
    say(OWN, 'here');
    page.relook(4);
    expect(sent).toEqual([{ kind: 'news', name: 'snapshot.changed', payload: { revision: 4, what: 'host' } }]);
  });

  it('is not heard any more after the end', () => {
    const { page, say, channels, listeners } = serving();
    say(OWN, 'here');
    page.dispose();
    expect([listeners.size, channels[0]?.closed]).toEqual([0, true]);
  });
});

describe('the bridge', () => {
  it('hands frames over without the event they came with, until undone', () => {
    const listeners = new Map<unknown, (event: unknown, frame: string) => void>();
    const sent: unknown[][] = [];
    const ipc: PageIpc = {
      send: (...args) => sent.push(args),
      on: (channel, listener) => listeners.set(channel, listener),
      removeListener: channel => listeners.delete(channel),
    };
    const bridge = pageBridge(ipc, FRAME_CHANNEL);
    const heard: unknown[][] = [];
    const undo = bridge.onFrame((...args) => heard.push(args));
    listeners.get(FRAME_CHANNEL)?.({ sender: 'secret' }, '{"kind":"news"}');
    bridge.send({ kind: 'call' });
    undo();
    expect([heard, sent, listeners.size]).toEqual([[['{"kind":"news"}']], [[FRAME_CHANNEL, { kind: 'call' }]], 0]);
  });
});
