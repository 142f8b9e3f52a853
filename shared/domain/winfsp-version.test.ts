import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, isTooOld, judgeWinFspVersion, readVersion, type ToldVersion } from './winfsp-version.ts';

const told = (...words: readonly string[]): ToldVersion[] =>
  words.map(word => {
    const [source = '', version = ''] = word.split(' ');
    return { source: source as ToldVersion['source'], version };
  });

describe('a version of WinFsp', () => {
  it.each([
    ['1.11', true],
    ['1.11.22176', true],
    ['0.9', true],
    ['1.12', false],
    ['1.12.22339', false],
    ['2.1', false],
    ['10.0', false],
    ['next', false],
  ])('%s is too old: %s', (version, expected) => {
    expect(isTooOld(version)).toBe(expected);
  });

  it.each([
    ['2.1.25156.1a2b3c4', '2.1.25156'],
    ['2.1.25156.0', '2.1.25156.0'],
    [' 2.2', '2.2'],
    ['2', undefined],
    ['', undefined],
    ['WinFsp 2025', undefined],
    ['123456.1', undefined],
  ])('%j reads as %s', (text, expected) => {
    expect(readVersion(text)).toBe(expected);
  });

  it.each([
    ['2.1', '2.1.25156', 0],
    ['2.1.25156', '2.1', 0],
    ['2.1', '2.2', -1],
    ['10.0', '9.9', 1],
    ['2.1.25156', '2.1.26001', -1],
  ])('%s beside %s', (a, b, expected) => {
    expect(Math.sign(compareVersions(a, b))).toBe(expected);
  });
});

describe('what the sources say of the version', () => {
  it.each<[string, ToldVersion[], object]>([
    ['nothing', [], { verdict: 'unknown' }],
    ['the driver alone, which no container loads', told('driver-file 2.1.25156'), { verdict: 'unknown' }],
    ['fsptool alone', told('fsptool 2.1'), { verdict: 'ok', by: { source: 'fsptool', version: '2.1' } }],
    [
      'the installer alone',
      told('installer 2.1.25156'),
      { verdict: 'ok', by: { source: 'installer', version: '2.1.25156' } },
    ],
    [
      'all, each as far as it goes',
      told('fsptool 2.1', 'dll-file 2.1.25156', 'driver-file 2.1.25156', 'installer 2.1.25156'),
      { verdict: 'ok', by: { source: 'dll-file', version: '2.1.25156' } },
    ],
    [
      'a DLL newer than the driver',
      told('fsptool 2.1', 'dll-file 2.1.25156', 'driver-file 1.12.22339'),
      { verdict: 'differs', by: told('dll-file 2.1.25156')[0], other: told('driver-file 1.12.22339')[0] },
    ],
    [
      'a driver that is too old beside a DLL that is not',
      told('dll-file 2.1.25156', 'driver-file 1.10.22006'),
      { verdict: 'too-old', by: told('driver-file 1.10.22006')[0] },
    ],
    [
      'an entry that an update left behind',
      told('dll-file 2.1.25156', 'installer 1.9.21096'),
      { verdict: 'differs', by: told('dll-file 2.1.25156')[0], other: told('installer 1.9.21096')[0] },
    ],
    ['an old entry alone', told('installer 1.9.21096'), { verdict: 'too-old', by: told('installer 1.9.21096')[0] }],
  ])('%s', (_, said, expected) => {
    expect(judgeWinFspVersion(said)).toEqual(expected);
  });

  it('is never ok where one that counts is too old, in whatever order they come', () => {
    const version = fc.tuple(fc.nat(3), fc.nat(20), fc.nat(30_000)).map(parts => parts.join('.'));
    const source = fc.constantFrom<ToldVersion['source']>('fsptool', 'dll-file', 'driver-file', 'installer');
    fc.assert(
      fc.property(fc.uniqueArray(fc.record({ source, version }), { selector: one => one.source }), said => {
        const judged = judgeWinFspVersion(said);
        expect(judgeWinFspVersion([...said].reverse())).toEqual(judged);
        if (judged.verdict !== 'ok' && judged.verdict !== 'differs') return;
        const counted = said.filter(one => one.source !== 'installer' || judged.by.source === 'installer');
        expect(counted.filter(one => isTooOld(one.version))).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });
});
