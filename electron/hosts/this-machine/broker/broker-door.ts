import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../../../shared/base/clock.ts';
import type { ElevationPurpose } from '../../../../shared/domain/elevation.ts';
import type { ElevatedSession } from '../../host.ts';
import { type BrokerArguments, pipePath } from './broker-arguments.ts';
import { linkOver } from './byte-link.ts';
import { greetBroker } from './greet-broker.ts';
import { SECRET_BYTES } from './proof.ts';

/** So many callers are heard at once; each has a few seconds to prove itself. */
const MOST_CALLERS = 32;

/** The asker's side while it waits for the one broker that it has started. */
export interface BrokerDoor {
  /** What the broker is started with. */
  readonly arguments: BrokerArguments;
  /** The first caller that proves itself. Others were turned away, and nobody is let in after it. */
  readonly admitted: Promise<ElevatedSession>;
  /** Takes away pipe and secret. The session goes on. */
  close(): void;
}

/**
 * Opens the pipe that a broker will call, and lays down the secret that it will prove itself by.
 *
 * Why the asker, which has no rights, serves the pipe, and the administrator calls:
 * - The name is 128 random bits and exists, as a first instance, before anybody is told of it: there is nothing to
 *   squat. A broker that served would be a door with an administrator behind it, for every process of the machine.
 * - Windows lets the user, administrators and the system write to a pipe that was made without an access list of its
 *   own; other users may read, which brings them a nonce. So no other user can call, but for administrators.
 * - The broker opens the pipe as an anonymous client (SECURITY_ANONYMOUS): whoever served it could not act as the
 *   administrator who called, which is what such pipes are squatted for. It also checks that the pipe is served by the
 *   process that it was told of.
 * - The secret is 256 random bits in a file of the user's own folder for temporary files, made for this one broker and
 *   deleted once it has called. It is never on a command line, which every process of the user can read. Both sides
 *   prove by HMAC over nonces of both that they hold it, the broker first; every message after that is sealed with its
 *   side and its number, so that none can be made up, changed or played again.
 * - Whoever connects first and cannot prove itself only uses up its own few seconds: the door stays open for the broker.
 *
 * What is left: a process of the same user that reads the user's files or memory can read the secret. It could as well
 * ask for an administrator itself, or change what this user starts; Windows draws no line between the processes of
 * one user either. It gains no more than the acts of the purpose that the user has just agreed to.
 */
export async function openBrokerDoor(purpose: ElevationPurpose, clock: Clock): Promise<BrokerDoor> {
  const secret = randomBytes(SECRET_BYTES);
  const pipe = randomBytes(16).toString('hex');
  const folder = mkdtempSync(join(tmpdir(), 'siloscope-'));
  const secretFile = join(folder, 'secret');
  const server = createServer();
  const close = (): void => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    writeFileSync(secretFile, secret.toString('hex'), { mode: 0o600, flag: 'wx' });
    await listening(server, process.platform === 'win32' ? pipePath(pipe) : join(folder, pipe));
  } catch (caught) {
    close();
    throw caught;
  }
  const admitted = admit(server, { secret, purpose }, clock).then(session => {
    close();
    return session;
  });
  return { arguments: { purpose, pipe, secretFile, askerProcessId: process.pid }, admitted, close };
}

function admit(
  server: Server,
  greeting: { readonly secret: Uint8Array; readonly purpose: ElevationPurpose },
  clock: Clock,
): Promise<ElevatedSession> {
  const callers = new Set<Socket>();
  let isTaken = false;
  return new Promise(resolve => {
    server.on('connection', caller => {
      caller.on('error', () => undefined);
      if (isTaken || callers.size >= MOST_CALLERS) {
        caller.destroy();
        return;
      }
      callers.add(caller);
      void greetBroker(linkOver(caller), greeting, clock).then(session => {
        callers.delete(caller);
        if (session === undefined) return;
        if (isTaken) {
          void session.dispose();
          return;
        }
        isTaken = true;
        for (const other of callers) other.destroy();
        resolve(session);
      });
    });
  });
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path }, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve();
    });
  });
}
