import { existsSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { parseSshUrl } from '../../hosts/remote/parse-ssh-url.ts';
import { type ConnectionPlan, type OwnGround, planConnection } from '../../hosts/remote/ssh-config/plan-connection.ts';
import { readSshConfig, sshConfigFiles } from '../../hosts/remote/ssh-config/read-ssh-config.ts';
import type { Refusal } from '../../hosts/remote/ssh-config/resolve-host.ts';

/** Where the agent of Windows' own OpenSSH listens, unless SSH_AUTH_SOCK says otherwise. */
const WINDOWS_AGENT = '\\\\.\\pipe\\openssh-ssh-agent';

/** What opening a host by SSH would do, or the line of the configuration that keeps us from it. */
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
