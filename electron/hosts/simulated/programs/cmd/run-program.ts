import type { Process } from '../../machine.ts';
import { isSystemCallError } from '../base/nt-status.ts';
import type { Shell, Streams } from './shell.ts';

/** Starts a program; undefined when its file is no program. */
export async function startProgram(
  shell: Shell,
  path: string,
  tail: string,
  streams: Streams,
): Promise<Process | undefined> {
  const { terminal, stdout } = shell.context;
  const first = /[\s&()^]/.test(path) ? `"${path}"` : path;
  try {
    return await shell.context.spawn({
      commandLine: `${first}${tail}`.trimEnd(),
      cwd: shell.cwd,
      environment: shell.environment(),
      stdin: streams.stdin,
      stdout: streams.stdout,
      stderr: streams.stderr,
      ...(terminal !== undefined && streams.stdout === stdout ? { terminal } : {}),
    });
  } catch (caught) {
    if (isSystemCallError(caught)) return undefined;
    throw caught;
  }
}

/** Gives a child the console until it ends. */
export async function waitFor(shell: Shell, process: Process): Promise<number> {
  const before = shell.foreground;
  shell.foreground = process;
  const code = await process.ended;
  shell.foreground = before;
  shell.errorLevel = code;
  return code;
}
