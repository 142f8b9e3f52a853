import { describe, expect, it } from 'vitest';
import { plainDevice } from './host-objects.ts';
import { ObjectNamespace } from './object-namespace.ts';
import { type Caller, DirectoryObject, globalLink, link, opaque } from './objects.ts';
import { askOr } from './testing/boot.ts';

const host: Caller = { silo: 0, logon: '00000000-0002210f', elevated: true };
const user: Caller = { ...host, elevated: false };
const system: Caller = { silo: 0, logon: '00000000-000003e7', elevated: true };
const inSilo: Caller = { silo: 1_720, logon: '00000000-0003a1c4', elevated: true };

function world(): ObjectNamespace {
  const namespace = new ObjectNamespace();
  const { root } = namespace;
  root.directory('Device').set('Mup', plainDevice);
  root.directory('Device').set('Here', opaque('Event'));
  root.directory('GLOBAL??').set('UNC', link('\\Device\\Mup'));
  root.directory('GLOBAL??').set('GLOBALROOT', link(''));
  root.directory('GLOBAL??').set('Silos', link('\\Silos'));
  root.set('Loop', link('\\Loop'));
  const silo = new DirectoryObject();
  silo.directory('Device').set('Mup', globalLink('\\Device\\Mup'));
  silo.directory('Device').set('There', opaque('Section'));
  silo.directory('Device').set('LocalHere', link('\\Device\\Here'));
  silo.directory('Device').set('LocalThere', link('\\Device\\There'));
  silo.directory('Device').set('GlobalHere', globalLink('\\Device\\Here'));
  namespace.addSiloRoot(1_720, silo);
  return namespace;
}

const typeOf = (namespace: ObjectNamespace, path: string, caller: Caller): string =>
  askOr(() => {
    const { object, remainder } = namespace.resolve(path, caller);
    return `${object.type}${remainder}`;
  });

describe('a name in the object namespace', () => {
  it.each([
    ['\\Device\\Mup', 'Device'],
    ['\\dEVICE\\mUP', 'Device'],
    ['\\Device\\Mup\\server\\share\\f', 'Device\\server\\share\\f'],
    ['\\Device\\Mup\\;Name\\a', 'Device\\;Name\\a'],
    ['\\??\\UNC\\server\\share', 'Device\\server\\share'],
    ['\\??\\GLOBALROOT\\Device\\Mup\\x', 'Device\\x'],
    ['\\', 'Directory'],
    ['\\Device', 'Directory'],
    ['\\Device\\', 'STATUS_OBJECT_NAME_INVALID'],
    ['Device', 'STATUS_OBJECT_PATH_SYNTAX_BAD'],
    ['\\Device\\Nothing', 'STATUS_OBJECT_NAME_NOT_FOUND'],
    ['\\Nothing\\Device', 'STATUS_OBJECT_PATH_NOT_FOUND'],
    ['\\Device\\Here\\x', 'STATUS_OBJECT_TYPE_MISMATCH'],
    ['\\Loop', 'STATUS_INVALID_PARAMETER'],
  ])('%s is %s for the host', (path, found) => {
    expect(typeOf(world(), path, host)).toBe(found);
  });
});

describe('a local link in the tree of a silo', () => {
  it('leads to the silo when a thread of the silo opens it', () => {
    const namespace = world();
    expect(typeOf(namespace, '\\Device\\LocalThere', inSilo)).toBe('Section');
    expect(typeOf(namespace, '\\Device\\LocalHere', inSilo)).toBe('STATUS_OBJECT_NAME_NOT_FOUND');
  });

  it('leads to the host when a thread of the host opens it', () => {
    const namespace = world();
    expect(typeOf(namespace, '\\Silos\\1720\\Device\\LocalHere', host)).toBe('Event');
    expect(typeOf(namespace, '\\Silos\\1720\\Device\\LocalThere', host)).toBe('STATUS_OBJECT_NAME_NOT_FOUND');
    expect(typeOf(namespace, '\\Silos\\1720\\Device\\LocalThere\\x', host)).toBe('STATUS_OBJECT_PATH_NOT_FOUND');
  });

  it('is itself what is read when it is opened as a link', () => {
    expect(world().readLink('\\Silos\\1720\\Device\\LocalThere', host)).toBe('\\Device\\There');
    expect(askOr(() => world().readLink('\\Device\\Mup', host))).toBe('STATUS_OBJECT_TYPE_MISMATCH');
  });
});

describe('a global link in the tree of a silo', () => {
  it('leads to the host, whoever opens it', () => {
    const namespace = world();
    expect(typeOf(namespace, '\\Device\\GlobalHere', inSilo)).toBe('Event');
    expect(typeOf(namespace, '\\Silos\\1720\\Device\\GlobalHere', host)).toBe('Event');
    expect(typeOf(namespace, '\\Device\\Mup\\a\\b', inSilo)).toBe('Device\\a\\b');
  });
});

describe('a silo', () => {
  it('sees its own root as a backslash and nothing above it', () => {
    const namespace = world();
    expect(namespace.list('\\', inSilo).map(({ name }) => name)).toEqual(['Device', 'Sessions']);
    expect(typeOf(namespace, '\\Silos', inSilo)).toBe('STATUS_OBJECT_NAME_NOT_FOUND');
  });

  it('is gone from the namespace when it has ended', () => {
    const namespace = world();
    namespace.removeSiloRoot(1_720);
    expect(namespace.list('\\Silos', host)).toEqual([]);
    expect(typeOf(namespace, '\\', inSilo)).toBe('STATUS_PROCESS_IS_TERMINATING');
  });
});

describe('DOS devices', () => {
  it('of a logon session shadow the global ones, for that session only', () => {
    const namespace = world();
    namespace.globalDosDevices(0).set('X:', link('\\Device\\Mup\\global'));
    namespace.localDosDevices(host).set('X:', link('\\Device\\Mup\\local'));
    expect(typeOf(namespace, '\\??\\X:\\f', host)).toBe('Device\\local\\f');
    expect(typeOf(namespace, '\\??\\X:\\f', { ...host, logon: '00000000-00099999' })).toBe('Device\\global\\f');
    expect(typeOf(namespace, '\\??\\X:\\f', system)).toBe('Device\\global\\f');
  });

  it('of LocalSystem are the global ones', () => {
    const namespace = world();
    expect(namespace.localDosDevices(system)).toBe(namespace.globalDosDevices(0));
  });

  it('are opened through \\??, which is not listed under the root', () => {
    const namespace = world();
    namespace.localDosDevices(host).set('X:', link('\\Device\\Mup'));
    expect(namespace.list('\\', host).map(({ name }) => name)).not.toContain('??');
    expect(namespace.list('\\??', host).map(({ name }) => name)).toEqual(['X:', 'UNC', 'GLOBALROOT', 'Silos']);
  });
});

describe('listing', () => {
  it.each([
    ['\\Silos', 'STATUS_ACCESS_DENIED'],
    ['\\Silos\\1720', 'STATUS_ACCESS_DENIED'],
    ['\\Silos\\1720\\Device', 'STATUS_ACCESS_DENIED'],
    ['\\??\\Silos\\1720', 'STATUS_ACCESS_DENIED'],
    ['\\??\\GLOBALROOT\\Silos', 'STATUS_ACCESS_DENIED'],
    ['\\Sessions\\0\\DosDevices', 'STATUS_ACCESS_DENIED'],
    ['\\Sessions\\0\\DosDevices\\00000000-00099999', 'STATUS_ACCESS_DENIED'],
    ['\\Sessions\\0\\DosDevices\\00000000-0002210F', 'listed'],
    ['\\Device', 'listed'],
    ['\\', 'listed'],
  ])('%s without elevation: %s', (path, answer) => {
    const namespace = world();
    for (const logon of [user.logon, '00000000-00099999']) {
      namespace.localDosDevices({ ...user, logon }).set('X:', link('\\Device\\Mup'));
    }
    expect(askOr(() => namespace.list(path, user) && 'listed')).toBe(answer);
    expect(askOr(() => namespace.list(path, host) && 'listed')).toBe('listed');
  });

  it('is refused for what is no directory', () => {
    expect(askOr(() => world().list('\\Device\\Here', host))).toBe('STATUS_OBJECT_TYPE_MISMATCH');
    expect(askOr(() => world().list('\\??\\UNC', host))).toBe('STATUS_OBJECT_TYPE_MISMATCH');
  });
});
