import { isSystemCallError } from '../base/nt-status.ts';
import { win32Message } from '../base/win32-message.ts';
import type { Shell, Streams } from './shell.ts';

/**
 * A command that cmd.exe runs itself. Answers its code: 0 for success. `keepsErrorLevel` commands (echo, rem...) do not
 * touch ERRORLEVEL when they succeed.
 */
export interface Builtin {
  readonly keepsErrorLevel?: boolean;
  run(shell: Shell, tail: string, streams: Streams): Promise<number>;
}

/** Prints the system's sentence for a failed call to standard error. Answers 1. */
export async function fail(streams: Streams, caught: unknown, prefix = ''): Promise<number> {
  if (!isSystemCallError(caught)) throw caught;
  await streams.stderr.write(`${prefix}${win32Message(caught.win32)}\r\n`);
  return 1;
}

export async function complain(streams: Streams, sentence: string, code = 1): Promise<number> {
  await streams.stderr.write(`${sentence}\r\n`);
  return code;
}

export const SYNTAX = 'The syntax of the command is incorrect.';
