import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { Page } from './page.ts';
import { type Style, span, type Text, type Tone } from './style.ts';
import { lineWidth, wrap } from './wrap.ts';

const tone = fc.constantFrom<Tone>('plain', 'bad', 'faint');
const anyText = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 }));
const text: fc.Arbitrary<Text> = fc.array(
  fc.tuple(tone, anyText).map(([chosen, words]) => span(chosen, words)),
  { maxLength: 4 },
);
/** No character is wider than two columns, and one always fits. */
const width = fc.integer({ min: 2, max: 60 });
const plain = (columns: number): Style => ({ width: columns, tableWidth: columns, paint: words => words });
const withoutBlanks = (words: string) => words.replace(/\s/g, '');

describe('wrapped text', () => {
  it('is never wider than it may be', () => {
    fc.assert(
      fc.property(text, width, width, (words, first, later) => {
        const lines = wrap(words, first, later);
        lines.forEach((line, index) => {
          const graphemes = [...new Intl.Segmenter().segment(line.map(piece => piece.text).join(''))].length;
          if (graphemes > 1) expect(lineWidth(line)).toBeLessThanOrEqual(index === 0 ? first : later);
        });
      }),
    );
  });

  it('says the same as in one line', () => {
    fc.assert(
      fc.property(text, width, (words, columns) => {
        const said = (lines: readonly (readonly { readonly text: string }[])[]) =>
          withoutBlanks(lines.map(line => line.map(piece => piece.text).join('')).join(''));
        expect(said(wrap(words, columns))).toBe(said(wrap(words, Number.POSITIVE_INFINITY)));
      }),
    );
  });
});

describe('a page of untrusted text', () => {
  it('holds nothing that moves a cursor', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.array(fc.array(anyText, { minLength: 2, maxLength: 2 }), { maxLength: 4 }),
        (words, rows) => {
          const page = new Page(plain(40)).text(words).command(words).raw(words, 2).verbatim(words);
          page.table({ columns: ['A', 'B'], rows });
          expect(page.toString().replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        },
      ),
    );
  });
});

describe('a table', () => {
  it('keeps to the width of the terminal', () => {
    const cell = fc.string({ unit: 'grapheme-ascii', maxLength: 30 });
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 12, max: 100 }), (cells, columns) => {
        const lines = new Page(plain(columns))
          .table({ columns: ['ONE', 'TWO', 'THREE'], rows: cells })
          .toString()
          .split('\n');
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
