import { describe, expect, it } from 'vitest';
import type { NamespaceView } from '../silos/namespace-view.ts';
import { type RememberedRoom, RoomMemory, type RoomSigns } from './room-memory.ts';

const NAME = 'Volume{0f8fad5b-d9cb-469f-a165-70867728950e}';
const device = `\\Device\\${NAME}`;
const view = (change: { id?: string; state?: 'running' | 'paused' } = {}): NamespaceView => ({
  namespace: { id: 'silo:7', kind: 'silo', label: 'web' },
  container: {
    ref: {
      id: change.id ?? 'aa',
      name: 'web',
      image: 'servercore',
      isolation: 'process',
      labels: {},
      managed: false,
    },
    state: change.state ?? 'running',
    status: 'Up',
    command: 'memfs',
    mounts: [],
  },
});
const link = { mountPoint: 'X:', target: device };
const signs: RoomSigns = { candidates: [{ name: NAME, type: 'Device' }], links: [link], targets: new Map() };
const fileSystem = { program: 'memfs-x64.exe', commandLine: 'memfs' };
const room: RememberedRoom = {
  listed: [{ device, mountPoint: 'X:' }],
  volumes: [{ listed: true, volume: { device, kind: 'disk', home: 'silo:7', mountPoints: ['X:'], fileSystem } }],
};

describe('what fsptool said in a silo', () => {
  it('is remembered as long as its objects are the same', () => {
    const memory = new RoomMemory();
    memory.keep(view(), signs, room);
    expect(memory.recall(view(), { ...signs, links: [{ ...link }] })).toBe(room);
  });

  it.each<[string, NamespaceView, RoomSigns]>([
    ['another device', view(), { ...signs, candidates: [{ name: NAME.replace('0f', '1f'), type: 'Device' }] }],
    ['one device more', view(), { ...signs, candidates: [...(signs.candidates ?? []), { name: 'V', type: 'Device' }] }],
    ['no device', view(), { ...signs, candidates: [] }],
    ['a device that is out of sight', view(), { ...signs, candidates: undefined }],
    ['a drive letter that went', view(), { ...signs, links: [] }],
    ['a drive letter that leads elsewhere', view(), { ...signs, links: [{ ...link, target: '\\Device\\Null' }] }],
    ['another target', view(), { ...signs, targets: new Map([[NAME, '\\Device\\Mup']]) }],
    ['another container with the same silo id', view({ id: 'bb' }), signs],
    ['a pause', view({ state: 'paused' }), signs],
  ])('is asked for again after %s', (_, later, seen) => {
    const memory = new RoomMemory();
    memory.keep(view(), signs, room);
    expect(memory.recall(later, seen)).toBe(undefined);
  });

  it.each<[string, RoomSigns, RememberedRoom]>([
    ['a device that is not listed yet', signs, { listed: [], volumes: [] }],
    ['a letter that is no link', { ...signs, links: [] }, room],
    ['a volume without a letter, which may get one', signs, { ...room, listed: [{ device }] }],
    [
      'a volume whose program was not found',
      signs,
      { ...room, volumes: [{ listed: true, volume: { device, kind: 'disk', home: 'silo:7', mountPoints: ['X:'] } }] },
    ],
  ])('is not remembered with %s', (_, seen, told) => {
    const memory = new RoomMemory();
    memory.keep(view(), signs, room);
    memory.keep(view(), seen, told);
    expect(memory.recall(view(), seen)).toBe(undefined);
    expect(memory.recall(view(), signs)).toBe(undefined);
  });
});
