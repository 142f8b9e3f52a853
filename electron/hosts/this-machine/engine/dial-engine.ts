import { readdirSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../../../shared/base/clock.ts';
import { FaultError } from '../../../../shared/contract/fault.ts';
import type { Ran } from '../../host.ts';
import { withinLimit } from '../../within-limit.ts';
import { type EngineEndpoint, findEndpoint, localAddress } from './engine-endpoint.ts';
import { unreachableFault } from './judge-unreachable.ts';

/** A pipe whose instances are all busy keeps a caller waiting; longer than this it is not worth it. */
const CONNECT_LIMIT_MS = 10_000;
const SERVICES = ['docker', 'com.docker.service'];

export interface DialSurroundings {
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly run: (argv: readonly string[]) => Promise<Ran>;
}

/** Reads which endpoint is active, from this process' environment and the user's docker configuration. */
export function activeEndpoint(environment: DialSurroundings['environment']): EngineEndpoint {
  const folder = environment['DOCKER_CONFIG'] || join(homedir(), '.docker');
  return findEndpoint({
    environment,
    read(file) {
      try {
        return readFileSync(join(folder, file), 'utf8');
      } catch {
        return undefined;
      }
    },
    list(below) {
      try {
        return readdirSync(join(folder, below));
      } catch {
        return [];
      }
    },
  });
}

/**
 * Opens a connection to the engine of the active docker context, provided that it is on this machine.
 * @throws FaultError `engine-unreachable` with the cause, `access-denied`, `cancelled`, `timed-out`.
 */
export async function dialEngine(around: DialSurroundings, signal?: AbortSignal): Promise<Duplex> {
  if (signal?.aborted === true) throw new FaultError({ code: 'cancelled' }, { cause: signal.reason });
  const endpoint = activeEndpoint(around.environment);
  const address = localAddress(endpoint.endpoint);
  // Docker would not send it a word in plain text.
  if (endpoint.tls !== undefined && address !== undefined) throw await explain(around, endpoint, 'TLS', endpoint.tls);
  if (address === undefined) throw await explain(around, endpoint, 'ELSEWHERE', endpoint.endpoint);
  const socket = connect({ ...address, allowHalfOpen: true });
  // A cut connection is told by its end; an error that nobody listens for would end the process.
  socket.on('error', () => undefined);
  try {
    return await withinLimit(connected(socket), {
      clock: around.clock,
      timeoutMs: CONNECT_LIMIT_MS,
      signal,
      what: `connect to ${endpoint.endpoint}`,
    });
  } catch (caught) {
    socket.destroy();
    if (caught instanceof FaultError || !(caught instanceof Error)) throw caught;
    throw await explain(around, endpoint, 'code' in caught ? String(caught.code) : '', caught.message, caught);
  }
}

function connected(socket: Socket): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}

async function explain(
  around: DialSurroundings,
  endpoint: EngineEndpoint,
  errno: string,
  raw: string,
  cause?: Error,
): Promise<FaultError> {
  const services = await Promise.all(SERVICES.map(name => askService(around, name)));
  const known = services.filter(service => service !== undefined);
  const fault = unreachableFault({ endpoint, errno, raw, pipes: openPipes(), services: known });
  return new FaultError(fault, { cause });
}

async function askService(
  { run }: DialSurroundings,
  name: string,
): Promise<{ readonly name: string; readonly running: boolean } | undefined> {
  try {
    const { exitCode, stdout } = await run(['sc.exe', 'query', name]);
    return exitCode === 0 ? { name, running: /:\s*4\s+RUNNING\b/.test(stdout) } : undefined;
  } catch {
    // The reason of the dial's failure matters; that the question behind it failed too does not.
    return undefined;
  }
}

/** Names of the open pipes, read as a directory: no pipe is opened by it. */
function openPipes(): readonly string[] {
  try {
    return readdirSync('\\\\.\\pipe\\');
  } catch {
    return [];
  }
}
