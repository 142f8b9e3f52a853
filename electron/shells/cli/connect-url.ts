import { FaultError } from '../../../shared/contract/fault.ts';
import type { Channel } from '../../../shared/wire/channel.ts';
import { socketChannel } from '../../../shared/wire/socket-channel.ts';

/** A server's address and the secret that opens it, apart. */
export interface ConnectAddress {
  /** Without the fragment: what may be shown. */
  readonly url: string;
  readonly token: string;
}

const LARGEST_FRAME = 1024 * 1024 * 1024;
const HANDSHAKE_MS = 10_000;

/** Reads `ws://127.0.0.1:PORT/#TOKEN`, or the page's `http:` address with the same token. Fails with `invalid-input`. The token is never repeated in a message. */
export function parseConnectUrl(text: string): ConnectAddress {
  const refuse = (message: string): never => {
    throw new FaultError({ code: 'invalid-input', issues: [{ path: '--connect', message }] });
  };
  const expected = 'expected the address that "siloscope serve" printed, such as ws://127.0.0.1:8437/#TOKEN';
  const socketText = text.replace(/^http(?=s?:)/i, 'ws');
  const url = URL.canParse(socketText) ? new URL(socketText) : refuse(expected);
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') return refuse(expected);
  if (url.username !== '' || url.password !== '') return refuse('the token belongs behind the #, not before the @');
  const token = url.hash.slice(1);
  if (!/^[\w-]+$/.test(token)) {
    return refuse(`the token behind the # is missing; in most shells the address must be in quotes; ${expected}`);
  }
  url.hash = '';
  return { url: url.href, token };
}

/** Opens a WebSocket to a running Siloscope. Fails with `host-unreachable` or `cancelled`. */
export async function openConnection(address: ConnectAddress, signal: AbortSignal): Promise<Channel> {
  const { WebSocket } = await import('ws');
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address.url, {
      headers: { authorization: `Bearer ${address.token}` },
      maxPayload: LARGEST_FRAME,
      handshakeTimeout: HANDSHAKE_MS,
      perMessageDeflate: false,
      followRedirects: false,
    });
    const stop = (): void => {
      fail(new FaultError({ code: 'cancelled' }));
      socket.terminate();
    };
    const fail = (error: FaultError): void => {
      signal.removeEventListener('abort', stop);
      reject(error);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    socket.once('open', () => {
      signal.removeEventListener('abort', stop);
      resolve(socketChannel(socket));
    });
    socket.once('unexpected-response', (request, response) => {
      response.resume();
      request.destroy();
      const raw = `HTTP ${response.statusCode} ${response.statusMessage}`;
      fail(
        new FaultError({
          code: 'host-unreachable',
          host: address.url,
          reason:
            response.statusCode === 401
              ? 'it refuses the token: every start of the server has a new one'
              : `it answered ${raw}`,
        }),
      );
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'ECONNREFUSED' ? 'nothing listens there (ECONNREFUSED)' : error.message;
      fail(new FaultError({ code: 'host-unreachable', host: address.url, reason }, { cause: error }));
    });
  });
}
