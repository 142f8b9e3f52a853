import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dockerfileLines, judgeRecipe } from './judge-recipe.ts';
import { BUILT_IN_PROFILES } from './profiles.ts';

const HASH = 'a'.repeat(64);
const because = (...lines: readonly string[]): string[] =>
  judgeRecipe({ dockerfile: ['ARG BASE', 'FROM $BASE', ...lines].join('\n') }).map(
    issue => `${issue.because} ${issue.line ?? ''}`,
  );

describe('a recipe for an image', () => {
  it.each([
    ['that downloads and checks', [`RUN curl -o x https://x && certutil -hashfile x SHA256 | find "${HASH}"`], []],
    ['whose hash is an ARG', [`ARG SUM=${HASH}`, 'RUN curl -o x https://x && check %SUM%'], []],
    ['whose hash is an ARG nobody looks at', [`ARG SUM=${HASH}`, 'RUN curl -o x https://x'], ['unpinned-download 4']],
    ['that downloads unchecked', ['RUN powershell Invoke-WebRequest https://x -OutFile x'], ['unpinned-download 3']],
    ['that downloads unchecked, over lines', ['RUN cd x && \\', '  curl https://x'], ['unpinned-download 3']],
    ['that installs what a store has today', ['RUN choco install rclone'], ['unpinned-download 3']],
    ['that adds from the network', ['ADD https://x/y C:/'], ['add-from-url 3']],
    ['that wants BuildKit', ['RUN --mount=type=cache,target=x dir'], ['buildkit-only 3']],
    ['that takes files', ['COPY a.exe C:/a/'], []],
  ])('%s', (_, lines, expected) => {
    expect(because(...lines)).toEqual(expected);
  });

  it('names its base by itself, or not at all', () => {
    expect(judgeRecipe({ dockerfile: 'FROM x:1' })).toMatchObject([{ line: 1, because: 'other-base' }]);
    expect(judgeRecipe({ dockerfile: 'RUN dir' })).toMatchObject([{ because: 'no-base-arg' }]);
    expect(judgeRecipe({ dockerfile: '# nothing' })).toMatchObject([{ because: 'no-instruction' }]);
  });

  it('that comes along has nothing against it', () => {
    const recipes = BUILT_IN_PROFILES.flatMap(({ recipe }) => recipe ?? []);
    expect(recipes.length).toBeGreaterThan(9);
    expect(recipes.flatMap(judgeRecipe)).toEqual([]);
  });

  it('is read whatever it says, each line once', () => {
    const word = fc.constantFrom('FROM x', 'RUN a', '\\', '`', '# escape=`', '', ' ', '#', 'COPY a b \\');
    fc.assert(
      fc.property(fc.array(word), lines => {
        const text = lines.join('\n');
        const numbers = dockerfileLines(text).map(({ line }) => line);
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        expect(numbers.every(line => line >= 1 && line <= lines.length)).toBe(true);
      }),
    );
  });
});
