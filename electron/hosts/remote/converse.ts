import type { ClientChannel } from 'ssh2';
import { FaultError } from '../../../shared/contract/fault.ts';
import { MOST_OUTPUT, tooMuchOutput } from '../program-faults.ts';
import { abandon, exitOf } from './ssh-link.ts';

/** What a program said, and how it ended. */
export interface End {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** As SSH carried it; absent when the channel closed without one. */
  readonly code: number | undefined;
}

/**
 * Says the standard input and hears all that comes back. A channel that is left before its end, for want of an asker or
 * for too much output, is handed to `leave`; default: it is closed.
 */
export function converse(
  channel: ClientChannel,
  stdin: string | undefined,
  argv: readonly string[],
  signal: AbortSignal,
  leave: (channel: ClientChannel) => void = abandon,
): Promise<End> {
  return new Promise((resolve, reject) => {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let size = 0;
    const giveUp = (fault: FaultError): void => {
      signal.removeEventListener('abort', onAbort);
      leave(channel);
      reject(fault);
    };
    const onAbort = (): void => giveUp(new FaultError({ code: 'cancelled' }, { cause: signal.reason }));
    const keep = (to: Buffer[]) => (chunk: Buffer) => {
      const before = size;
      size += chunk.length;
      if (size <= MOST_OUTPUT) to.push(chunk);
      else if (before <= MOST_OUTPUT) giveUp(tooMuchOutput(argv));
    };
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    channel.on('data', keep(stdout));
    channel.stderr.on('data', keep(stderr));
    channel.once('close', () => {
      signal.removeEventListener('abort', onAbort);
      resolve({ stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr), code: exitOf(channel) });
    });
    channel.end(stdin ?? '');
  });
}
