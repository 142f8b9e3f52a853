import { describe, expect, it } from 'vitest';
import { childPath, markEntries, parentPath } from './diff-listings.ts';

const host = [
  { name: 'Mup', type: 'Device' },
  { name: 'Null', type: 'SymbolicLink', target: '\\Device\\Null' },
  { name: 'WinFsp.Net', type: 'SymbolicLink', target: '\\Device\\WinFsp.Net+2.1' },
];
const silo = [
  { name: 'WINFSP.NET', type: 'SymbolicLink', target: '\\Device\\WinFsp.Net+2.0' },
  { name: 'Volume{1}', type: 'Device' },
  { name: 'MUP', type: 'SymbolicLink', target: '\\Device\\Mup' },
  { name: 'null', type: 'SymbolicLink', target: '\\device\\null' },
];

describe('two directories of objects, side by side', () => {
  it('are compared by name without case, then by type, then by where they lead', () => {
    expect(markEntries(silo, host).map(({ name, mark }) => [name, mark])).toEqual([
      ['MUP', 'other-type'],
      ['null', 'same'],
      ['Volume{1}', 'only-here'],
      ['WINFSP.NET', 'other-target'],
    ]);
  });

  it('bear no marks while the other side has no answer', () => {
    expect(markEntries(host, undefined)).toEqual(host);
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
