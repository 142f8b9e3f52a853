import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PullProgress } from '../../../shared/domain/launch.ts';
import { applyPullLine, pullProgress, startedPull } from './pull-progress.ts';

/** Cases a property: what comes from outside is read. */
const RUNS = 10_000;

const id = fc.constantFrom('a1b2c3d4e5f6', 'b1b2c3d4e5f6', 'c1b2c3d4e5f6');
const detail = fc.record({ current: fc.nat(2_000), total: fc.nat(1_000) });
const line: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({
    status: fc.constantFrom(
      'Pulling fs layer',
      'Waiting',
      'Verifying Checksum',
      'Download complete',
      'Pull complete',
      'Already exists',
      'Retrying in 5 seconds',
    ),
    id,
    progressDetail: fc.constant({}),
  }),
  fc.record({ status: fc.constantFrom('Downloading', 'Extracting'), id, progressDetail: detail }),
  fc.constant({ status: 'Pulling from windows/servercore', id: 'ltsc2025' }),
  fc.constant({ status: 'Digest: sha256:00' }),
  fc.anything(),
);

describe('any stream of a pull', () => {
  it('gives a fraction within 0..1 that never falls, at any prefix', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), lines => {
        let state = startedPull('x');
        let shown = 0;
        for (const one of lines) {
          state = applyPullLine(state, one);
          const progress = PullProgress.parse(pullProgress(state));
          expect(progress.fraction).toBeGreaterThanOrEqual(shown);
          for (const layer of progress.layers) {
            expect(layer.downloaded).toBeLessThanOrEqual(layer.total);
            expect(layer.extracted).toBeLessThanOrEqual(layer.total);
          }
          shown = progress.fraction;
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('is done only when the engine says so', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), lines => {
        const state = lines.reduce(applyPullLine, startedPull('x'));
        expect(pullProgress(state).fraction < 1 || state.complete).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});
