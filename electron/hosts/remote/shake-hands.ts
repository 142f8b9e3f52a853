import type { Duplex } from 'node:stream';
import { Client } from 'ssh2';
import { FaultError } from '../../../shared/contract/fault.ts';
import { connectFault, levelOf } from './connect-fault.ts';
import type { SshTarget } from './parse-ssh-url.ts';
import { prepareAccess, type SshAccess } from './ssh-access.ts';

const CONNECT_MS = 15_000;

/** A host on the way, or at its end. */
export interface Hop {
  readonly target: SshTarget;
  readonly access: SshAccess;
}

export interface HandshakeOptions {
  /** Three unanswered ones, and the connection counts as cut. */
  readonly keepaliveMs: number;
  /** Ends the attempt. */
  readonly signal: AbortSignal;
}

/**
 * Connects to a host, over others where `jumps` names them, the nearest first; those end with it. Fails with
 * `host-unreachable`, `host-key-unknown`, `host-key-refused` or `access-denied`, of whichever host it was.
 *
 * One key may be accepted in an attempt. Where a host on the way needed it, the last one is as if none had been.
 */
export async function connectOver(jumps: readonly Hop[], last: Hop, options: HandshakeOptions): Promise<Client> {
  const { pinned, ...plain } = last.access;
  const passed: Client[] = [];
  const leave = (): void => {
    for (const client of passed) client.destroy();
  };
  options.signal.addEventListener('abort', leave, { once: true });
  try {
    let way: Duplex | undefined;
    let open = pinned;
    for (const [at, { target, access }] of jumps.entries()) {
      const asked = { ...access, isJump: true, ...(open === undefined ? {} : { pinned: open }) };
      const hand = await shakeHands({ target, access: asked }, way, options);
      passed.push(hand.client);
      if (hand.tookPinned) open = undefined;
      way = await forwarded(hand.client, target, jumps[at + 1]?.target ?? last.target);
    }
    const access = open === undefined ? plain : last.access;
    const { client } = await shakeHands({ target: last.target, access }, way, options);
    client.once('close', leave);
    return client;
  } catch (caught) {
    leave();
    throw caught;
  } finally {
    options.signal.removeEventListener('abort', leave);
  }
}

async function shakeHands(
  { target, access }: Hop,
  way: Duplex | undefined,
  { keepaliveMs, signal }: HandshakeOptions,
): Promise<{ readonly client: Client; readonly tookPinned: boolean }> {
  const prepared = await prepareAccess(target, access);
  let { tried } = prepared;
  const client = new Client();
  signal.throwIfAborted();
  const stop = (): void => void client.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('ready', resolve);
      // Heard for as long as it lives: a connection that breaks says so by its end.
      client.on('error', error => {
        // No agent answers: the other ways in are tried all the same, and the end says so.
        if (levelOf(error) === 'agent')
          tried = tried.map(one => (one === 'the agent' ? `${one}, which does not answer` : one));
        else reject(error);
      });
      client.once('close', () => reject(new Error('the connection was closed during the handshake')));
      client.connect({
        ...prepared.config,
        host: target.host,
        port: target.port,
        ...(way === undefined ? {} : { sock: way }),
        readyTimeout: CONNECT_MS,
        keepaliveInterval: keepaliveMs,
        keepaliveCountMax: 3,
      });
    });
    return { client, tookPinned: prepared.tookPinned() };
  } catch (caught) {
    client.destroy();
    throw prepared.hostKeyFault() ?? connectFault(target, tried, caught);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** A stream to the next host, as the last one reaches it. */
function forwarded(client: Client, from: SshTarget, to: SshTarget): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const failed = (message: string): void => {
      const reason = `${from.host} found no way to ${to.host}, port ${to.port}: ${message}`;
      reject(new FaultError({ code: 'host-unreachable', host: to.id, reason }));
    };
    const gone = (): void => failed('the connection to it was closed');
    client.once('close', gone);
    client.forwardOut('127.0.0.1', 0, to.host, to.port, (error, channel) => {
      client.off('close', gone);
      if (error === undefined) resolve(channel);
      else failed(error.message);
    });
  });
}
