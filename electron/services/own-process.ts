import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

const MARK = /^process (\d+) on ([0-9a-f]{8})$/;

/** How this process signs what may outlive it: its id, and its machine as a hash, so that no host name is told to others. */
export function ownProcess(): string {
  return `process ${process.pid} on ${machine()}`;
}

/** Whether the process that signed so has ended; undefined: it is of another machine, or no such signature. */
export function hasEnded(mark: string, isAlive: (processId: number) => boolean): boolean | undefined {
  const [, processId, where] = MARK.exec(mark) ?? [];
  return processId === undefined || where !== machine() ? undefined : !isAlive(Number(processId));
}

const machine = (): string => createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
