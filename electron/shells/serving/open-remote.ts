import { existsSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import type { Clock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { parseSshUrl } from '../../hosts/remote/parse-ssh-url.ts';
import { createRemoteHost, type RemoteHost } from '../../hosts/remote/remote-host.ts';
import { type ConnectionPlan, type OwnGround, planConnection } from '../../hosts/remote/ssh-config/plan-connection.ts';
import { readSshConfig, sshConfigFiles } from '../../hosts/remote/ssh-config/read-ssh-config.ts';
import type { Refusal } from '../../hosts/remote/ssh-config/resolve-host.ts';

/** Where the agent of Windows' own OpenSSH listens, unless SSH_AUTH_SOCK says otherwise. */
const WINDOWS_AGENT = '\\\\.\\pipe\\openssh-ssh-agent';

/** A host by SSH, and what the user said of its key. */
export interface RemoteTarget {
  readonly host: string;
  /** `SHA256:...`: this key is accepted, and nothing else is. */
  readonly hostKey?: string;
}

/**
 * Opens `ssh://[user@]host[:port]` as the user's own ssh would: by its configuration, with its agent, keys and
 * known_hosts. Nobody is asked for anything: a key that is not known is a `host-key-unknown`, to be answered by another
 * attempt. Fails with `ssh-config-refused` where ssh would go another way than we can.
 */
export async function openRemote(target: RemoteTarget, clock: Clock, signal: AbortSignal): Promise<RemoteHost> {
  const plan = await planRemote(target.host);
  if ('because' in plan) {
    const { file, line, text, because } = plan;
    throw new FaultError({ code: 'ssh-config-refused', host: target.host, file, line, text, because });
  }
  const { access, jumps, connection } = plan;
  const pinned = target.hostKey === undefined ? {} : { pinned: target.hostKey };
  return createRemoteHost({ target: plan.target, jumps, ...access, ...pinned, connection, clock }, signal);
}

/** What opening would do, or the line of the configuration that keeps us from it. */
export async function planRemote(url: string): Promise<ConnectionPlan | Refusal> {
  const asked = parseSshUrl(url);
  const plan = planConnection(asked, await readSshConfig(sshConfigFiles()), ownGround());
  if ('because' in plan) return plan;
  const { connection } = plan;
  const keyFiles = connection.keyFiles.filter(file => existsSync(file) || existsSync(`${file}.pub`));
  const knownHostsFiles = connection.knownHostsFiles.filter(existsSync);
  return { ...plan, connection: { ...connection, keyFiles, knownHostsFiles } };
}

/** A user whom the system does not know has no name there. */
function userName(env: OwnGround['env']): string {
  try {
    return userInfo().username;
  } catch {
    return env['USER'] ?? env['USERNAME'] ?? '';
  }
}

function ownGround(): OwnGround {
  const { env, platform } = process;
  const agent = env['SSH_AUTH_SOCK'] ?? (platform === 'win32' ? WINDOWS_AGENT : '');
  return {
    home: homedir(),
    localUser: userName(env),
    localUserId: process.getuid?.(),
    localHost: hostname(),
    env,
    platform,
    agent: agent === '' ? undefined : agent,
  };
}
