import { describe, expect, it } from 'vitest';
import { decode } from './error-decoder.ts';
import { knownErrors } from './known-errors.ts';

describe('known errors among texts', () => {
  it('are told once each, in their order, with every text that told of them', () => {
    const texts = ['fsptool: 0xc0000034', 'nobody knows this', 'open: 0xC0000034', 'look: 0xc0000022'];
    expect(knownErrors(texts)).toEqual([
      { known: decode('0xc0000034'), texts: ['fsptool: 0xc0000034', 'open: 0xC0000034'] },
      { known: decode('0xc0000022'), texts: ['look: 0xc0000022'] },
    ]);
    expect(knownErrors(['all is well', ''])).toEqual([]);
  });
});
