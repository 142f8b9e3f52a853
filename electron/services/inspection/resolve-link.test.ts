import { describe, expect, it } from 'vitest';
import type { ObjectEntry, ObjectNamespace } from '../../hosts/host.ts';
import { LinkResolver } from './resolve-link.ts';

const GUID = '{368ce2a7-e243-4b87-8666-8064233fcbfc}';
/** Directories by path; what is a link has its target beside its type. */
const TREE: Readonly<Record<string, readonly (readonly [name: string, type: string, target?: string])[]>> = {
  '\\': [['Device', 'Directory']],
  '\\Device': [
    ['Mup', 'Device'],
    ['Null', 'Device'],
    ['Http', 'Directory'],
    ['WinFsp.Net+2.1', 'Device'],
  ],
  '\\Silos\\8': [['Device', 'Directory']],
  '\\Silos\\8\\Device': [
    ['Mup', 'SymbolicLink', '\\Device\\Mup'],
    ['Null', 'SymbolicLink', '\\Device\\Null'],
    ['WinFsp.Net', 'SymbolicLink', '\\Device\\WinFsp.Net+2.1'],
    ['WinFsp.Net+2.1', 'Device'],
    [`WinFsp.Mup${GUID}`, 'SymbolicLink', '\\Device\\Mup'],
    ['Volume{1}', 'SymbolicLink', `\\Device\\WinFsp.Mup${GUID}`],
  ],
  '\\Silos\\12': [['Device', 'Directory']],
};

const objects: ObjectNamespace = {
  list: path => {
    const found = TREE[path];
    if (path === '\\Silos\\12\\Device') return Promise.resolve({ refused: 'access-denied' });
    if (found === undefined) return Promise.resolve({ refused: 'not-found' });
    return Promise.resolve({ entries: found.map(([name, type]): ObjectEntry => ({ name, type })) });
  },
  readLink: path => {
    const cut = path.lastIndexOf('\\');
    const target = TREE[path.slice(0, cut)]?.find(([name]) => name === path.slice(cut + 1))?.[2];
    return Promise.resolve(target === undefined ? { refused: 'wrong-type' } : { target });
  },
};

describe('where a link of the object namespace leads', () => {
  it.each<[string, string, string, string, object]>([
    ['of the host, to the host', '', 'X', '\\Device\\Null', { root: 'host', path: '\\Device\\Null', type: 'Device' }],
    ['of the host, to nothing', '', 'X', '\\Device\\Gone', { root: 'nowhere' }],
    ['without a root, is not known', '', 'X', 'Device\\Null', { root: 'unknown' }],
    [
      'of a silo to its own name is the host’s: else it would go round for ever',
      '\\Silos\\8',
      'Mup',
      '\\Device\\Mup',
      { root: 'host', path: '\\Device\\Mup', type: 'Device' },
    ],
    [
      'of a silo to an object that only the silo has',
      '\\Silos\\8',
      'Volume{1}',
      `\\Device\\WinFsp.Mup${GUID}`,
      { root: 'silo', path: `\\Device\\WinFsp.Mup${GUID}`, type: 'SymbolicLink' },
    ],
    [
      'of a silo to an object that only the host has',
      '\\Silos\\8',
      'X',
      '\\Device\\Http',
      { root: 'host', path: '\\Device\\Http', type: 'Directory' },
    ],
    [
      'of a silo to what both have cannot be told',
      '\\Silos\\8',
      'WinFsp.Net',
      '\\Device\\WinFsp.Net+2.1',
      { root: 'either', path: '\\Device\\WinFsp.Net+2.1', type: 'Device' },
    ],
    [
      'of a silo through a link that is the host’s',
      '\\Silos\\8',
      `WinFsp.Mup${GUID}`,
      '\\Device\\Mup\\;WinFsp.Mup',
      { root: 'host', path: '\\Device\\Mup', type: 'Device', rest: '\\;WinFsp.Mup' },
    ],
    ['of a silo that may not be read', '\\Silos\\12', 'X', '\\Device\\Null', { root: 'unknown' }],
  ])('%s', async (_, root, name, target, end) => {
    const resolver = new LinkResolver(objects, root);
    expect(await resolver.resolve('\\Device', { name, type: 'SymbolicLink', target })).toEqual(end);
  });
});
