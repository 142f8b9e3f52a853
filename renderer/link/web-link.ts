import { socketChannel } from '../../shared/wire/socket-channel.ts';
import { type Link, LinkRefused } from './link.ts';

/** A WebSocket that may still be opening. */
export interface PageSocket {
  readonly readyState: number;
  send(data: string): void;
  close(): void;
  addEventListener(type: 'open' | 'message' | 'close' | 'error', listener: (event: unknown) => void): void;
}

/** What a browser page lends to the link. */
export interface WebPage {
  /** `host:port` of the page. */
  readonly host: string;
  readonly secure: boolean;
  /** The token as it is now: a new address may be opened in the same tab. */
  token(): string | undefined;
  socket(url: string, protocols: readonly string[]): PageSocket;
  /** Does the server answer plain HTTP? It tells a refused token from a server that is gone. */
  isServing(): Promise<boolean>;
}

/** The subprotocol both sides agree on; the token rides beside it, as no page can set a header on a WebSocket. */
export const SUBPROTOCOL = 'siloscope';

/** A link over a WebSocket to the server that served the page. */
export function webLink(page: WebPage): Link {
  return {
    peer: page.host,
    open: () => {
      const token = page.token();
      if (token === undefined) return Promise.reject(new LinkRefused('no-token'));
      return new Promise((resolve, reject) => {
        const url = `${page.secure ? 'wss' : 'ws'}://${page.host}/`;
        const socket = page.socket(url, [SUBPROTOCOL, `token.${token}`]);
        let opened = false;
        socket.addEventListener('open', () => {
          opened = true;
          resolve(socketChannel(socket));
        });
        socket.addEventListener('close', () => {
          if (opened) return;
          page
            .isServing()
            .then(serving => reject(serving ? new LinkRefused('token-rejected') : new Error('nobody answers')), reject);
        });
      });
    },
  };
}
