import { describe, expect, it } from 'vitest';
import { findCollisions, type TakenNames, takenLetters, takenPrefixes } from './collision.ts';

const taken: TakenNames = {
  namespaces: [
    { id: 'host', label: 'host' },
    { id: 'silo:4', label: 'a' },
    { id: 'vm:0123456789ab', label: 'v' },
  ],
  volumes: [
    { device: '1', home: 'silo:4', uncPrefix: '\\memfs\\share', mountPoints: ['Y:'] },
    { device: '2', home: 'host', uncPrefix: '\\data\\x', mountPoints: ['Z:', 'C:\\mnt'] },
    { device: '3', home: 'vm:0123456789ab', uncPrefix: '\\vm\\x', mountPoints: [] },
  ],
  ghosts: [{ namespace: 'host', mountPoint: 'X:', target: '\\Device\\Volume{gone}' }],
  letters: new Map([['host', ['D:', 'z:']]]),
  servers: ['FILESERVER'],
};

describe('a wish', () => {
  it.each([
    ['for a new container collides with no letter but C:', { mountPoint: 'Y:' }, []],
    [
      'for C:',
      { mountPoint: 'c:' },
      [{ what: 'mount-point', name: 'C:', by: [{ namespace: 'host', label: 'the container' }], proposal: 'Z:' }],
    ],
    [
      'for a letter of its own silo',
      { home: 'silo:4', mountPoint: 'y:' },
      [{ what: 'mount-point', name: 'Y:', by: [{ namespace: 'silo:4', label: 'a', device: '1' }], proposal: 'Z:' }],
    ],
    [
      'for a letter of the host',
      { home: 'host', mountPoint: 'Z:' },
      [{ what: 'mount-point', name: 'Z:', by: [{ namespace: 'host', label: 'host', device: '2' }], proposal: 'Y:' }],
    ],
    [
      'for a ghost',
      { home: 'host', mountPoint: '\\\\.\\X:' },
      [{ what: 'mount-point', name: 'X:', by: [{ namespace: 'host', label: 'host' }], proposal: 'Y:' }],
    ],
    [
      'for a local disk',
      { home: 'host', mountPoint: 'D:' },
      [{ what: 'mount-point', name: 'D:', by: [{ namespace: 'host', label: 'host' }], proposal: 'Y:' }],
    ],
    ['for a directory', { home: 'host', mountPoint: 'C:\\mnt' }, []],
    [
      'for a taken prefix',
      { uncPrefix: '\\MEMFS\\share' },
      [
        {
          what: 'prefix',
          name: '\\MEMFS\\share',
          by: [{ namespace: 'silo:4', label: 'a', device: '1' }],
          proposal: '\\MEMFS-2\\share',
        },
      ],
    ],
    [
      'for a taken class',
      { uncPrefix: '\\memfs\\other' },
      [
        {
          what: 'class',
          name: 'memfs',
          by: [{ namespace: 'silo:4', label: 'a', device: '1' }],
          proposal: '\\memfs-2\\other',
        },
      ],
    ],
    [
      "for a server's name",
      { uncPrefix: '\\fileserver\\x' },
      [
        {
          what: 'server',
          name: 'FILESERVER',
          by: [{ namespace: 'host', label: 'the server FILESERVER' }],
          proposal: '\\fileserver-2\\x',
        },
      ],
    ],
    ['for what another kernel has', { uncPrefix: '\\vm\\x' }, []],
    ['for nothing', {}, []],
  ])('%s', (_, wish, collisions) => {
    expect(findCollisions(wish, taken)).toEqual(collisions);
  });

  it('is told what is taken', () => {
    expect([takenPrefixes(taken), [...takenLetters('host', taken).keys()]]).toEqual([
      ['\\memfs\\share', '\\data\\x', '\\FILESERVER'],
      ['C:', 'Z:', 'X:', 'D:'],
    ]);
  });
});
