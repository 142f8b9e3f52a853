import type { ClientChannel } from 'ssh2';
import { FaultError } from '../../../shared/contract/fault.ts';
import { abandon } from './ssh-link.ts';

/** A program that prints more is ended: what it says is no answer any more. */
const MOST_OUTPUT = 32 * 1_048_576;

/** What a program said, and how it ended. */
export interface End {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** As SSH carried it; absent when the channel closed without one. */
  readonly code: number | undefined;
}

/** Says the standard input and hears all that comes back. Aborted: the channel is closed. */
export function converse(
  channel: ClientChannel,
  stdin: string | undefined,
  argv: readonly string[],
  signal: AbortSignal,
): Promise<End> {
  return new Promise((resolve, reject) => {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let size = 0;
    let code: number | undefined;
    const leave = (fault: FaultError): void => {
      signal.removeEventListener('abort', onAbort);
      abandon(channel);
      reject(fault);
    };
    const onAbort = (): void => leave(new FaultError({ code: 'cancelled' }, { cause: signal.reason }));
    const keep = (to: Buffer[]) => (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MOST_OUTPUT) to.push(chunk);
      else leave(tooMuch(argv));
    };
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    channel.on('data', keep(stdout));
    channel.stderr.on('data', keep(stderr));
    channel.on('exit', (told: number | null) => {
      code = told ?? 1;
    });
    channel.once('close', () => {
      signal.removeEventListener('abort', onAbort);
      resolve({ stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr), code });
    });
    channel.end(stdin ?? '');
  });
}

function tooMuch(argv: readonly string[]): FaultError {
  const stderr = `ended by Siloscope: it printed more than ${MOST_OUTPUT / 1_048_576} MiB`;
  return new FaultError({ code: 'command-failed', argv: [...argv], exitCode: 1, stdout: '', stderr });
}
