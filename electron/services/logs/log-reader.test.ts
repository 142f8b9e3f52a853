import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frame } from '../testing/stand-in-engine.ts';
import { LogReader } from './log-reader.ts';

/** Cases a property: what comes from outside is read. */
const RUNS = 10_000;

const AT = '2026-11-22T02:50:00.000000001Z';

function read(tty: boolean, ...chunks: readonly Buffer[]): unknown {
  const reader = new LogReader(tty);
  return [...chunks.flatMap(chunk => [...reader.push(chunk)]), ...reader.end()];
}

describe('the log of a container', () => {
  it.each<[string, boolean, Buffer[], unknown[]]>([
    [
      'in frames, one a line',
      false,
      [frame(1, `${AT} up\r\n`), frame(2, `${AT} oops\n`)],
      [
        { stream: 'stdout', text: 'up\r\n', at: AT },
        { stream: 'stderr', text: 'oops\n', at: AT },
      ],
    ],
    ['of a terminal, bare', true, [Buffer.from(`${AT} C:\\>`)], [{ stream: 'stdout', text: 'C:\\>', at: AT }]],
    [
      'of a terminal, cut anywhere',
      true,
      [Buffer.from(`${AT} on`), Buffer.from(`e\n${AT} two\n`)],
      [
        { stream: 'stdout', text: 'one\n', at: AT },
        { stream: 'stdout', text: 'two\n', at: AT },
      ],
    ],
    ['with an empty line', false, [frame(1, `${AT} \n`)], [{ stream: 'stdout', text: '\n', at: AT }]],
    ['without timestamps', false, [frame(1, 'plain\n')], [{ stream: 'stdout', text: 'plain\n' }]],
    ['empty', false, [], []],
  ])('%s', (_, tty, chunks, expected) => {
    expect(read(tty, ...chunks)).toEqual(expected);
  });

  it('keeps every character of any text, however its bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 8 }),
        fc.boolean(),
        fc.nat(40),
        (lines, tty, size) => {
          const texts = lines.map(line => `${line.replaceAll('\n', '')}\n`);
          const bytes = Buffer.concat(
            texts.map(text => (tty ? Buffer.from(`${AT} ${text}`) : frame(1, `${AT} ${text}`))),
          );
          const chunks = Array.from({ length: Math.ceil(bytes.length / (size + 1)) }, (_, at) =>
            bytes.subarray(at * (size + 1), (at + 1) * (size + 1)),
          );
          expect(read(tty, ...chunks)).toEqual(texts.map(text => ({ stream: 'stdout', text, at: AT })));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('never keeps more of an endless line than its bound', () => {
    const reader = new LogReader(true);
    const told = Array.from({ length: 100 }, () => reader.push(Buffer.alloc(10_000, 'x'))).flat();
    expect(told.reduce((sum, { text }) => sum + text.length, 0)).toBeGreaterThan(900_000);
  });
});
