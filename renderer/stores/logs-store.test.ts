import { describe, expect, it } from 'vitest';
import type { LogPiece } from '../../shared/domain/log-piece.ts';
import { appendPieces, type LogLine, MOST_LINES } from './logs-store.ts';

const out = (text: string): LogPiece => ({ stream: 'stdout', text });
const err = (text: string): LogPiece => ({ stream: 'stderr', text });
const read = (pieces: readonly LogPiece[]): readonly LogLine[] =>
  pieces.reduce<readonly LogLine[]>((lines, piece) => appendPieces(lines, [piece]), []);

describe('what a program wrote', () => {
  it.each<[string, LogPiece[], string[]]>([
    ['one line a piece', [out('a\n'), out('b\n')], ['a\n', 'b\n']],
    ['several lines in one piece', [out('a\nb\nc')], ['a\n', 'b\n', 'c']],
    ['a line in several pieces', [out('a'), out('b'), out('c\n'), out('d')], ['abc\n', 'd']],
    ['two streams', [out('a'), err('oops\n'), out('b\n')], ['a', 'oops\n', 'b\n']],
    ['nothing', [out('')], []],
    ['empty lines', [out('\n\n')], ['\n', '\n']],
  ])('is read line by line: %s', (_name, pieces, lines) => {
    expect(read(pieces).map(({ text }) => text)).toEqual(lines);
    expect(appendPieces([], pieces)).toEqual(read(pieces));
  });

  it('counts on when the oldest lines are let go', () => {
    const lines = read([out('x\n'.repeat(MOST_LINES)), out('last\n')]);
    expect([lines.length, lines[0]?.number, lines.at(-1)?.number]).toEqual([MOST_LINES, 2, MOST_LINES + 1]);
  });

  it('becomes several lines where it never ends one', () => {
    const part = 'x'.repeat(16_384);
    const lines = read(Array.from({ length: 40 }, () => out(part)));
    expect(lines.map(({ text }) => text).join('')).toBe(part.repeat(40));
    expect(Math.max(...lines.map(({ text }) => text.length))).toBeLessThan(100_000);
  });
});
