import type Docker from 'dockerode';
import { z } from 'zod';
import type { ContainerRef } from '../../../shared/domain/namespace.ts';
import type { CallOptions, EngineConnection } from './engine-connection.ts';
import { isNotFound, isNotModified } from './engine-errors.ts';
import { readAnswer } from './read-answer.ts';

const Created = z.object({ Id: z.string(), Warnings: z.array(z.string()).nullish() });

export interface CreateRequest {
  readonly name: string;
  readonly image: string;
  readonly isolation: ContainerRef['isolation'];
  readonly command: readonly string[];
  /** Docker's Windows syntax `C:\source:C:\target[:ro]`. */
  readonly binds: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** It reads from its input once, until whoever gives it hangs up. Default false. */
  readonly takesInput?: boolean;
  /** The engine removes it as soon as it ends, as `docker run --rm` does. Default false. */
  readonly autoRemove?: boolean;
}

/**
 * Creates a container without a terminal: with one, `docker stop` sends no shutdown event and a file system loses its
 * write cache. Ground: moby#40678.
 */
export async function createContainer(
  connection: EngineConnection,
  request: CreateRequest,
  options?: CallOptions,
): Promise<{ readonly id: string; readonly warnings: readonly string[] }> {
  const answer: unknown = await connection.order(
    'create container',
    async (docker, abortSignal) => {
      const container = await docker.createContainer({
        name: request.name,
        Image: request.image,
        Cmd: [...request.command],
        Env: Object.entries(request.environment).map(([name, value]) => `${name}=${value}`),
        Labels: { ...request.labels },
        Tty: false,
        AttachStdout: false,
        AttachStderr: false,
        ...(request.takesInput === true ? { OpenStdin: true, StdinOnce: true, AttachStdin: true } : {}),
        HostConfig: {
          Isolation: request.isolation,
          Binds: [...request.binds],
          ...(request.autoRemove === true ? { AutoRemove: true } : {}),
        },
        abortSignal,
      });
      return { Id: container.id };
    },
    { timeoutMs: 120_000, ...options },
  );
  const created = readAnswer(Created, answer, 'create container');
  return { id: created.Id, warnings: created.Warnings ?? [] };
}

export async function startContainer(connection: EngineConnection, id: string, options?: CallOptions): Promise<void> {
  await connection.order('start container', (docker, abortSignal) => docker.getContainer(id).start({ abortSignal }), {
    timeoutMs: 120_000,
    ...options,
  });
}

/** Gives a container another name, running or not. Rejects with `name-in-use`. */
export async function renameContainer(
  connection: EngineConnection,
  id: string,
  name: string,
  options?: CallOptions,
): Promise<void> {
  await connection.order(
    'rename container',
    (docker, abortSignal) => docker.getContainer(id).rename({ name, abortSignal }),
    options,
  );
}

/** Asks for a shutdown and lets the engine wait `seconds`; the engine kills what is left then. Already stopped is done. */
export async function stopContainer(
  connection: EngineConnection,
  id: string,
  seconds: number,
  options?: CallOptions,
): Promise<void> {
  await orderUnlessDone(
    connection,
    'stop container',
    (docker, abortSignal) => docker.getContainer(id).stop({ t: seconds, abortSignal }),
    { timeoutMs: seconds * 1_000 + 90_000, ...options },
  );
}

export async function killContainer(connection: EngineConnection, id: string, options?: CallOptions): Promise<void> {
  await orderUnlessDone(
    connection,
    'kill container',
    (docker, abortSignal) => docker.getContainer(id).kill({ abortSignal }),
    options,
  );
}

/** Removes a container, running or not. That it is gone already is done, too. */
export async function removeContainer(connection: EngineConnection, id: string, options?: CallOptions): Promise<void> {
  await orderUnlessDone(
    connection,
    'remove container',
    (docker, abortSignal) => docker.getContainer(id).remove({ force: true, v: true, abortSignal }),
    { timeoutMs: 120_000, ...options },
  );
}

async function orderUnlessDone(
  connection: EngineConnection,
  operation: string,
  act: (docker: Docker, signal: AbortSignal) => Promise<unknown>,
  options?: CallOptions,
): Promise<void> {
  try {
    await connection.order(operation, act, options);
  } catch (error) {
    if (isNotFound(error) || isNotModified(error)) return;
    throw error;
  }
}
