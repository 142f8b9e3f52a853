import { randomBytes } from 'node:crypto';

/** A word that no program prints by chance: what it prints begins behind it, and an exit code at the end of standard error. */
export function newExitMark(): string {
  return `siloscope-exit-${randomBytes(8).toString('hex')}=`;
}

/** Standard error without the mark's line, and the exit code it named, unsigned. Total. */
export function takeExitCode(stderr: string, mark: string): { readonly stderr: string; readonly exitCode?: number } {
  const at = stderr.lastIndexOf(mark);
  if (at < 0) return { stderr };
  const digits = /^-?\d{1,10}/.exec(stderr.slice(at + mark.length))?.[0];
  return { stderr: stderr.slice(0, at), ...(digits === undefined ? {} : { exitCode: Number(digits) >>> 0 }) };
}

/** Standard output behind the mark with which a program's own begins; all of it where there is none. Total. */
export function behindMark(stdout: Buffer, mark: string): Buffer {
  const at = stdout.indexOf(mark, 0, 'latin1');
  return at < 0 ? stdout : stdout.subarray(at + mark.length);
}
