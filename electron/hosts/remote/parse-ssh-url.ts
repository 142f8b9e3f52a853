import { FaultError } from '../../../shared/contract/fault.ts';

/** What a URL says of a host over SSH. What it leaves out, the user's ssh configuration may know. */
export interface SshUrl {
  readonly user?: string;
  /** As it was given: ssh compares names of its configuration letter by letter. */
  readonly name: string;
  readonly port?: number;
  /** The URL in its shortest form: what the host is called. */
  readonly id: string;
}

/** Whom to reach over SSH. */
export interface SshTarget {
  readonly user: string;
  readonly host: string;
  readonly port: number;
  /** What the host is called. */
  readonly id: string;
}

/**
 * Reads `ssh://[user@]host[:port]`; IPv6 addresses stand in brackets, a domain account as `DOMAIN%5Cuser`. A password
 * has no place in it. Throws `invalid-input`.
 */
export function parseSshUrl(text: string): SshUrl {
  const refuse = (message: string): never => {
    throw new FaultError({ code: 'invalid-input', issues: [{ path: '--host', message }] });
  };
  const match = /^ssh:\/\/(?:([^@/\s]+)@)?(\[[0-9a-fA-F:.]+\]|[^@:/\s[\]]+)(?::(\d{1,5}))?\/?$/.exec(text);
  if (match === null) return refuse(`expected ssh://user@host[:port], found "${text}"`);
  const [, account, place = '', digits] = match;
  if (account?.includes(':') === true) return refuse('a password has no place in a URL: use an agent or a key file');
  const port = digits === undefined ? undefined : Number(digits);
  if (port !== undefined && (port < 1 || port > 65_535)) return refuse(`${port} is no port`);
  const name = place.replace(/^\[|\]$/g, '');
  if (name.startsWith('-')) return refuse(`"${name}" is no name of a host`);
  const shown = name.includes(':') ? `[${name.toLowerCase()}]` : name.toLowerCase();
  const before = account === undefined ? '' : `${account}@`;
  const after = port === undefined || port === 22 ? '' : `:${port}`;
  return {
    ...(account === undefined ? {} : { user: decoded(account) }),
    name,
    ...(port === undefined ? {} : { port }),
    id: `ssh://${before}${shown}${after}`,
  };
}

function decoded(account: string): string {
  try {
    return decodeURIComponent(account);
  } catch {
    return account;
  }
}
