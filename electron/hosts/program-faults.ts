import { FaultError } from '../../shared/contract/fault.ts';

/** What a program may print, both streams together, in bytes: one that prints more is ended, and has given no answer. */
export const MOST_OUTPUT = 32 * 1_048_576;

/** The fault of a program that was ended because it printed more than `MOST_OUTPUT`. */
export function tooMuchOutput(argv: readonly string[]): FaultError {
  const stderr = `ended by Siloscope: it printed more than ${MOST_OUTPUT / 1_048_576} MiB`;
  return new FaultError({ code: 'command-failed', argv: [...argv], exitCode: 1, stdout: '', stderr });
}

/**
 * The fault of a program that CreateProcess would not start, by the Win32 error: 2 and 3 not found, 5 refused, anything
 * else (193 and its kin) an end before the start. `raw` is what the system said of it.
 */
export function startFault(argv: readonly string[], win32: number, raw: string, cause?: unknown): FaultError {
  const program = argv[0] ?? '';
  if (win32 === 2 || win32 === 3)
    return new FaultError({ code: 'not-found', what: 'program', name: program }, { cause });
  if (win32 === 5) return new FaultError({ code: 'access-denied', what: program, raw }, { cause });
  return new FaultError(
    { code: 'command-failed', argv: [...argv], exitCode: win32, stdout: '', stderr: raw },
    { cause },
  );
}
