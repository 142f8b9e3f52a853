import { describe, expect, it } from 'vitest';
import { codeSpans, withoutTicks } from './code-spans.ts';

describe('code in a sentence', () => {
  it.each<[string, readonly (readonly [string, boolean])[]]>([
    ['Nothing.', [['Nothing.', false]]],
    ['', []],
    [
      'Ask `siloscope inspect --probe` first.',
      [
        ['Ask ', false],
        ['siloscope inspect --probe', true],
        [' first.', false],
      ],
    ],
    [
      '`net use`, `docker ps`',
      [
        ['net use', true],
        [', ', false],
        ['docker ps', true],
      ],
    ],
    ['Needs "# escape=`" there.', [['Needs "# escape=`" there.', false]]],
    ['``', [['``', false]]],
  ])('%j', (text, spans) => {
    expect(codeSpans(text).map(one => [one.text, one.isCode])).toEqual(spans);
  });

  it('is said without its backticks where it cannot be set apart', () => {
    expect(withoutTicks('Ask `siloscope doctor`: a ` stays.')).toBe('Ask siloscope doctor: a ` stays.');
  });
});
