import { describe, expect, it } from 'vitest';
import type { Host } from '../../hosts/host.ts';
import { createStandInEngine } from '../../services/testing/stand-in-engine.ts';
import { isSameTarget, listHosts } from './list-hosts.ts';
import type { LocalTarget } from './open-host.ts';

/** A host that was opened by that target. */
function opened(target: LocalTarget, scenario?: string): { target: LocalTarget; host: Host; scenario?: string } {
  const engine = createStandInEngine(() => undefined);
  engine.dispose();
  return { target, host: engine.host, ...(scenario === undefined ? {} : { scenario }) };
}

const CONNECTION = {
  user: 'me',
  hostName: 'box',
  port: 22,
  through: [],
  keyFiles: [],
  knownHostsFiles: [],
  followed: [],
};
const target = { user: 'me', host: 'box', port: 22, id: 'ssh://me@box' };
/** The configuration of whoever runs the tests has no say in them. */
const plain: NonNullable<Parameters<typeof listHosts>[3]> = async () => ({
  target,
  access: { keyFiles: [] },
  jumps: [],
  connection: CONNECTION,
});

const DEFAULT = opened({ kind: 'simulated', scenario: 'default' }, 'default');

describe('the list of hosts', () => {
  it.each([
    ['linux', 'this machine does not run Windows'],
    ['win32', undefined],
  ])('on %s has this machine, and why it cannot be opened: %s', async (platform, reason) => {
    const listed = await listHosts(DEFAULT, [], platform);
    expect(listed.at(-1)?.choice).toMatchObject({ id: 'local', available: reason === undefined });
    expect(listed.at(-1)?.choice.reason).toBe(reason);
  });

  it("has each host once, with the user's own title", async () => {
    const listed = await listHosts(
      DEFAULT,
      [{ id: 'local', title: 'My desk' }, { id: 'ssh://me@box' }],
      'win32',
      plain,
    );
    const real = listed.filter(({ choice }) => choice.kind !== 'simulated');
    expect(real.map(({ choice }) => [choice.id, choice.title])).toEqual([
      ['local', 'My desk'],
      ['ssh://me@box', 'ssh://me@box'],
    ]);
  });

  it.each<[string, LocalTarget, string]>([
    ['an SSH host', { kind: 'windows', host: 'ssh://me@box', hostKey: 'SHA256:x' }, 'ssh://me@box'],
    ['a recording', { kind: 'recording', file: '/tmp/r.json' }, 'stand-in'],
  ])('begins with the host of the start, %s, and keeps what it was opened with', async (_, target, id) => {
    const [first] = await listHosts(opened(target), [], 'linux', plain);
    expect(first).toEqual({ target, choice: expect.objectContaining({ id, available: true }) });
  });

  it('keeps a host key when the user lists that host, too', async () => {
    const target: LocalTarget = { kind: 'windows', host: 'ssh://me@box', hostKey: 'SHA256:x' };
    const listed = await listHosts(opened(target), [{ id: 'ssh://me@box', title: 'Box' }], 'linux', plain);
    const same = listed.filter(other => isSameTarget(other.target, target));
    expect(same).toEqual([{ target, choice: expect.objectContaining({ title: 'Box' }) }]);
  });

  it('tells how a host over SSH would be reached, or what is in the way', async () => {
    const line = { file: '/home/me/.ssh/config', line: 4, text: 'ProxyCommand nc' };
    const refusing = async (url: string) =>
      url.includes('box') ? plain(url) : { ...line, because: 'not-supported' as const };
    const listed = await listHosts(DEFAULT, [{ id: 'ssh://me@box' }, { id: 'ssh://me@far' }], 'linux', refusing);
    expect(listed.slice(-2).map(({ choice }) => [choice.available, choice.ssh, choice.reason])).toEqual([
      [true, CONNECTION, undefined],
      [false, undefined, 'line 4 of /home/me/.ssh/config asks for what Siloscope does not do'],
    ]);
  });
});
