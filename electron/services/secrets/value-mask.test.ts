import { describe, expect, it } from 'vitest';
import { valueMask } from './value-mask.ts';

describe('a mask', () => {
  it('takes what a base64 text is a piece of along with it', () => {
    const printed = `Authorization: Basic ${Buffer.from('admin:correct horse').toString('base64')}, then`;
    expect(valueMask(['correct horse']).text(printed)).toBe('Authorization: Basic ********, then');
  });

  it('masks texts at any depth, and hands on what holds none', () => {
    class Row {
      readonly text = 'correct horse';
    }
    const row = new Row();
    const masked = valueMask(['correct horse']).json({ a: ['correct horse!', 1, null], row }, '<secret>');
    expect(masked).toEqual({ a: ['<secret>!', 1, null], row });
  });

  it('takes the longest of several that begin at one place', () => {
    expect(valueMask(['swordfish', 'swordfish-and-chips']).text('swordfish-and-chips')).toBe('********');
  });

  it('knows nothing where there is nothing to know', () => {
    const mask = valueMask(['short', '']);
    expect([mask.isIdle, mask.text('short'), mask.settled('short')]).toEqual([true, 'short', 5]);
  });
});
