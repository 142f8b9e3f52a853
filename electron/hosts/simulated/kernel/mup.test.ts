import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScenarioInput } from '../scenario/schema.ts';
import { readOr, TestKernel } from './testing/boot.ts';

const NETWORK: ScenarioInput['network'] = {
  servers: [
    {
      name: 'fileserver',
      shares: [
        { name: 'public', files: { 'readme.txt': 'real', 'sub/deep.txt': 'deep' } },
        { name: 'archive', files: { '2019.txt': 'old' } },
      ],
    },
  ],
};

let kernel: TestKernel;
beforeEach(() => {
  kernel = new TestKernel({ network: NETWORK });
});
afterEach(() => kernel.dispose());

const FILE = '\\\\memfs\\share\\f.txt';

describe('the UNC prefix of a network volume in a silo', () => {
  it('is reached from the host, from its own container and from every other one', async () => {
    const [a, b] = [await kernel.container('a'), await kernel.container('b')];
    await kernel.mount(a, { says: 'leak', prefix: '\\memfs\\share' });
    const seen = await Promise.all([kernel.user, kernel.admin, a.win32, b.win32].map(win32 => readOr(win32, FILE)));
    expect(seen).toEqual(['leak', 'leak', 'leak', 'leak']);
    expect(await kernel.user.isWinFsp('\\\\MEMFS\\Share\\F.TXT')).toBe(true);
  });

  it('of the host is reached from a container too', async () => {
    const a = await kernel.container('a');
    await kernel.mount(await kernel.hostServer(), { says: 'host', prefix: '\\memfs\\share' });
    expect([await readOr(kernel.admin, FILE), await readOr(a.win32, FILE)]).toEqual(['host', 'host']);
  });

  it('stays on the way silo to host where silos do not see each other', async () => {
    const other = new TestKernel({ behaviour: { mupIsSharedBetweenSilos: false } });
    const [a, b] = [await other.container('a'), await other.container('b')];
    await other.mount(a, { says: 'a', prefix: '\\memfs\\share' });
    expect(await readOr(other.user, FILE)).toBe('a');
    expect(await readOr(a.win32, FILE)).toBe('a');
    expect(await readOr(b.win32, FILE)).toBe('STATUS_BAD_NETWORK_PATH');
    const directed = `\\\\?\\GLOBALROOT\\Device\\Mup\\;WinFsp.Mup+2.1{${a.system.containerGuid}}\\memfs\\share\\f.txt`;
    expect(await readOr(b.win32, directed)).toBe('STATUS_BAD_NETWORK_PATH');
    await other.mount(b, { says: 'b', prefix: '\\memfs\\share' });
    expect([await readOr(a.win32, FILE), await readOr(b.win32, FILE), await readOr(other.user, FILE)]).toEqual([
      'a',
      'b',
      'a',
    ]);
    await other.dispose();
  });

  it('does not leave its silo where each silo has a MUP of its own', async () => {
    const sealed = new TestKernel({ behaviour: { mupIsShared: false }, network: NETWORK });
    const [a, b] = [await sealed.container('a'), await sealed.container('b')];
    await sealed.mount(a, { says: 'a', prefix: '\\memfs\\share', at: 'Y:' });
    expect(a.win32.listDirectoryObject('\\Device')).toContainEqual({ name: 'Mup', type: 'Device' });
    expect([await readOr(a.win32, FILE), await readOr(a.win32, 'Y:\\f.txt')]).toEqual(['a', 'a']);
    for (const outside of [b.win32, sealed.admin]) expect(await readOr(outside, FILE)).toBe('STATUS_BAD_NETWORK_PATH');
    expect(await readOr(b.win32, '\\\\fileserver\\public\\readme.txt')).toBe('real');
    expect(sealed.machine.mup().providers).toEqual(['LanmanRedirector', 'WebDavRedirector', 'WinFsp.Mup+2.1']);
    await sealed.dispose();
  });
});

describe('a name directed to a provider', () => {
  it('opens the volume and asks nobody else', async () => {
    const a = await kernel.container('a');
    await kernel.mount(a, { says: 'direct', prefix: '\\memfs\\share' });
    const provider = `WinFsp.Mup+2.1{${a.system.containerGuid}}`;
    for (const form of [
      `Device\\Mup\\;${provider}\\memfs\\share\\f.txt`,
      `Device\\Mup\\;${provider}\\;Y:0000000000022a10\\memfs\\share\\f.txt`,
      `Silos\\${a.system.siloId}\\Device\\${provider}\\memfs\\share\\f.txt`,
    ]) {
      expect(await readOr(kernel.admin, `\\\\?\\GLOBALROOT\\${form}`)).toBe('direct');
    }
    expect(kernel.machine.networkLog()).toEqual([]);
    expect(kernel.machine.mup().prefixCache).toEqual([]);
  });

  it('opens the provider itself when nothing follows', async () => {
    const a = await kernel.container('a');
    const name = `\\\\?\\GLOBALROOT\\Device\\Mup\\;WinFsp.Mup+2.1{${a.system.containerGuid}}`;
    expect(await kernel.user.stat(name)).toMatchObject({ directory: false, size: 0 });
    expect(await readOr(kernel.user, name)).toBe('STATUS_INVALID_DEVICE_REQUEST');
  });

  it('fails for a provider that is not registered', async () => {
    const name = '\\\\?\\GLOBALROOT\\Device\\Mup\\;WinFsp.Mup+2.1{00000000-0000-4000-8000-000000000000}\\memfs\\share';
    expect(await readOr(kernel.user, name)).toBe('STATUS_BAD_NETWORK_PATH');
  });
});

describe('a claimed class', () => {
  it('answers BAD_NETWORK_PATH for whatever no volume has, IPC$ included', async () => {
    await kernel.mount(await kernel.container('a'), { says: 'x', prefix: '\\memfs\\share' });
    for (const name of ['IPC$', 'other', 'shar', 'share2']) {
      expect(await readOr(kernel.user, `\\\\memfs\\${name}\\f.txt`)).toBe('STATUS_BAD_NETWORK_PATH');
    }
    expect(kernel.machine.mup().prefixCache).toMatchObject([{ prefix: '\\memfs' }]);
  });

  it('is cached by the class alone, and asked for on the network only the first time', async () => {
    const a = await kernel.container('a');
    await kernel.mount(a, { says: 'x', prefix: '\\memfs\\share' });
    for (let round = 0; round < 3; round += 1) expect(await readOr(kernel.user, FILE)).toBe('x');
    expect(kernel.machine.networkLog()).toEqual(['memfs']);
    expect(kernel.machine.mup().prefixCache).toEqual([
      {
        prefix: '\\memfs',
        provider: `WinFsp.Mup+2.1{${a.system.containerGuid}}`,
        expires: kernel.clock.now() + 900_000,
      },
    ]);
    kernel.clock.advance(900_000);
    expect(kernel.machine.mup().prefixCache).toEqual([]);
    expect(await readOr(kernel.user, FILE)).toBe('x');
    expect(kernel.machine.networkLog()).toEqual(['memfs', 'memfs']);
  });

  it('without anything after it is nobody’s', async () => {
    await kernel.mount(await kernel.container('a'), { says: 'x', prefix: '\\memfs\\share' });
    expect(await readOr(kernel.user, '\\\\memfs')).toBe('STATUS_BAD_NETWORK_PATH');
    expect(kernel.machine.mup().prefixCache).toEqual([]);
  });

  it('serves nested prefixes, the longest first', async () => {
    const a = await kernel.container('a');
    await kernel.mount(a, { says: 'outer', prefix: '\\memfs\\share' });
    await kernel.mount(a, { says: 'inner', prefix: '\\memfs\\share\\deep' });
    expect(await readOr(kernel.user, FILE)).toBe('outer');
    expect(await readOr(kernel.user, '\\\\memfs\\share\\DEEP\\f.txt')).toBe('inner');
  });
});

describe('two silos with one prefix', () => {
  it('have one winner by UNC everywhere; the other is left with its drive letter and its provider', async () => {
    const [a, b] = [await kernel.container('a'), await kernel.container('b')];
    await kernel.mount(b, { says: 'b', prefix: '\\memfs\\share', at: 'Y:' });
    await kernel.mount(a, { says: 'a', prefix: '\\memfs\\share', at: 'Y:' });
    const seen = await Promise.all([kernel.user, a.win32, b.win32].map(win32 => readOr(win32, FILE)));
    // The provider that registered first, not the volume that was mounted first.
    expect(seen).toEqual(['a', 'a', 'a']);
    expect([await readOr(a.win32, 'Y:\\f.txt'), await readOr(b.win32, 'Y:\\f.txt')]).toEqual(['a', 'b']);
    const loser = `\\\\?\\GLOBALROOT\\Device\\Mup\\;WinFsp.Mup+2.1{${b.system.containerGuid}}\\memfs\\share\\f.txt`;
    expect(await readOr(kernel.user, loser)).toBe('b');
  });

  it('keep the winner that was cached, until it goes', async () => {
    const [a, b] = [await kernel.container('a'), await kernel.container('b')];
    await kernel.mount(b, { says: 'b', prefix: '\\memfs\\share' });
    expect(await readOr(kernel.user, FILE)).toBe('b');
    await kernel.mount(a, { says: 'a', prefix: '\\memfs\\share' });
    expect(await readOr(a.win32, FILE)).toBe('b');
    await b.system.terminate();
    expect(await readOr(kernel.user, FILE)).toBe('a');
  });

  it('give way when the winner’s volume is closed', async () => {
    const [a, b] = [await kernel.container('a'), await kernel.container('b')];
    const winner = await kernel.mount(a, { says: 'a', prefix: '\\memfs\\share' });
    await kernel.mount(b, { says: 'b', prefix: '\\memfs\\share' });
    expect(await readOr(kernel.user, FILE)).toBe('a');
    winner.close();
    expect(await readOr(kernel.user, FILE)).toBe('b');
  });

  it('have each its own winner where the cache is not shared', async () => {
    const other = new TestKernel({ behaviour: { prefixCacheIsShared: false } });
    const [a, b] = [await other.container('a'), await other.container('b')];
    await other.mount(b, { says: 'b', prefix: '\\memfs\\share' });
    expect(await readOr(b.win32, FILE)).toBe('b');
    await other.mount(a, { says: 'a', prefix: '\\memfs\\share' });
    expect([await readOr(b.win32, FILE), await readOr(other.user, FILE)]).toEqual(['b', 'a']);
    await other.dispose();
  });
});

describe('two silos with one class and different instances', () => {
  it('lose the second one by UNC, even inside its own container', async () => {
    const [a, b] = [await kernel.container('a'), await kernel.container('b')];
    await kernel.mount(a, { says: 'a', prefix: '\\memfs\\one', at: 'Y:' });
    await kernel.mount(b, { says: 'b', prefix: '\\memfs\\two', at: 'Y:' });
    for (const win32 of [kernel.user, a.win32, b.win32]) {
      expect(await readOr(win32, '\\\\memfs\\one\\f.txt')).toBe('a');
      expect(await readOr(win32, '\\\\memfs\\two\\f.txt')).toBe('STATUS_BAD_NETWORK_PATH');
    }
    expect(await readOr(b.win32, 'Y:\\f.txt')).toBe('b');
  });
});

describe('a real SMB server', () => {
  it('is reached from the host and from containers', async () => {
    const { win32 } = await kernel.container('a');
    for (const asking of [kernel.user, win32]) {
      expect(await readOr(asking, '\\\\FileServer\\Public\\readme.txt')).toBe('real');
      expect(await readOr(asking, '\\\\fileserver\\public\\sub\\deep.txt')).toBe('deep');
      expect(await readOr(asking, '\\\\fileserver\\nothing\\f')).toBe('STATUS_BAD_NETWORK_NAME');
      expect(await readOr(asking, '\\\\nobody\\x\\f')).toBe('STATUS_BAD_NETWORK_PATH');
    }
    expect(await kernel.user.isWinFsp('\\\\fileserver\\public\\readme.txt')).toBe(false);
  });

  it('is shadowed once a volume of its name has been found', async () => {
    await kernel.mount(await kernel.container('a'), { says: 'shadow', prefix: '\\fileserver\\x' });
    expect(await readOr(kernel.user, '\\\\fileserver\\archive\\2019.txt')).toBe('old');
    expect(await readOr(kernel.user, '\\\\fileserver\\x\\f.txt')).toBe('shadow');
    // `\fileserver` is claimed now; only the longer `\fileserver\archive` is still SMB's, as long as it is cached.
    expect(await readOr(kernel.user, '\\\\fileserver\\public\\readme.txt')).toBe('STATUS_BAD_NETWORK_PATH');
    expect(await readOr(kernel.user, '\\\\fileserver\\archive\\2019.txt')).toBe('old');
  });

  it.each([
    ['a provider that is asked first', { behaviour: { unknownProvidersAreAskedLast: false } }],
    ['the host’s provider before side-by-side names', { winfsp: { instance: '' } }],
  ])('is shadowed at once by %s', async (_, scenario) => {
    const other = new TestKernel({ network: NETWORK, ...scenario });
    await other.mount(await other.hostServer(), { says: 'shadow', prefix: '\\fileserver\\x' });
    expect(await readOr(other.user, '\\\\fileserver\\public\\readme.txt')).toBe('STATUS_BAD_NETWORK_PATH');
    expect(other.machine.networkLog()).toEqual([]);
    await other.dispose();
  });
});

describe('an unknown server', () => {
  it('costs the time that SMB and WebDAV take to give up', async () => {
    const slow = new TestKernel({ behaviour: { unknownServerMs: 150 } });
    await slow.mount(await slow.container('a'), { says: 'x', prefix: '\\memfs\\share' });
    let answer = 'none';
    const read = readOr(slow.user, FILE).then(text => {
      answer = text;
    });
    await new Promise(resolve => setImmediate(resolve));
    slow.clock.advance(149);
    await new Promise(resolve => setImmediate(resolve));
    expect(answer).toBe('none');
    slow.clock.advance(1);
    await read;
    expect(answer).toBe('x');
    expect(await readOr(slow.user, FILE)).toBe('x');
    await slow.dispose();
  });

  it('is given up when the machine is shut down', async () => {
    const slow = new TestKernel({ behaviour: { unknownServerMs: 150 } });
    const read = readOr(slow.user, '\\\\nobody\\x\\f');
    await new Promise(resolve => setImmediate(resolve));
    await slow.dispose();
    expect(await read).toBe('STATUS_CANCELLED');
  });
});

describe('net use', () => {
  it('maps an SMB share to a letter of the session', async () => {
    await kernel.user.addConnection('n:', '\\\\fileserver\\public');
    expect(kernel.user.connections()).toEqual([
      { local: 'N:', remote: '\\\\fileserver\\public', provider: 'Microsoft Windows Network' },
    ]);
    expect(kernel.user.queryDosDevice('N:')).toEqual([
      '\\Device\\LanmanRedirector\\;N:000000000002210f\\fileserver\\public',
    ]);
    expect(await readOr(kernel.user, 'N:\\readme.txt')).toBe('real');
    expect(kernel.admin.connections()).toEqual([]);
    await expect(kernel.user.addConnection('N:', '\\\\fileserver\\archive')).rejects.toMatchObject({ win32: 85 });
    await kernel.user.removeConnection('N:');
    expect(await readOr(kernel.user, 'N:\\readme.txt')).toBe('STATUS_OBJECT_PATH_NOT_FOUND');
    await expect(kernel.user.removeConnection('N:')).rejects.toMatchObject({ win32: 2_250 });
  });

  it.each([
    ['\\\\fileserver\\nothing', 67],
    ['\\\\nobody\\x', 53],
    ['fileserver', 67],
  ])('refuses %s with %i', async (remote, win32) => {
    await expect(kernel.user.addConnection(undefined, remote)).rejects.toMatchObject({ win32 });
  });

  it('lists letters over the host’s WinFsp volumes, never a container’s', async () => {
    await kernel.mount(await kernel.hostServer(), { says: 'host', prefix: '\\memfs\\host', at: 'Y:' });
    const a = await kernel.container('a');
    await kernel.mount(a, { says: 'a', prefix: '\\memfs\\a', at: 'Y:' });
    expect(kernel.user.connections()).toEqual([{ local: 'Y:', remote: '\\\\memfs\\host', provider: 'WinFsp.Np' }]);
    expect(a.win32.connections()).toEqual([]);
  });
});
