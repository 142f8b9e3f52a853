import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ManualClock } from '../../../shared/base/clock.ts';
import type { SettingsNotice } from '../../../shared/domain/settings.ts';
import { type Files, memoryFiles } from './files.ts';
import { KeptDocument } from './kept-document.ts';

const Counted = z.object({ count: z.int(), text: z.string() });
type Counted = z.infer<typeof Counted>;

/** Power goes at step `fatal`: a write leaves a beginning of its text behind, a rename has happened or has not. */
function mortal(
  kept: Map<string, string>,
  fatal: number,
  how: { readonly torn: number; readonly late: boolean },
): Files {
  const sound = memoryFiles(kept);
  let step = 0;
  const isDead = (): boolean => step > fatal;
  const dies = (): boolean => step++ === fatal;
  const dead = (): Promise<never> => Promise.reject(new Error('no power'));
  return {
    read: name => (isDead() ? dead() : sound.read(name)),
    async write(name, text) {
      if (isDead()) return dead();
      if (!dies()) return sound.write(name, text);
      await sound.write(name, text.slice(0, Math.floor((text.length * how.torn) / 100)));
      return dead();
    },
    async rename(from, to) {
      if (isDead()) return dead();
      const last = dies();
      if (!last || how.late) await sound.rename(from, to);
      return last ? dead() : undefined;
    },
    remove: name => (isDead() ? dead() : sound.remove(name)),
  };
}

const document = (files: Files, notices: SettingsNotice[] = []) =>
  new KeptDocument(files, new ManualClock(), 'kept.json', Counted, notice => notices.push(notice));

const content = fc.record({ count: fc.integer(), text: fc.string() });

describe('a kept document', () => {
  it('is as it was or as it should be, at whatever step the power goes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(content, { minLength: 1, maxLength: 4 }),
        content,
        fc.nat(6),
        fc.record({ torn: fc.integer({ min: 0, max: 100 }), late: fc.boolean() }),
        async (earlier, last, fatal, how) => {
          const kept = new Map<string, string>();
          for (const one of earlier) await document(memoryFiles(kept)).update(() => one);
          const saved = await document(mortal(kept, fatal, how))
            .update(() => last)
            .then(
              () => true,
              () => false,
            );
          const notices: SettingsNotice[] = [];
          const found = await document(memoryFiles(kept), notices).read();
          expect(notices).toEqual([]);
          const before = earlier.at(-1);
          if (saved) expect(found).toEqual(last);
          else expect([before, last]).toContainEqual(found);
          // And it goes on: the next save finds nothing in its way.
          await document(memoryFiles(kept)).update(() => last);
          expect(await document(memoryFiles(kept)).read()).toEqual(last);
        },
      ),
    );
  });

  it('that was spoilt comes back as it was last saved, the spoilt one put aside', async () => {
    await fc.assert(
      fc.asyncProperty(content, fc.string(), async (good, spoilt) => {
        const kept = new Map<string, string>();
        await document(memoryFiles(kept)).update(() => good);
        kept.set('kept.json', `${spoilt}}`);
        const notices: SettingsNotice[] = [];
        const reader = document(memoryFiles(kept), notices);
        expect(await reader.read()).toEqual(good);
        expect(notices).toEqual([
          {
            file: 'kept.json',
            setAside: 'kept.json.broken-2026-01-01T00-00-00.000Z',
            recovered: 'last-good',
            reason: expect.any(String),
          },
        ]);
        expect(kept.get('kept.json.broken-2026-01-01T00-00-00.000Z')).toBe(`${spoilt}}`);
        expect(await reader.read()).toEqual(good);
        expect(notices.length).toBe(1);
      }),
    );
  });

  it('loses no change of many at once', async () => {
    const kept = new Map<string, string>();
    const one = document(memoryFiles(kept));
    const add = (present: Counted | undefined): Counted => ({ count: (present?.count ?? 0) + 1, text: '' });
    await Promise.all(Array.from({ length: 20 }, () => one.update(add)));
    expect(await one.read()).toEqual({ count: 20, text: '' });
  });
});
