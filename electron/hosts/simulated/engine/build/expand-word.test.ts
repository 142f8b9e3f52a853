import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandWord, expandWords } from './expand-word.ts';

const VALUES: Readonly<Record<string, string>> = { A: 'one', EMPTY: '', PATH: 'C:\\Windows' };
const variables = (name: string): string | undefined => VALUES[name];
const curly = (inside: string): string => `$\u007b${inside}\u007d`;

describe('a word of a Dockerfile', () => {
  it.each([
    ['$A/b', 'one/b'],
    [`${curly('A')}b`, 'oneb'],
    ['$Ab', ''],
    [curly('NONE:-else'), 'else'],
    [curly('EMPTY:-else'), 'else'],
    [curly('EMPTY-else'), ''],
    [curly('A:+set'), 'set'],
    [curly('NONE:+set'), ''],
    [curly(`NONE:-${curly('A')}`), 'one'],
    [`'$A'`, '$A'],
    ['"$A b"', 'one b'],
    ['\\$A', '$A'],
    ['"\\$A \\x"', '$A \\x'],
    ['C:\\\\x', 'C:\\x'],
    ['100$', '100$'],
    ['end\\', 'end'],
  ])('%s becomes %s', (text, expected) => {
    expect(expandWord(text, variables, '\\')).toBe(expected);
  });

  it('keeps backslashes where the backtick escapes', () => {
    expect(expandWord('C:\\x\\`$A $PATH', variables, '`')).toBe('C:\\x\\$A C:\\Windows');
  });

  it.each([
    ["'open", 'unexpected end of statement while looking for matching single-quote'],
    ['"open', 'unexpected end of statement while looking for matching double-quote'],
    ['$\u007bA', 'syntax error: bad substitution'],
    [curly('A:=x'), 'unsupported modifier (:=) in substitution'],
    [curly('NONE:?give it'), 'NONE: give it'],
  ])('%s is refused', (text, message) => {
    expect(() => expandWord(text, variables, '\\')).toThrow(message);
  });

  it('of EXPOSE alone may become several', () => {
    expect(expandWords('$PORTS 82', () => '80 81/udp', '\\')).toEqual(['80', '81/udp', '82']);
  });

  it('without signs stays as it is, and a value is never expanded again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, value) => {
        const plain = text.replace(/["'$\\]/g, '');
        expect(expandWord(`${plain}$V`, () => value, '\\')).toBe(plain + value);
      }),
    );
  });
});
