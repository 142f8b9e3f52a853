import { join } from 'node:path';
import type { SshConfigLine, SshConnection } from '../../../../shared/domain/ssh-connection.ts';
import { parseSshUrl, type SshUrl } from '../parse-ssh-url.ts';
import type { Hop } from '../shake-hands.ts';
import type { SshAccess } from '../ssh-access.ts';
import type { ConfigLine } from './config-line.ts';
import { expandPath, type TokenGround } from './expand-tokens.ts';
import type { FollowedKeyword } from './followed-keywords.ts';
import type { ReadLine } from './read-ssh-config.ts';
import { type Refusal, type ResolvedHost, resolveHost } from './resolve-host.ts';

/** What of the user and this machine has a say in a connection. */
export interface OwnGround extends Pick<TokenGround, 'home' | 'localUser' | 'localHost' | 'localUserId' | 'env'> {
  readonly platform: string;
  /** The agent without a word of the configuration. */
  readonly agent: string | undefined;
}

/** How a host is reached, and what is told of it. */
export interface ConnectionPlan extends Hop {
  /** Hosts on the way there, the nearest first. */
  readonly jumps: readonly Hop[];
  readonly connection: SshConnection;
}

const KEY_NAMES = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

/** So many hosts may send one on to the next. */
const FARTHEST = 8;

/** Plans a connection as the user's own ssh would make it, or says which line keeps us from doing the same. Total. */
export function planConnection(
  url: SshUrl,
  config: readonly (readonly ReadLine[])[],
  own: OwnGround,
): ConnectionPlan | Refusal {
  return planOver(url, config, own, FARTHEST);
}

/** `most`: so many hosts may be on the way, and one more is an error; 0 where the way is settled otherwise. */
function planOver(
  url: SshUrl,
  config: readonly (readonly ReadLine[])[],
  own: OwnGround,
  most: number,
): ConnectionPlan | Refusal {
  const resolved = resolveHost(config, { name: url.name, user: url.user, localUser: own.localUser });
  if ('because' in resolved) return resolved;
  const plan = new Plan(url, resolved, own);
  const made = plan.make();
  if (plan.broken !== undefined) return { ...plan.broken, because: 'malformed' };
  const line = resolved.get('proxyjump')?.[0];
  if (line === undefined || line.words[0].toLowerCase() === 'none' || most === 0) return made;
  const { file, line: number, text } = line;
  const way =
    most === 1 ? undefined : planWay(line, (hop, further) => planOver(hop, config, own, further ? most - 1 : 0));
  if (way === undefined) return { file, line: number, text, because: 'malformed' };
  if ('because' in way) return way;
  const { connection } = made;
  const through = way.map(({ target: { user, host, port } }) => ({ user, hostName: host, port }));
  const followed = inOrder([...connection.followed, { file, line: number, text }]);
  return { ...made, jumps: way, connection: { ...connection, through, followed } };
}

/**
 * The hosts of a ProxyJump. What leads to the first of them goes before; what the configuration says of the way to the
 * others does not count, as ssh has it. Undefined when one of them is no host.
 */
function planWay(
  line: ConfigLine,
  plan: (hop: SshUrl, further: boolean) => ConnectionPlan | Refusal,
): readonly Hop[] | Refusal | undefined {
  const way: Hop[] = [];
  for (const name of line.words[0].split(',')) {
    const hop = jumpUrl(name.trim());
    const planned = hop === undefined ? undefined : plan(hop, way.length === 0);
    if (planned === undefined || 'because' in planned) return planned;
    const { target, access, jumps } = planned;
    way.push(...jumps, { target, access });
  }
  return way;
}

function jumpUrl(name: string): SshUrl | undefined {
  try {
    return parseSshUrl(name.startsWith('ssh://') ? name : `ssh://${name}`);
  } catch {
    return undefined;
  }
}

class Plan {
  broken: SshConfigLine | undefined;
  readonly #url: SshUrl;
  readonly #resolved: ResolvedHost;
  readonly #own: OwnGround;
  readonly #followed: SshConfigLine[] = [];

  constructor(url: SshUrl, resolved: ResolvedHost, own: OwnGround) {
    this.#url = url;
    this.#resolved = resolved;
    this.#own = own;
  }

  make(): ConnectionPlan {
    const { name, id } = this.#url;
    const host = this.#hostName().toLowerCase();
    const user = this.#url.user ?? this.#first('user')?.words[0] ?? this.#own.localUser;
    const port = this.#url.port ?? this.#port();
    const knownAs = this.#first('hostkeyalias')?.words[0];
    const ground: TokenGround = { ...this.#own, name, hostName: host, user, port, knownAs };
    const keyFiles = this.#keyFiles(ground);
    const agent = this.#agent(ground);
    const ownKnown = this.#knownHosts('userknownhostsfile', ground, [join(this.#own.home, '.ssh', 'known_hosts')]);
    const [knownHostsFile, ...more] = ownKnown;
    const moreKnownHosts = [...more, ...this.#knownHosts('globalknownhostsfile', ground, systemKnownHosts(this.#own))];
    const strict = this.#strict();
    const access: SshAccess = {
      keyFiles,
      ...(knownHostsFile === undefined ? {} : { knownHostsFile }),
      moreKnownHosts,
      ...(agent === undefined ? {} : { agent }),
      identitiesOnly: this.#isYes('identitiesonly'),
      hashNames: this.#isYes('hashknownhosts'),
      ...(knownAs === undefined ? {} : { knownAs }),
      ...(strict === undefined ? {} : { strict }),
    };
    const target = { user, host, port, id };
    const knownHostsFiles = [...ownKnown, ...moreKnownHosts];
    const shown = {
      user,
      hostName: host,
      port,
      through: [],
      keyFiles,
      knownHostsFiles,
      followed: inOrder(this.#followed),
    };
    return { target, access, jumps: [], connection: agent === undefined ? shown : { ...shown, agent } };
  }

  /** The first line that says it, noted as followed. */
  #first(keyword: FollowedKeyword): ConfigLine | undefined {
    const line = this.#resolved.get(keyword)?.[0];
    return line === undefined ? undefined : this.#note(line);
  }

  #note(line: ConfigLine): ConfigLine {
    this.#followed.push({ file: line.file, line: line.line, text: line.text });
    return line;
  }

  #break({ file, line, text }: SshConfigLine): void {
    this.broken ??= { file, line, text };
  }

  #hostName(): string {
    const { name } = this.#url;
    const line = this.#first('hostname');
    if (line === undefined) return name;
    const [word] = line.words;
    const host = word.replaceAll(/%(.?)/g, (whole, token: string) => ({ '%': '%', h: name })[token] ?? whole);
    if (!/^[\w.:%-]+$/.test(host) || /^-|%[^\w]|%$/.test(host)) this.#break(line);
    return host;
  }

  #port(): number {
    const line = this.#first('port');
    const port = line === undefined ? 22 : Number(line.words[0]);
    if (line !== undefined && (!Number.isInteger(port) || port < 1 || port > 65_535)) this.#break(line);
    return port;
  }

  #isYes(keyword: 'identitiesonly' | 'hashknownhosts'): boolean {
    const line = this.#first(keyword);
    if (line === undefined) return false;
    const said = line.words[0].toLowerCase();
    if (!['yes', 'no', 'true', 'false'].includes(said)) this.#break(line);
    return said === 'yes' || said === 'true';
  }

  #path(line: ConfigLine, word: string, ground: TokenGround): string {
    const path = expandPath(word, ground);
    if (path === undefined) this.#break(line);
    return path ?? word;
  }

  #keyFiles(ground: TokenGround): string[] {
    const lines = this.#resolved.get('identityfile') ?? [];
    if (lines.length === 0) return KEY_NAMES.map(file => join(this.#own.home, '.ssh', file));
    const files = lines.map(line => {
      const [word] = this.#note(line).words;
      return word.toLowerCase() === 'none' ? [] : [this.#path(line, word, ground)];
    });
    return [...new Set(files.flat())];
  }

  #agent(ground: TokenGround): string | undefined {
    const line = this.#first('identityagent');
    if (line === undefined) return this.#own.agent;
    const [word] = line.words;
    if (word.toLowerCase() === 'none') return undefined;
    if (word === 'SSH_AUTH_SOCK') return this.#own.agent;
    const variable = /^\$(\w+)$/.exec(word)?.[1];
    if (variable !== undefined) return this.#own.env[variable];
    return this.#path(line, word, ground);
  }

  #knownHosts(
    keyword: 'userknownhostsfile' | 'globalknownhostsfile',
    ground: TokenGround,
    otherwise: readonly string[],
  ): readonly string[] {
    const line = this.#first(keyword);
    if (line === undefined) return otherwise;
    const words = line.words.filter(word => word.toLowerCase() !== 'none' && word !== '/dev/null');
    return words.map(word => this.#path(line, word, ground));
  }

  /** Whatever else it says, nobody's key is accepted here without a word of the user's. */
  #strict(): SshConfigLine | undefined {
    const line = this.#resolved.get('stricthostkeychecking')?.[0];
    if (line === undefined || !['yes', 'true'].includes(line.words[0].toLowerCase())) return undefined;
    const { file, line: number, text } = this.#note(line);
    return { file, line: number, text };
  }
}

/** File by file, as they were first met, and in each from above. */
function inOrder(lines: readonly SshConfigLine[]): SshConfigLine[] {
  const files = lines.map(({ file }) => file);
  return lines.toSorted((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line);
}

function systemKnownHosts({ platform, env }: OwnGround): readonly string[] {
  if (platform === 'win32') return [join(env['ProgramData'] ?? 'C:\\ProgramData', 'ssh', 'ssh_known_hosts')];
  return ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'];
}
