import type { Clock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { execInContainer } from '../engine/exec.ts';

const POWERSHELL = '%SystemRoot%\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
const CMD = ['cmd.exe'] as const;

/**
 * The shell to open in a container: Windows PowerShell where the image has it, else cmd.exe, which every Windows image
 * has. A container that does not say in time gets cmd.exe, too.
 */
export async function chooseShell(
  around: { readonly connection: EngineConnection; readonly clock: Clock },
  container: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  try {
    const { exitCode, stdout } = await execInContainer(around.connection, around.clock, {
      container,
      argv: ['cmd.exe', '/d', '/c', 'if', 'exist', POWERSHELL, 'echo', 'here'],
      timeoutMs: 5_000,
      signal,
    });
    return exitCode === 0 && stdout.trim() === 'here' ? ['powershell.exe', '-NoLogo'] : CMD;
  } catch (error) {
    const isSilent = error instanceof FaultError && error.fault.code === 'timed-out';
    if (isSilent) return CMD;
    throw error;
  }
}
