import { describe, expect, it } from 'vitest';
import { takeToken } from './page-token.ts';
import { type PageSocket, type WebPage, webLink } from './web-link.ts';

const TOKEN = 'abcdefghijklmnopqrstuvwxyz_0123456789-ABCDE';

class HandSocket implements PageSocket {
  readyState = 0;
  readonly sent: string[] = [];
  readonly #listeners = new Map<string, ((event: unknown) => void)[]>();

  send(data: string): void {
    this.sent.push(data);
  }

  close(): void {
    this.tell('close');
  }

  addEventListener(type: string, listener: (event: unknown) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  tell(type: string, event: unknown = {}): void {
    if (type === 'open') this.readyState = 1;
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
  }
}

function page(over: Partial<WebPage> = {}) {
  const socket = new HandSocket();
  const asked: unknown[] = [];
  const lent: WebPage = {
    host: '127.0.0.1:4571',
    secure: false,
    token: () => TOKEN,
    socket: (url, protocols) => {
      asked.push([url, protocols]);
      return socket;
    },
    isServing: async () => true,
    ...over,
  };
  return { socket, asked, link: webLink(lent) };
}

describe('the link of a page', () => {
  it('offers the token as a subprotocol, never in the address', async () => {
    const { socket, asked, link } = page();
    const opening = link.open();
    socket.tell('open');
    (await opening).send({ kind: 'call' });
    expect({ asked, sent: socket.sent }).toEqual({
      asked: [['ws://127.0.0.1:4571/', ['siloscope', `token.${TOKEN}`]]],
      sent: ['{"kind":"call"}'],
    });
  });

  it('is refused without a token, and knocks at no door', async () => {
    const { asked, link } = page({ token: () => undefined });
    await expect(link.open()).rejects.toMatchObject({ name: 'LinkRefused', reason: 'no-token' });
    expect(asked).toEqual([]);
  });

  it('is refused when the server answers, but not to this token', async () => {
    const { socket, link } = page();
    const opening = link.open();
    socket.tell('close');
    await expect(opening).rejects.toMatchObject({ name: 'LinkRefused', reason: 'token-rejected' });
  });

  it('is only unreachable when nobody answers at all', async () => {
    const { socket, link } = page({ isServing: async () => false });
    const opening = link.open();
    socket.tell('close');
    await expect(opening).rejects.toThrow('nobody answers');
  });
});

describe('the token in the address bar', () => {
  const tab = (hash: string, kept: Record<string, string> = {}) => {
    const replaced: string[] = [];
    return {
      kept,
      replaced,
      page: {
        location: { hash, pathname: '/', search: '' },
        history: { replaceState: (_data: unknown, _unused: string, url: string) => void replaced.push(url) },
        sessionStorage: {
          getItem: (key: string) => kept[key] ?? null,
          setItem: (key: string, value: string) => {
            kept[key] = value;
          },
        },
      },
    };
  };

  it('is taken out of it and kept for this tab', () => {
    const { page: opened, replaced, kept } = tab(`#${TOKEN}`);
    expect(takeToken(opened)).toBe(TOKEN);
    expect({ replaced, kept }).toEqual({ replaced: ['/#/'], kept: { 'siloscope.token': TOKEN } });
  });

  it('survives a reload', () => {
    const { page: reloaded, replaced } = tab('#/visibility', { 'siloscope.token': TOKEN });
    expect(takeToken(reloaded)).toBe(TOKEN);
    expect(replaced).toEqual([]);
  });

  it.each(['', '#', '#/', '#/images', '#short'])('is not mistaken for %j', hash => {
    expect(takeToken(tab(hash).page)).toBeUndefined();
  });
});
