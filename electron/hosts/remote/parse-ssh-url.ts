import { FaultError } from '../../../shared/contract/fault.ts';

/** Whom to reach over SSH. */
export interface SshTarget {
  readonly user: string;
  readonly host: string;
  readonly port: number;
  /** The URL in its shortest form: what the host is called. */
  readonly id: string;
}

/**
 * Reads `ssh://user@host[:port]`; IPv6 addresses stand in brackets, a domain account as `DOMAIN%5Cuser`. A password has
 * no place in it. Throws `invalid-input`.
 */
export function parseSshUrl(text: string): SshTarget {
  const refuse = (message: string): never => {
    throw new FaultError({ code: 'invalid-input', issues: [{ path: '--host', message }] });
  };
  const match = /^ssh:\/\/([^@/\s]+)@(\[[0-9a-fA-F:.]+\]|[^@:/\s[\]]+)(?::(\d{1,5}))?\/?$/.exec(text);
  if (match === null) return refuse(`expected ssh://user@host[:port], found "${text}"`);
  const [, account = '', place = '', digits] = match;
  if (account.includes(':')) return refuse('a password has no place in a URL: use an agent or a key file');
  const port = digits === undefined ? 22 : Number(digits);
  if (port < 1 || port > 65_535) return refuse(`${port} is no port`);
  const host = place.replace(/^\[|\]$/g, '').toLowerCase();
  const shown = host.includes(':') ? `[${host}]` : host;
  return { user: decoded(account), host, port, id: `ssh://${account}@${shown}${port === 22 ? '' : `:${port}`}` };
}

function decoded(account: string): string {
  try {
    return decodeURIComponent(account);
  } catch {
    return account;
  }
}
