import { describe, expect, it } from 'vitest';
import { childPath, type Directory, markEntries, type ObjectEntry, parentPath } from './diff-listings.ts';

const inDevice = (entries: readonly ObjectEntry[]): Directory => ({ path: '\\Device', entries });
const host = [
  { name: 'Http', type: 'Directory' },
  { name: 'Mup', type: 'Device' },
  { name: 'Null', type: 'SymbolicLink', target: '\\Device\\Null' },
  { name: 'WinFsp.Net', type: 'SymbolicLink', target: '\\Device\\WinFsp.Net+2.1' },
];
const silo = [
  { name: 'Http', type: 'Device' },
  { name: 'WINFSP.NET', type: 'SymbolicLink', target: '\\Device\\WinFsp.Net+2.0' },
  { name: 'Volume{1}', type: 'Device' },
  { name: 'MUP', type: 'SymbolicLink', target: '\\Device\\Mup' },
  { name: 'null', type: 'SymbolicLink', target: '\\device\\null' },
];

describe('two directories of objects, side by side', () => {
  it('are compared by name without case, then by type, then by where they lead', () => {
    expect(markEntries(inDevice(silo), inDevice(host)).map(({ name, mark }) => [name, mark])).toEqual([
      ['Http', 'other-type'],
      ['MUP', 'linked'],
      ['null', 'same'],
      ['Volume{1}', 'only-here'],
      ['WINFSP.NET', 'other-target'],
    ]);
  });

  it('bear no marks while the other side has no answer', () => {
    expect(markEntries(inDevice(host), undefined)).toEqual(host);
  });
});

describe('a link that names the very object of the other side', () => {
  it('is marked as shared on both sides', () => {
    const mup = (entries: readonly ObjectEntry[], others: readonly ObjectEntry[]) =>
      markEntries(inDevice(entries), inDevice(others)).find(({ name }) => name.toLowerCase() === 'mup')?.mark;
    expect([mup(host, silo), mup(silo, host)]).toEqual(['linked', 'linked']);
  });
});

describe('a path of the object namespace', () => {
  it.each([
    ['\\Device\\Http', '\\Device'],
    ['\\Device', '\\'],
    ['\\Device\\', '\\'],
    ['\\', '\\'],
  ])('%s lies in %s', (path, parent) => {
    expect(parentPath(path)).toBe(parent);
  });

  it.each([
    ['\\', 'Device', '\\Device'],
    ['\\Device', 'Http', '\\Device\\Http'],
  ])('%s with %s gives %s', (path, name, child) => {
    expect(childPath(path, name)).toBe(child);
  });
});
