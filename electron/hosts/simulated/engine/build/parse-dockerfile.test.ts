import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../api-error.ts';
import { parseDockerfile } from './parse-dockerfile.ts';

const stepOf = (...lines: readonly string[]): object | undefined =>
  parseDockerfile(['FROM base', ...lines].join('\n')).steps[1];

describe('a Dockerfile', () => {
  it.each([
    ['RUN echo a b', { kind: 'run', command: { shell: 'echo a b' }, text: 'RUN echo a b' }],
    ['RUN ["a b", "c"]', { kind: 'run', command: { words: ['a b', 'c'] } }],
    ['CMD ["a", b]', { kind: 'cmd', command: { shell: '["a", b]' } }],
    [
      'ENV A=1 B="two words" C=th\\ ree',
      {
        pairs: [
          ['A', '1'],
          ['B', '"two words"'],
          ['C', 'th\\ ree'],
        ],
      },
    ],
    ['ENV A one two', { pairs: [['A', 'one two']] }],
    [
      'ARG A B=x',
      {
        pairs: [
          ['A', undefined],
          ['B', 'x'],
        ],
      },
    ],
    ['COPY --from=x --chown=y a b c/', { kind: 'copy', from: 'x', sources: ['a', 'b'], to: 'c/' }],
    ['COPY ["a b", "c d"]', { sources: ['a b'], to: 'c d' }],
    ['volume ["C:\\\\data"]', { kind: 'volume', words: ['C:\\data'], text: 'volume ["C:\\\\data"]' }],
    ['HEALTHCHECK CMD dir', { kind: 'healthcheck', check: { Test: ['CMD-SHELL', 'dir'] } }],
    [
      'HEALTHCHECK --interval=1m30s --timeout=500ms --start-period=0s --retries=4 CMD ["dir"]',
      { kind: 'healthcheck', check: { Test: ['CMD', 'dir'], Interval: 90e9, Timeout: 5e8, Retries: 4 } },
    ],
    ['HEALTHCHECK NONE', { kind: 'healthcheck', check: { Test: ['NONE'] } }],
  ])('reads %s', (line, expected) => {
    expect(stepOf(line)).toMatchObject(expected);
  });

  it('joins lines that go on, without comments between', () => {
    expect(stepOf('RUN one \\', '  # no', '  && two')).toMatchObject({ line: 2, text: 'RUN one   && two' });
  });

  it('takes the backtick as its escape sign', () => {
    const { steps, escape: mark } = parseDockerfile('# escape=`\nFROM a\nRUN dir C:\\ `\n  /b');
    expect({ mark, step: steps[1] }).toMatchObject({ mark: '`', step: { command: { shell: 'dir C:\\   /b' } } });
  });

  it('notes an empty line within an instruction', () => {
    expect(parseDockerfile('FROM a\nRUN b \\\n\n && c').warnings).toEqual(['RUN b  && c']);
  });

  it('is read, or refused in a sentence, whatever it says', () => {
    const word = fc.constantFrom(
      'FROM',
      'a',
      'RUN',
      'COPY',
      'ENV',
      'A=1',
      '\\',
      '"',
      '#',
      '--from=x',
      '[',
      ']',
      '\n',
      '<<EOF',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), words => {
        try {
          expect(parseDockerfile(words.join(' ')).steps.length).toBeGreaterThan(0);
        } catch (caught) {
          expect(caught).toBeInstanceOf(ApiError);
        }
      }),
    );
  });
});
