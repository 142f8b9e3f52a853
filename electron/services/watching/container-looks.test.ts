import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { containerLooks } from './container-looks.ts';

const START = Date.UTC(2026, 0, 1);

/** Looks that note what they look at, and find volumes where the test says so. */
function looksOf(found: ReadonlySet<string> = new Set(), answer?: () => Promise<void>) {
  const clock = new ManualClock();
  const seen: string[] = [];
  const looks = containerLooks(clock, async containers => {
    seen.push(`${clock.now() - START} ${[...containers].join(' ')}`);
    await answer?.();
    return new Set([...containers].filter(id => found.has(id)));
  });
  const pass = async (ms: number): Promise<void> => {
    for (let step = 0; step < ms; step += 10) {
      clock.advance(10);
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    }
  };
  return { clock, looks, seen, pass };
}

describe('looks at a container that came', () => {
  it('come at once, then ever more seldom, then no more', async () => {
    const { looks, seen, pass } = looksOf();
    looks.touch('a', 'came');
    await pass(20_000);
    expect(seen.length).toBe(10);
    expect(seen[0]).toBe('0 a');
    expect(seen.at(-1)).toBe('4000 a');
    looks.dispose();
  });

  it('end with one more, once its volume is there', async () => {
    const { looks, seen, pass } = looksOf(new Set(['a']));
    looks.touch('a', 'came');
    await pass(20_000);
    expect(seen).toEqual(['0 a', '4000 a']);
    looks.dispose();
  });

  it('are one look for all that came at once', async () => {
    const { looks, seen, pass } = looksOf(new Set(['a', 'b', 'c']));
    for (const id of ['a', 'b', 'c']) looks.touch(id, 'came');
    await pass(100);
    expect(seen).toEqual(['0 a b c']);
    looks.dispose();
  });

  it('are never two at a time, and none is lost', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    const { looks, seen, pass } = looksOf(new Set(['a', 'b']), () => held);
    looks.touch('a', 'came');
    await pass(50);
    looks.touch('b', 'came');
    await pass(50);
    expect(seen).toEqual(['0 a']);
    release();
    await pass(50);
    expect(seen.at(-1)).toMatch(/ b$/);
    looks.dispose();
  });

  it('go on after one that failed', async () => {
    const { looks, seen, pass } = looksOf(new Set(), () => Promise.reject(new Error('no answer')));
    looks.touch('a', 'gone');
    await pass(5_000);
    expect(seen).toEqual(['0 a', '100 a', '300 a', '1200 a']);
    looks.dispose();
  });

  it('begin anew with the next event', async () => {
    const { looks, seen, pass } = looksOf();
    looks.touch('a', 'came');
    await pass(1_000);
    seen.length = 0;
    looks.touch('a', 'gone');
    await pass(5_000);
    expect(seen).toEqual(['1000 a', '1100 a', '1300 a', '2200 a']);
    looks.dispose();
  });

  it('remember who came or went since', async () => {
    const { looks, pass } = looksOf();
    looks.touch('a', 'came');
    await pass(100);
    looks.touch('b', 'gone');
    expect([...looks.touchedSince(START)]).toEqual(['a', 'b']);
    expect([...looks.touchedSince(START + 100)]).toEqual(['b']);
    await pass(1_000_000);
    looks.touch('c', 'came');
    expect([...looks.touchedSince(START)]).toEqual(['c']);
    looks.dispose();
  });
});
