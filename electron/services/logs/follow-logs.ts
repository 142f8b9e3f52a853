import type { Contract } from '../../../shared/contract/contract.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { ParsedInputOf } from '../../../shared/contract/operation.ts';
import type { LogPiece } from '../../../shared/domain/log-piece.ts';
import { inspectContainer, inspectIfThere } from '../engine/containers.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { engineFault } from '../engine/engine-errors.ts';
import type { KnownValues } from '../secrets/known-values.ts';
import { LogReader } from './log-reader.ts';
import { PieceMask } from './mask-pieces.ts';

/**
 * Tells a container's log, piece by piece. `follow`: until the container ends, or for good when aborted (`cancelled`).
 * Values of secrets that are `known` are masked. Answers whether the container has ended, so that nothing more will come.
 */
export async function followLogs(
  connection: EngineConnection,
  { name, follow, tail, since }: ParsedInputOf<Contract, 'filesystem.logs'>,
  known: KnownValues,
  tell: (piece: LogPiece) => void,
  signal?: AbortSignal,
): Promise<{ readonly ended: boolean }> {
  await known.ready();
  const mask = new PieceMask(known);
  const masked = (pieces: readonly LogPiece[]): void => pieces.flatMap(piece => mask.push(piece)).forEach(tell);
  const { ref, tty } = await inspectContainer(connection, name, { signal });
  const reader = new LogReader(tty);
  const common = {
    stdout: true,
    stderr: true,
    timestamps: true,
    tail,
    ...(since === undefined ? {} : { since: engineTime(since) }),
  };
  if (follow) {
    const stream = await openStream(connection, ref.id, common, signal);
    await read(stream, chunk => masked(reader.push(chunk)), signal);
  } else {
    const answer: unknown = await connection.ask(
      'read logs',
      (docker, abortSignal) => docker.getContainer(ref.id).logs({ ...common, follow: false, abortSignal }),
      { signal },
    );
    if (Buffer.isBuffer(answer)) masked(reader.push(answer));
  }
  masked(reader.end());
  mask.end().forEach(tell);
  return { ended: (await inspectIfThere(connection, ref.id, { signal }))?.running !== true };
}

/** Seconds since the epoch with nine decimals, as the engine reads them. */
function engineTime(since: string): string {
  return (Date.parse(since) / 1_000).toFixed(9);
}

interface Query {
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly timestamps: boolean;
  readonly tail: number;
  readonly since?: string;
}

async function openStream(
  connection: EngineConnection,
  id: string,
  query: Query,
  signal: AbortSignal | undefined,
): Promise<NodeJS.ReadableStream & { destroy(): void }> {
  const stream = await connection.order(
    'follow logs',
    (docker, abortSignal) => docker.getContainer(id).logs({ ...query, follow: true, abortSignal }),
    { timeoutMs: 10_000, signal },
  );
  return stream as typeof stream & { destroy(): void };
}

async function read(
  stream: NodeJS.ReadableStream & { destroy(): void },
  push: (chunk: Buffer) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const stop = (): void => stream.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    if (signal?.aborted) throw new FaultError({ code: 'cancelled' });
    for await (const chunk of stream) push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  } catch (error) {
    if (signal?.aborted !== true) throw engineFault(error, 'follow logs', 'the engine');
  } finally {
    signal?.removeEventListener('abort', stop);
    stream.destroy();
  }
  if (signal?.aborted) throw new FaultError({ code: 'cancelled' });
}
