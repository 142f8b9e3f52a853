import { FaultError } from '../../../shared/contract/fault.ts';
import type { SshTarget } from './parse-ssh-url.ts';

/** At which level ssh2 says that it failed. */
export const levelOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, 'level') : undefined;

/** What a failed attempt to connect comes to, in words of its cause. `tried`: the ways in that were offered. */
export function connectFault(target: SshTarget, tried: readonly string[], caught: unknown): FaultError {
  const message = caught instanceof Error ? caught.message : String(caught);
  if (levelOf(caught) === 'client-authentication') {
    const offered = tried.length === 0 ? 'nothing: there is no key file and no agent' : tried.join(', ');
    return new FaultError(
      { code: 'access-denied', what: `${target.id} (tried ${offered})`, raw: message },
      { cause: caught },
    );
  }
  const reason = reasonOf(target, caught, message);
  return new FaultError({ code: 'host-unreachable', host: target.id, reason }, { cause: caught });
}

function reasonOf({ host, port }: SshTarget, caught: unknown, message: string): string {
  const code = caught instanceof Error && 'code' in caught ? String(caught.code) : '';
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `nobody knows an address of ${host} (${code})`;
    case 'ECONNREFUSED':
      return `nothing listens at ${host}, port ${port} (${code}): the OpenSSH server may not run there, or a firewall answers`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return `there is no way to ${host}, port ${port} (${code})`;
    case 'ECONNRESET':
      return `${host}, port ${port} hung up during the handshake (${code})`;
    default:
      return levelOf(caught) === 'client-timeout' ? `${host}, port ${port} does not answer as an SSH server` : message;
  }
}
