import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A request that was not let in, as an HTTP answer. */
export interface Refusal {
  readonly status: 401 | 403 | 404 | 421;
  readonly sentence: string;
}

/** What the door knows: who it is, and the secret that opens it. */
export interface Door {
  /** `127.0.0.1` or `::1`, and the port it listens on. */
  readonly address: string;
  readonly port: number;
  readonly token: string;
}

/**
 * 256 random bits, safe in a URL. One for each start of the server, good until it ends, for any number of clients: a
 * command connects anew each time, and a page comes back by itself. It is never stored on a disk by us.
 */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Only a request that names us by a loopback name is ours. A page whose own name was re-pointed at 127.0.0.1 (DNS
 * rebinding) still sends its own name here.
 */
export function judgeHost(door: Door, headers: IncomingHttpHeaders): Refusal | undefined {
  const host = headers.host?.toLowerCase();
  const own = ['127.0.0.1', 'localhost', '[::1]'].map(name => `${name}:${door.port}`);
  if (host !== undefined && own.includes(host)) return undefined;
  return { status: 421, sentence: 'This server answers to its loopback name only.' };
}

/** The WebSocket subprotocol that pages ask for; the token rides beside it, and is never repeated in the answer. */
export const SUBPROTOCOL = 'siloscope';

/**
 * Judges a WebSocket handshake. Programs send no Origin; a page may only be one of ours. A program brings its token in
 * the Authorization header, a page as a second subprotocol, `token.TOKEN`: no page can set a header on a WebSocket. In
 * neither way does the token stand in a request line, where logs and histories would keep it.
 */
export function judgeUpgrade(door: Door, path: string, headers: IncomingHttpHeaders): Refusal | undefined {
  const wrongHost = judgeHost(door, headers);
  if (wrongHost !== undefined) return wrongHost;
  if (path !== '/') return { status: 404, sentence: 'Nothing is served here.' };
  if (headers.origin !== undefined && headers.origin.toLowerCase() !== `http://${headers.host?.toLowerCase()}`) {
    return { status: 403, sentence: 'Pages of other sites are not let in.' };
  }
  const token = headers.authorization === undefined ? tokenOfPage(headers) : tokenOfProgram(headers.authorization);
  if (token === undefined || !isSameSecret(token, door.token)) {
    return { status: 401, sentence: 'The token is missing or is not the one this server printed when it started.' };
  }
  return undefined;
}

function tokenOfProgram(authorization: string): string | undefined {
  return /^Bearer ([\w-]+)$/.exec(authorization)?.[1];
}

function tokenOfPage(headers: IncomingHttpHeaders): string | undefined {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map(protocol => protocol.trim());
  const [token, ...more] = offered.filter(protocol => protocol.startsWith('token.'));
  return offered.includes(SUBPROTOCOL) && more.length === 0 ? token?.slice('token.'.length) : undefined;
}

/** Compares hashes, so that neither the time nor the length tells how much was right. */
function isSameSecret(offered: string, own: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(offered), hash(own));
}
