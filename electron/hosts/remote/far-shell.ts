import { FaultError } from '../../../shared/contract/fault.ts';
import { converse } from './converse.ts';
import type { SshLink } from './ssh-link.ts';

/** The shell that the far sshd hands every command to (`DefaultShell`, cmd.exe unless set), and its code page. */
export interface FarShell {
  readonly kind: 'cmd' | 'powershell';
  readonly codePage: number;
}

/**
 * Asks once. cmd expands `%OS%` and leaves `$true`, PowerShell does it the other way round; any other shell is no
 * Windows of ours. Fails with `host-unreachable`.
 */
export async function detectFarShell(link: SshLink, signal: AbortSignal): Promise<FarShell> {
  const said = await say(link, 'echo %OS% $true', signal);
  const words = said.split(/\s+/).filter(word => word !== '');
  if (words[0] === 'Windows_NT') {
    const digits = /(\d{3,5})\D*$/.exec(await say(link, 'chcp', signal))?.[1];
    return { kind: 'cmd', codePage: Number(digits ?? 437) };
  }
  if (words[0] === '%OS%' && words[1] === 'True') {
    const digits = /^\s*(\d{3,5})\s*$/.exec(await say(link, '[Console]::OutputEncoding.CodePage', signal))?.[1];
    return { kind: 'powershell', codePage: Number(digits ?? 437) };
  }
  throw new FaultError({
    code: 'host-unreachable',
    host: link.id,
    reason: `it does not seem to run Windows: its shell answered "${said.trim().slice(0, 80)}" where cmd or PowerShell was expected`,
  });
}

async function say(link: SshLink, line: string, signal: AbortSignal): Promise<string> {
  const { stdout } = await converse(await link.exec(line, signal), undefined, [line], signal);
  return stdout.toString('latin1');
}
