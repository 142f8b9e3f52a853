import { describe, expect, it } from 'vitest';
import { NT_STATUS } from '../../nt-status.ts';
import { createObjectReader } from './read-objects.ts';
import { type StandInTree, standInCalls } from './testing/stand-in-calls.ts';

const tree: StandInTree = {
  '\\': [
    ['Device', 'Directory'],
    ['Silos', 'Directory'],
  ],
  '\\Silos': [],
  '\\Device': Array.from({ length: 5_000 }, (_, at) => [`HarddiskVolume${at}`, 'Device'] as const),
};

describe.each([
  ['a kernel that knows batches', { batches: true }],
  ['a kernel that knows single entries only', { batches: false }],
])('the object namespace of %s', (_name, kernel) => {
  const made = () => {
    const calls = standInCalls(tree, { links: { '\\DosDevices': '\\??' }, ...kernel });
    return { calls, reader: createObjectReader(calls) };
  };

  it('is listed from its root, with the virtual \\?? added', () => {
    const { reader, calls } = made();
    expect(reader.list('\\')).toEqual({
      entries: [
        { name: 'Device', type: 'Directory' },
        { name: 'Silos', type: 'Directory' },
        { name: '??', type: 'Directory' },
      ],
    });
    expect(calls.openHandles()).toBe(0);
  });

  it('has empty directories, and large ones', () => {
    const { reader, calls } = made();
    expect(reader.list('\\Silos')).toEqual({ entries: [] });
    const listed = reader.list('\\Device');
    const names = 'entries' in listed ? listed.entries.map(({ name }) => name) : [];
    expect(names).toEqual(tree['\\Device']?.map(([name]) => name));
    expect(calls.openHandles()).toBe(0);
  });

  it('has links, read by their own handle', () => {
    const { reader, calls } = made();
    expect(reader.readLink('\\DosDevices')).toEqual({ target: '\\??' });
    expect(calls.openHandles()).toBe(0);
  });

  it('refuses a directory with more entries than the limit, rather than cutting it short', () => {
    const calls = standInCalls(tree, kernel);
    const reader = createObjectReader(calls, { entries: 4_999, depth: 64 });
    expect(reader.list('\\Device')).toEqual({ refused: 'unsupported' });
    expect(calls.openHandles()).toBe(0);
  });

  it.each([
    ['list', '\\Nothing', 'not-found'],
    ['list', 'Device', 'malformed-name'],
    ['list', '', 'malformed-name'],
    ['list', '\\Device\0\\Mup', 'malformed-name'],
    ['list', `\\${'deep\\'.repeat(64)}down`, 'malformed-name'],
    ['list', `\\${'x'.repeat(16_384)}`, 'malformed-name'],
    ['readLink', '\\Device', 'wrong-type'],
  ] as const)('refuses to %s %j: %s', (verb, path, refused) => {
    const { reader, calls } = made();
    expect(reader[verb](path)).toEqual({ refused });
    expect(calls.openHandles()).toBe(0);
  });

  it('says so when the right to look is missing', () => {
    const calls = standInCalls(tree, { ...kernel, queryStatus: NT_STATUS.ACCESS_DENIED });
    expect(createObjectReader(calls).list('\\Silos')).toEqual({ refused: 'access-denied' });
    expect(calls.openHandles()).toBe(0);
  });
});

describe('a kernel that does not move on', () => {
  it('does not hold the reader forever', () => {
    const calls = standInCalls(tree, { batches: false, stuck: true });
    expect(createObjectReader(calls).list('\\Device')).toEqual({ refused: 'unsupported' });
  });
});
