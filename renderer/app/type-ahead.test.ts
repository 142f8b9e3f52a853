import { describe, expect, it } from 'vitest';
import { typeAhead } from './type-ahead.ts';

const after = (...keys: readonly string[]): string | undefined =>
  keys.reduce<string | undefined>(
    (ahead, key) =>
      ahead === undefined ? undefined : typeAhead(ahead, { key, ctrlKey: false, metaKey: false, altKey: false }),
    '',
  );

describe('what is typed before the palette has the focus', () => {
  it.each([
    [['l', 'o', 'o', 'k'], 'look'],
    [['l', 'k', 'Backspace', 'o'], 'lo'],
    [['Backspace'], ''],
    [['l', 'Enter'], 'l\n'],
    [['l', 'Enter', 'x', 'Backspace', 'Enter'], 'l\n'],
    [['l', 'Tab'], undefined],
    [['F1'], undefined],
  ])('%j is %j', (keys, expected) => {
    expect(after(...keys)).toBe(expected);
  });

  it.each(['ctrlKey', 'metaKey', 'altKey'])('leaves a chord with %s alone', modifier => {
    const press = { key: 'a', ctrlKey: false, metaKey: false, altKey: false, [modifier]: true };
    expect(typeAhead('', press)).toBeUndefined();
  });
});
