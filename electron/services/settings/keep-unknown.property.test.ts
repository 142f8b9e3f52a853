import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { Settings } from '../../../shared/domain/settings.ts';
import { memoryFiles } from './files.ts';
import { keepUnknown } from './keep-unknown.ts';
import { Preferences } from './preferences.ts';

const own = fc.record(
  {
    appearance: fc.record({ theme: fc.constantFrom('system', 'light', 'dark') }),
    autostart: fc.boolean(),
    hosts: fc.uniqueArray(fc.constantFrom('local', 'ssh://me@one', 'ssh://me@two').map(id => ({ id, title: id }))),
  },
  { requiredKeys: [] },
);
/** Keys of a version to come: none that this one knows. */
const foreign = fc
  .dictionary(fc.stringMatching(/^x-[a-z]{1,8}$|^__proto__$/), fc.jsonValue(), { maxKeys: 4 })
  // JSON has one zero.
  .map((value): object => JSON.parse(JSON.stringify(value)));
const entriesOf = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(typeof value === 'object' && value !== null ? value : {}));

describe('what this version does not know in a kept file', () => {
  it('is there after any change, at every depth, and what was changed is changed', async () => {
    await fc.assert(
      fc.asyncProperty(own, foreign, foreign, fc.boolean(), async (settings, above, within, closeToTray) => {
        const written = JSON.stringify({
          ...Object.fromEntries(Object.entries(above)),
          ...settings,
          guard: { mode: 'off', ...Object.fromEntries(Object.entries(within)) },
        });
        const kept = new Map([['settings.json', written]]);
        const preferences = new Preferences(new ManualClock(), memoryFiles(kept));
        await preferences.write({ closeToTray });
        const whole: unknown = JSON.parse(kept.get('settings.json') ?? '');
        const after = entriesOf(whole);
        for (const [key, value] of Object.entries(above)) expect(after.get(key)).toEqual(value);
        const guard = entriesOf(after.get('guard'));
        for (const [key, value] of Object.entries(within)) expect(guard.get(key)).toEqual(value);
        const expected = Settings.parse({ ...settings, closeToTray });
        expect(await preferences.settings()).toEqual(expected);
        expect(kept.get('settings.json.last')).toBe(kept.get('settings.json'));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['a known key that was taken out stays out', { a: 1, b: 2 }, { a: 1, b: 2 }, { a: 1 }, { a: 1 }],
    [
      'an entry keeps its own, wherever it goes',
      [{ id: 'x', new: 1 }, { id: 'y' }],
      [{ id: 'x' }, { id: 'y' }],
      [{ id: 'y' }, { id: 'x' }],
      [{ id: 'y' }, { id: 'x', new: 1 }],
    ],
    ['an entry that goes takes its own along', [{ name: 'x', new: 1 }], [{ name: 'x' }], [], []],
    ['what takes another shape is as it is saved', { a: { new: 1 } }, { a: {} }, { a: [1] }, { a: [1] }],
    ['nothing was there', undefined, undefined, { a: 1 }, { a: 1 }],
  ])('%s', (_, raw, read, next, saved) => {
    expect(keepUnknown(raw, read, next)).toEqual(saved);
  });
});
