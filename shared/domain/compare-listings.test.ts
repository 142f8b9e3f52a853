import { describe, expect, it } from 'vitest';
import { type Directory, diffListings, markEntries } from './compare-listings.ts';
import { childPath, type ListedObject as ObjectEntry, parentPath } from './object-entry.ts';

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

describe('the difference of two directories', () => {
  it('is what only one has, and what is another thing there', () => {
    const { onlyHere, onlyThere, changed, alike } = diffListings(inDevice(silo), inDevice(host));
    expect({
      onlyHere: onlyHere.map(({ name }) => name),
      onlyThere: onlyThere.map(({ name }) => name),
      changed: changed.map(({ here, there }) => [here.name, here.target ?? here.type, there.target ?? there.type]),
      alike,
    }).toEqual({
      onlyHere: ['Volume{1}'],
      onlyThere: [],
      changed: [
        ['Http', 'Device', 'Directory'],
        ['WINFSP.NET', '\\Device\\WinFsp.Net+2.0', '\\Device\\WinFsp.Net+2.1'],
      ],
      alike: 2,
    });
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
