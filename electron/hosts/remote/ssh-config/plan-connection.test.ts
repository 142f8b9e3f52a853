import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSshUrl } from '../parse-ssh-url.ts';
import { parseConfigLines } from './config-line.ts';
import { type ConnectionPlan, type OwnGround, planConnection } from './plan-connection.ts';
import { readSshConfig, sshConfigFiles } from './read-ssh-config.ts';
import type { Refusal } from './resolve-host.ts';
import { CONFIG_CASES } from './testing/config-cases.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'siloscope-ssh-config-'));
  await mkdir(join(home, '.ssh'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const put = async (name: string, lines: readonly string[] | string): Promise<void> => {
  const file = join(home, '.ssh', name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof lines === 'string' ? lines : lines.join('\n'));
};
const plan = async (url: string, own: Partial<OwnGround> = {}): Promise<ConnectionPlan | Refusal> => {
  const files = [{ file: join(home, '.ssh', 'config'), own: true }];
  const ground = {
    home,
    localUser: 'me',
    localHost: 'desk.example.com',
    localUserId: 1000,
    env: {},
    platform: 'linux',
  };
  return planConnection(parseSshUrl(url), await readSshConfig(files, home), { ...ground, agent: undefined, ...own });
};
const made = async (url: string, own: Partial<OwnGround> = {}): Promise<ConnectionPlan> => {
  const planned = await plan(url, own);
  if ('because' in planned) throw new Error(`refused: ${planned.because}, line ${planned.line}: ${planned.text}`);
  return planned;
};

describe("a host is reached as the user's own ssh would, by", () => {
  it.each(CONFIG_CASES.map(one => [one.what, one] as const))('%s', async (_, one) => {
    await put('config', one.config);
    for (const [name, lines] of Object.entries(one.files ?? {})) await put(name, lines);
    const { name = 'box', user, expected } = one;
    const { target, access, connection } = await made(`ssh://${user === undefined ? '' : `${user}@`}${name}`);
    const usual = ['id_ed25519', 'id_ecdsa', 'id_rsa'].map(key => `~/.ssh/${key}`);
    const keyFiles = (expected.keyFiles ?? usual).map(file => file.replace('~', home));
    expect(target).toMatchObject({ host: 'box', user: 'me', port: 22, ...hostOf(expected) });
    expect(access.keyFiles).toEqual(keyFiles);
    const own = connection.followed.filter(({ file }) => file.endsWith('/config'));
    expect(own.map(({ line }) => line)).toEqual(one.lines);
    for (const { line, text } of own) expect(one.config[line - 1]?.replace('\uFEFF', '').trim()).toBe(text);
  });
});

const hostOf = ({ hostName, user, port }: (typeof CONFIG_CASES)[number]['expected']): object => ({
  ...(hostName === undefined ? {} : { host: hostName }),
  ...(user === undefined ? {} : { user }),
  ...(port === undefined ? {} : { port }),
});

describe('a host is refused, with the line, where ssh would', () => {
  it.each([
    ['go by a program', ['Host box', 'ProxyCommand nc', 'ProxyJump bastion'], 'not-supported', 2],
    ['go over what is no host', ['ProxyJump a,:22'], 'malformed', 1],
    ['go over itself', ['ProxyJump bastion'], 'malformed', 1],
    ['go by a program', ['ProxyCommand ssh -W %h:%p "a b"'], 'not-supported', 1],
    ['go by a program', ["ProxyCommand sh -c 'nc %h %p' # so"], 'not-supported', 1],
    ['look for the name elsewhere', ['CanonicalizeHostname yes', 'CanonicalDomains x'], 'not-supported', 1],
    ['ask a program for keys', ['KnownHostsCommand /bin/keys'], 'not-supported', 1],
    ['heed revoked keys', ['RevokedHostKeys /etc/revoked'], 'not-supported', 1],
    ['run a condition', ['Match exec "test -f /x"', 'Port 1'], 'not-evaluated', 1],
    ['run a condition', ['Match host b* exec "true"', 'SendEnv X', 'ProxyJump bastion'], 'not-evaluated', 1],
    ['look at the network', ['Match localnetwork 10.0.0.0/8', 'HostName 10.0.0.1'], 'not-evaluated', 1],
    ['stop at a line without a value', ['Host box', 'Port'], 'malformed', 2],
    ['stop at a quote without its end', ['Host box', 'HostName "x'], 'malformed', 2],
    ['stop at a second word', ['IdentityFile ~/a b'], 'malformed', 1],
    ['stop at a section without a name', ['Host', 'Port 1'], 'malformed', 1],
    ['stop at a port that is none', ['Port 70000'], 'malformed', 1],
    ['stop at a port that is none', ['Port ssh'], 'malformed', 1],
    ['stop at a token that there is not', ['IdentityFile %q'], 'malformed', 1],
    ['stop at a variable that is not set', [`IdentityFile \${NOT_SET}/x`], 'malformed', 1],
    ['read a sign as part of the name', ['HostName a#b'], 'malformed', 1],
    ['read another quote', ["HostName 'x'"], 'malformed', 1],
    ['take an option for a name', ['HostName -oProxyCommand=x'], 'malformed', 1],
    ['wait for a yes or no', ['IdentitiesOnly maybe'], 'malformed', 1],
  ])('%s: %j', async (_, config, because, line) => {
    await put('config', config);
    expect(await plan('ssh://box')).toEqual({
      because,
      file: join(home, '.ssh', 'config'),
      line,
      text: config[line - 1],
    });
  });

  it('find that others can write its configuration, or what that includes', async () => {
    await put('config', ['Include more']);
    await put('more', ['Port 1']);
    await chmod(join(home, '.ssh', 'more'), 0o666);
    expect(await plan('ssh://box')).toMatchObject({ because: 'others-can-write', file: join(home, '.ssh', 'more') });
    await chmod(join(home, '.ssh', 'more'), 0o644);
    expect(await plan('ssh://box')).toMatchObject({ target: { port: 1 } });
  });

  it('not come to an end, for files that include one another', async () => {
    await put('config', ['Include config']);
    expect(await plan('ssh://box')).toMatchObject({ because: 'malformed', text: 'Include config' });
  });

  it('not be able to read it', async () => {
    await symlink(join(home, '.ssh'), join(home, '.ssh', 'config'));
    expect(await plan('ssh://box')).toMatchObject({ because: 'malformed', text: 'it cannot be read: EISDIR' });
  });
});

describe('the way there', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['is direct', [], []],
    ['is direct where that is said first', ['Host box', 'ProxyJump none', 'Host *', 'ProxyJump a'], []],
    ['goes over one host', ['Host box', 'ProxyJump up@A:2200'], ['up@a:2200']],
    [
      'goes over what each name stands for',
      ['Host box', 'ProxyJump a,[fe80::1]', 'Host a', 'HostName 10.0.0.1', 'User up', 'Port 2200'],
      ['up@10.0.0.1:2200', 'me@fe80::1:22'],
    ],
    ['goes over what leads to the first', ['Host box', 'ProxyJump a', 'Host a', 'ProxyJump b'], ['me@b:22', 'me@a:22']],
    [
      'goes over nothing that would lead to the others',
      ['Host box', 'ProxyJump a,b', 'Host b', 'ProxyJump c'],
      ['me@a:22', 'me@b:22'],
    ],
  ])('%s: %j', async (_, config, expected) => {
    await put('config', config);
    const { jumps, connection } = await made('ssh://box');
    expect(jumps.map(({ target: { user, host, port } }) => `${user}@${host}:${port}`)).toEqual(expected);
    expect(connection.through.map(({ user, hostName, port }) => `${user}@${hostName}:${port}`)).toEqual(expected);
  });
});

describe('what is trusted', () => {
  const SYSTEM = ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'];
  it.each<[string, readonly string[], object]>([
    ['is what the user and the system know', [], { knownHostsFile: '~/.ssh/known_hosts', moreKnownHosts: SYSTEM }],
    [
      'stands in the files that are named; a new key goes into the first',
      ['UserKnownHostsFile ~/a "~/b c"', 'GlobalKnownHostsFile none'],
      { knownHostsFile: '~/a', moreKnownHosts: ['~/b c'] },
    ],
    [
      'is not remembered where there is no file to do it, least of all in that of the system',
      ['UserKnownHostsFile /dev/null'],
      { knownHostsFile: undefined, moreKnownHosts: SYSTEM },
    ],
    ['is known by another name', ['HostKeyAlias farm'], { knownAs: 'farm' }],
    ['is written in hashes', ['HashKnownHosts yes'], { hashNames: true }],
    [
      'is never added where the configuration is strict',
      ['# ours', 'StrictHostKeyChecking yes'],
      { strict: { file: '~/.ssh/config', line: 2, text: 'StrictHostKeyChecking yes' } },
    ],
    [
      'is added after a question only, though ssh would add it',
      ['StrictHostKeyChecking accept-new'],
      { strict: undefined },
    ],
    ['is added after a question only, though ssh would add it', ['StrictHostKeyChecking no'], { strict: undefined }],
  ])('%s: %j', async (_, config, expected) => {
    await put('config', config);
    const { access } = await made('ssh://box');
    const told: unknown = JSON.parse(JSON.stringify(access).replaceAll(home, '~'));
    expect(told).toMatchObject(JSON.parse(JSON.stringify(expected)));
    for (const [key, value] of Object.entries(expected))
      if (value === undefined) expect(access).not.toHaveProperty(key);
  });
});

describe('who we are', () => {
  const env = { SSH_AUTH_SOCK: '/run/agent', OTHER: '/run/other' };
  it.each<[string, readonly string[], object]>([
    ['is told by the agent of the surroundings', [], { agent: '/run/agent', identitiesOnly: false }],
    ['is told by another agent', ['IdentityAgent ~/agent'], { agent: '~/agent' }],
    ['is told by the agent of a variable', ['IdentityAgent $OTHER'], { agent: '/run/other' }],
    ['is told by the agent of the surroundings, by name', ['IdentityAgent SSH_AUTH_SOCK'], { agent: '/run/agent' }],
    ['is told by no agent', ['IdentityAgent none'], { agent: undefined }],
    [
      'is told by named keys only',
      ['IdentitiesOnly yes', 'IdentityFile ~/k'],
      { identitiesOnly: true, keyFiles: ['~/k'] },
    ],
    ['is told by no key', ['IdentityFile none'], { keyFiles: [] }],
    ['is told by a key that a variable names', [`IdentityFile \${OTHER}/k`], { keyFiles: ['/run/other/k'] }],
  ])('%s: %j', async (_, config, expected) => {
    await put('config', config);
    const { access } = await made('ssh://box', { env, agent: env.SSH_AUTH_SOCK });
    const told: unknown = JSON.parse(JSON.stringify(access).replaceAll(home, '~'));
    expect(told).toMatchObject(JSON.parse(JSON.stringify(expected)));
    for (const [key, value] of Object.entries(expected))
      if (value === undefined) expect(access).not.toHaveProperty(key);
  });
});

describe('a configuration', () => {
  it.each([
    ['linux', '/etc/ssh/ssh_config'],
    ['win32', join('D:\\Data', 'ssh', 'ssh_config')],
  ])('is looked for in the home, then in the place of the system, on %s', (platform, system) => {
    expect(sshConfigFiles('/home/me', platform, 'D:\\Data')).toEqual([
      { file: '/home/me/.ssh/config', own: true },
      { file: system, own: false },
    ]);
  });

  it('is planned or refused, whatever it holds', () => {
    const words =
      'Host Match box * !box exec final HostName Port 22 %h % = # \\ \t \0 Include ProxyJump none User __proto__ " \'';
    const word = fc.constantFrom(...words.split(' '));
    const line = fc.array(word, { maxLength: 6 }).map(parts => parts.join(' '));
    const own = { home: '/home/me', localUser: 'me', localHost: 'desk', localUserId: 1, env: {}, platform: 'linux' };
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string({ unit: 'binary' })), { maxLength: 8 }), lines => {
        const read = [parseConfigLines(lines.join('\n'), 'config')];
        const planned = planConnection(parseSshUrl('ssh://box'), read, { ...own, agent: undefined });
        if ('because' in planned) expect(planned.line).toBeGreaterThan(0);
        else expect(planned.target.port).toBeGreaterThan(0);
      }),
      { numRuns: 10_000 },
    );
  });
});
