import { describe, expect, it } from 'vitest';
import { Fault } from '../../../shared/contract/fault-schema.ts';
import { blameOf, type Decision, type Found, type ItemMemory, judgeItem, PATIENCE, pauseAfter } from './judge-item.ts';

const NOW = 1_000_000;
const MEMORY: ItemMemory = { isWanted: true, isHeld: false, failures: 0, notBefore: 0 };
const CASES = {
  'not wanted': { ...MEMORY, isWanted: false },
  held: { ...MEMORY, isHeld: true },
  'failed for good': { ...MEMORY, failures: 1, notBefore: 'never' },
  'before its time': { ...MEMORY, failures: 2, notBefore: NOW + 1 },
  'failed as often as is borne': { ...MEMORY, failures: PATIENCE.quickTries, notBefore: NOW + 1 },
  'often failed': { ...MEMORY, failures: PATIENCE.quickTries + 1, notBefore: NOW + 1 },
  due: { ...MEMORY, failures: 2, notBefore: NOW },
} as const satisfies Record<string, ItemMemory>;

const said = (decision: Decision): string => (decision.act === 'none' ? decision.state : decision.act);

describe('what is done for an item of a workspace', () => {
  it.each<[Found, readonly string[]]>([
    ['foreign', Array.from({ length: 7 }, () => 'taken')],
    ['healthy', Array.from({ length: 7 }, () => 'running')],
    ['silent', Array.from({ length: 7 }, () => 'not-answering')],
    ['paused', Array.from({ length: 7 }, () => 'paused')],
    ['changing', ['stopping', 'launching', 'launching', 'launching', 'launching', 'launching', 'launching']],
    ['volume-gone', ['idle', 'held', 'given-up', 'backing-off', 'backing-off', 'failing', 'recover']],
    ['ended', ['idle', 'held', 'given-up', 'backing-off', 'backing-off', 'failing', 'replace']],
    ['nothing', ['idle', 'held', 'given-up', 'backing-off', 'backing-off', 'failing', 'launch']],
  ])('when its look finds %s', (found, expected) => {
    expect(Object.values(CASES).map(memory => said(judgeItem(found, memory, NOW)))).toEqual(expected);
  });

  it('is tried again after a second, then twice as long, and seldom in the end', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 100].map(failures => pauseAfter(failures) / 1_000);
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 600, 600]);
  });
});

describe('a fault of a launch', () => {
  it('is somebody’s, for every code there is', () => {
    const codes = Fault.options.map(option => option.shape.code.value);
    const of = (who: string): string[] => codes.filter(code => blameOf(code) === who).toSorted();
    expect(of('host')).toEqual([
      'cancelled',
      'disk-full',
      'engine-unreachable',
      'engine-wrong-mode',
      'fsd-not-running',
      'fsd-start-failed',
      'host-unreachable',
      'winfsp-not-installed',
      'winfsp-too-old',
      'winfsp-version-unknown',
    ]);
    expect(of('asked')).toEqual([
      'base-image-incompatible',
      'invalid-input',
      'isolation-unsupported',
      'launch-against-policy',
      'not-found',
      'policy-violated',
      'secret-locked',
      'secrets-missing',
      'unwritten-kept',
    ]);
    expect(of('item')).toContain('volume-did-not-appear');
  });
});
