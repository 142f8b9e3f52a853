import { decode, decodeExitCode } from '../domain/error-decoder.ts';

/** What is known of how a container ended, out of Docker's words for it (`Exited (3221225781) 3 minutes ago`); else undefined. */
export function wordExited(status: string): string | undefined {
  const [, code] = /^Exited \((-?\d+)\)/.exec(status) ?? [];
  return code === undefined ? undefined : wordExitCode(Number(code));
}

/** What is known of an exit code that is one of Windows'; undefined for a program's own. */
export function wordExitCode(code: number): string | undefined {
  const known = decodeExitCode(code);
  return known === undefined ? undefined : `${known.cause} ${known.fix}`;
}

/** A tool's own sentence with what is known of it: cause and next step, then the sentence itself. */
export function wordRefusalOf(raw: string): string {
  const known = decode(raw);
  return known === undefined ? raw : `${known.cause} ${known.fix} (${raw})`;
}
