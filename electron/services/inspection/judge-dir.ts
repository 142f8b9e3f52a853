import type { ExecAnswer } from '../engine/exec.ts';

/** What `cmd /c dir` of a volume's root, or `type` of a file in it, came to. */
export type DirOutcome = 'answered' | 'not-found' | 'denied' | 'failed';

const NOT_FOUND =
  /cannot find the (path|file|drive) specified|network (path|name) (was not|cannot be) found|File Not Found/i;
const DENIED = /access is denied|permission/i;

/**
 * Judges a listing of a root. An empty volume makes `dir` end with 1 and "File Not Found", but only after the header
 * that names the volume: text on stdout means that somebody answered. English texts are known; in other languages a
 * refusal is `failed`, and so is a complaint about the name itself, which says nothing of the volume. Total.
 */
export function judgeDir(answer: ExecAnswer): DirOutcome {
  if (answer.exitCode === 0 || answer.stdout.trim() !== '') return 'answered';
  if (DENIED.test(answer.stderr)) return 'denied';
  return NOT_FOUND.test(answer.stderr) ? 'not-found' : 'failed';
}

/** Judges `type` of a file: its content, or why there is none. */
export function judgeType(answer: ExecAnswer): DirOutcome {
  if (answer.exitCode === 0) return 'answered';
  const said = `${answer.stderr}${answer.stdout}`;
  if (DENIED.test(said)) return 'denied';
  return NOT_FOUND.test(said) ? 'not-found' : 'failed';
}
