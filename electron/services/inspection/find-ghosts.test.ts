import { describe, expect, it } from 'vitest';
import type { ObjectNamespace, ObjectRefusal } from '../../hosts/host.ts';
import { findGhosts, isTargetThere } from './find-ghosts.ts';
import { readMountPoints } from './read-mount-points.ts';

const GUID = '00000000-0000-4000-8000-000000000001';
const NAME = `Volume{${GUID}}`;
const TARGET = `\\Device\\${NAME}\\memfs\\share`;

/** What is there at one moment: volumes, letters, and what is refused by path. */
interface Moment {
  readonly volumes?: readonly string[];
  readonly letters?: Readonly<Record<string, string>>;
  readonly refused?: Readonly<Record<string, ObjectRefusal>>;
}

/** An object namespace that goes on to the next moment whenever `\Device` or the letters are listed. */
function passing(moments: readonly Moment[]): ObjectNamespace {
  let at = -1;
  const now = (): Moment => moments[Math.min(Math.max(at, 0), moments.length - 1)] ?? {};
  const directory = (name: string) => ({ name, type: 'Directory' });
  return {
    async list(path) {
      if (path === '\\') return { entries: ['Device', 'GLOBAL??', 'Sessions'].map(directory) };
      if (path === '\\Sessions') return { entries: [directory('0')] };
      if (path === '\\Sessions\\0') return { entries: [] };
      if (path === '\\??') return { refused: 'not-found' };
      at += 1;
      const { volumes = [], letters = {}, refused = {} } = now();
      const no = refused[path];
      if (no !== undefined) return { refused: no };
      if (path === '\\Device') return { entries: volumes.map(name => ({ name, type: 'SymbolicLink' })) };
      return { entries: Object.keys(letters).map(name => ({ name, type: 'SymbolicLink' })) };
    },
    async readLink(path) {
      const { letters = {}, refused = {} } = now();
      const target = letters[path.slice(path.lastIndexOf('\\') + 1)];
      const no = refused[path];
      if (no !== undefined) return { refused: no };
      return target === undefined ? { refused: 'not-found' } : { target };
    },
  };
}

const link = { mountPoint: 'Y:', target: TARGET, session: 'global' };
const letters = { 'Y:': TARGET };
const host = { namespace: 'host', root: '' };

describe('a letter whose volume was not in the list', () => {
  it.each<[what: string, later: readonly Moment[], ghosts: number]>([
    ['and is not there, while the letter stays, is a ghost', [{ letters }], 1],
    ['and was just being made is none', [{ letters, volumes: [NAME] }], 0],
    ['and whose letter has gone as well is none', [{ letters }, {}], 0],
    ['and whose letter leads elsewhere by now is none', [{ letters }, { letters: { 'Y:': '\\Device\\Other' } }], 0],
    ['where the volumes are refused by now, is not known', [{ letters, refused: { '\\Device': 'access-denied' } }], 0],
    ['where the letters are refused by now, is not known', [{}, { refused: { '\\GLOBAL??': 'access-denied' } }], 0],
  ])('%s', async (_, later, ghosts) => {
    expect(await findGhosts(passing(later), host, [link], new Set())).toHaveLength(ghosts);
  });

  it('asks nothing anew where every volume was there', async () => {
    const objects = passing([{ refused: { '\\Device': 'access-denied' } }]);
    expect(await findGhosts(objects, host, [link], new Set([NAME.toLowerCase()]))).toEqual([]);
  });
});

describe('the target of a letter', () => {
  it.each<[what: string, moment: Moment, target: string, expected: string]>([
    ['that is there', { volumes: [NAME.toUpperCase()] }, TARGET, 'there'],
    ['that is gone', { volumes: ['Other'] }, TARGET, 'gone'],
    ['whose directory is refused', { refused: { '\\Device': 'access-denied' } }, TARGET, 'unknown'],
    ['that is no device', {}, '\\??\\C:\\data', 'unknown'],
  ])('%s', async (_, moment, target, expected) => {
    expect(await isTargetThere(passing([moment]), '', target)).toBe(expected);
  });
});

describe('a list of letters', () => {
  it.each<[what: string, moment: Moment, links: number, unread: readonly string[]]>([
    ['that is empty', {}, 0, []],
    ['with a letter', { letters }, 1, []],
    ['that is refused is not empty', { refused: { '\\GLOBAL??': 'access-denied' } }, 0, ['\\GLOBAL??']],
    [
      'with a letter that is refused',
      { letters, refused: { '\\GLOBAL??\\Y:': 'access-denied' } },
      0,
      ['\\GLOBAL??\\Y:'],
    ],
    ['with a letter that has just gone', { letters, refused: { '\\GLOBAL??\\Y:': 'not-found' } }, 0, []],
  ])('%s', async (_, moment, links, unread) => {
    const read = await readMountPoints(passing([moment]), '');
    expect([read.links.length, read.unread.map(({ path }) => path)]).toEqual([links, unread]);
  });
});
