import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** What the tokens of a configuration stand for. */
export interface TokenGround {
  readonly home: string;
  readonly localUser: string;
  readonly localHost: string;
  /** Absent where the system has none. */
  readonly localUserId: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The name as the user gave it, the host's own, and whom and where to ask there. */
  readonly name: string;
  readonly hostName: string;
  readonly user: string;
  readonly port: number;
  readonly knownAs: string | undefined;
}

/**
 * A path of the configuration with `~`, `%` tokens and `${VARIABLES}` put in. Undefined when it holds one that we do not
 * know, or a variable that is not set: ssh refuses those too. Ground: ssh_config(5), TOKENS and ENVIRONMENT VARIABLES.
 */
export function expandPath(text: string, ground: TokenGround): string | undefined {
  const tilde = /^~(?=$|[\\/])/.test(text) ? join(ground.home, text.slice(1)) : text;
  if (tilde.startsWith('~')) return undefined;
  let whole = true;
  const expanded = tilde.replace(
    /%(.?)|\$\{([^}]*)\}/g,
    (_, token: string | undefined, variable: string | undefined) => {
      const value = token === undefined ? ground.env[variable ?? ''] : tokenValue(token, ground);
      whole &&= value !== undefined;
      return value ?? '';
    },
  );
  return whole ? expanded : undefined;
}

function tokenValue(token: string, ground: TokenGround): string | undefined {
  const { home, localUser, localHost, localUserId, name, hostName, user, port, knownAs } = ground;
  switch (token) {
    case '%':
      return '%';
    case 'C':
      return createHash('sha1').update(`${localHost}${hostName}${port}${user}`).digest('hex');
    case 'd':
      return home;
    case 'h':
      return hostName;
    case 'i':
      return localUserId?.toString();
    case 'j':
      return '';
    case 'k':
      return knownAs ?? name;
    case 'L':
      return localHost.split('.')[0];
    case 'l':
      return localHost;
    case 'n':
      return name;
    case 'p':
      return String(port);
    case 'r':
      return user;
    case 'u':
      return localUser;
    default:
      return undefined;
  }
}
