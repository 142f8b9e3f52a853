import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dockerfileLines } from '../../../shared/domain/judge-recipe.ts';
import { applyBuildLine, type BuildState, STARTED_BUILD } from './build-stream.ts';

const LINES = dockerfileLines('ARG BASE\nFROM $BASE\n\nRUN a');

const read = (...said: readonly unknown[]): BuildState =>
  said.reduce<BuildState>((state, line) => applyBuildLine(state, line, LINES).state, STARTED_BUILD);

describe("the stream of the engine's builder", () => {
  it('tells which images the build made itself: neither the base nor what was in the cache', () => {
    const state = read(
      { stream: 'Step 2/4 : FROM $BASE' },
      { stream: ' ---> aaaaaaaaaaaa\n' },
      { stream: 'Step 3/4 : RUN a' },
      { stream: ' ---> Using cache\n' },
      { stream: ' ---> bbbbbbbbbbbb\n' },
      { stream: 'Step 4/4 : RUN b' },
      { stream: ' ---> Running in cccccccccccc\n' },
      { stream: '\u001b[91mred\n\u001b[0m' },
      { stream: ' ---> dddddddddddd\n' },
      { aux: { ID: 'sha256:d' } },
      { stream: 'Successfully built dddddddddddd\n' },
    );
    expect(state).toMatchObject({ made: ['dddddddddddd'], id: 'sha256:d', isBuilt: true, output: 'red\n' });
  });

  it('names the line of a step, and not of one that is not in the text', () => {
    expect(read({ stream: 'Step 3/4 : RUN a' }).step).toEqual({ number: 3, of: 4, text: 'RUN a', line: 4 });
    expect(read({ stream: 'Step 4/4 : LABEL a=b' }).step).toEqual({ number: 4, of: 4, text: 'LABEL a=b' });
  });

  it('may say anything: it is read without failing, and bounded', () => {
    const line = fc.oneof(
      fc.anything(),
      fc.record({ stream: fc.string() }),
      fc.record({ error: fc.string(), errorDetail: fc.anything() }),
      fc.record({ aux: fc.anything() }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), said => {
        expect(read(...said, { stream: 'x'.repeat(20_000) }).output.length).toBeLessThanOrEqual(8_000);
      }),
    );
  });
});
