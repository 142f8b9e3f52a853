import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Clock } from '../../../shared/base/clock.ts';
import type { HostKey } from '../../hosts/remote/known-hosts.ts';
import { createRemoteHost, type RemoteHost } from '../../hosts/remote/remote-host.ts';

const KEY_FILES = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

/** Where the agent of Windows' own OpenSSH listens, unless SSH_AUTH_SOCK says otherwise. */
const WINDOWS_AGENT = '\\\\.\\pipe\\openssh-ssh-agent';

/** A host by SSH, and what the user said of its key. */
export interface RemoteTarget {
  readonly host: string;
  /** `SHA256:...`: accepted without a question, and nothing else is. */
  readonly acceptHostKey?: string;
}

/**
 * Opens `ssh://user@host[:port]` with what the user's own ssh would use: the agent of SSH_AUTH_SOCK, the key files and
 * known_hosts of `~/.ssh`. A host key that is not known yet is asked about where there is a terminal to ask.
 */
export function openRemote(target: RemoteTarget, clock: Clock, signal: AbortSignal): Promise<RemoteHost> {
  const folder = join(homedir(), '.ssh');
  const agent = process.env['SSH_AUTH_SOCK'] ?? (process.platform === 'win32' ? WINDOWS_AGENT : '');
  return createRemoteHost(
    {
      url: target.host,
      keyFiles: KEY_FILES.map(name => join(folder, name)),
      knownHostsFile: join(folder, 'known_hosts'),
      clock,
      ...(agent === '' ? {} : { agent }),
      ...(target.acceptHostKey === undefined ? {} : { pinned: target.acceptHostKey }),
      ...(process.stdin.isTTY && process.stderr.isTTY ? { askHostKey } : {}),
    },
    signal,
  );
}

async function askHostKey({ host, key }: { readonly host: string; readonly key: HostKey }): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const question = `${host} is not known yet. Its host key is ${key.type} ${key.fingerprint}\nIs that its key? Type yes to keep it: `;
    return (await lines.question(question)).trim().toLowerCase() === 'yes';
  } finally {
    lines.close();
  }
}
