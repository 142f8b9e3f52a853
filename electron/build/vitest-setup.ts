import { configureGlobal } from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Disposable, trackDisposables } from '../../shared/base/disposables.ts';

// A gate must say the same of the same commit. Elsewhere each run of a property looks at new cases.
if (process.env['CI'] !== undefined) configureGlobal({ seed: 20_261_122 });

/** Every suite ends with no disposable left open. */
const open = new Map<Disposable, Error>();

beforeAll(() => {
  open.clear();
  trackDisposables({
    made: disposable => void open.set(disposable, new Error('made here and never disposed')),
    ended: disposable => void open.delete(disposable),
  });
});

afterAll(() => {
  trackDisposables(undefined);
  const leaks = [...open.values()].map(error => error.stack);
  open.clear();
  expect(leaks, 'disposables that were never disposed').toEqual([]);
});
