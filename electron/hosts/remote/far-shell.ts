import { FaultError } from '../../../shared/contract/fault.ts';
import { converse } from './converse.ts';
import type { SshLink } from './ssh-link.ts';

/** The shell that the far sshd hands every command to (`DefaultShell`, cmd.exe unless set), and its code page. */
export interface FarShell {
  readonly kind: 'cmd' | 'powershell';
  readonly codePage: number;
}

/**
 * Which shell answered `echo %OS% $true`, by what it made of it: cmd expands the one and PowerShell the other. A profile may
 * have had its say before. Undefined for any other shell, which is no Windows of ours. Total.
 */
export function shellThatSaid(said: string): FarShell['kind'] | undefined {
  if (/(?:^|\s)Windows_NT\s+\$true(?:\s|$)/.test(said)) return 'cmd';
  return /(?:^|\s)%OS%\s+True(?:\s|$)/.test(said) ? 'powershell' : undefined;
}

/** The last number that was said: whatever a profile says, comes before. Default: that of the United States. Total. */
export function codePageIn(said: string): number {
  return Number(/(\d{3,5})\D*$/.exec(said)?.[1] ?? 437);
}

const QUESTIONS: Readonly<Record<FarShell['kind'], string>> = {
  cmd: 'chcp',
  powershell: '[Console]::OutputEncoding.CodePage',
};

/** Asks once. Fails with `host-unreachable` where neither answers. */
export async function detectFarShell(link: SshLink, signal: AbortSignal): Promise<FarShell> {
  const said = await say(link, 'echo %OS% $true', signal);
  const kind = shellThatSaid(said);
  if (kind !== undefined) return { kind, codePage: codePageIn(await say(link, QUESTIONS[kind], signal)) };
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
