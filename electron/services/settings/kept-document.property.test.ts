import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ManualClock } from '../../../shared/base/clock.ts';
import type { SettingsNotice } from '../../../shared/domain/settings.ts';
import { type Files, memoryFiles } from './files.ts';
import { KeptDocument } from './kept-document.ts';

const Counted = z.object({ count: z.int(), text: z.string() });
type Counted = z.infer<typeof Counted>;

/** Power goes at step `fatal`, which has happened (`late`) or has not. What a real disk holds then: crash-at-every-write.test.ts. */
function mortal(kept: Map<string, string>, fatal: number, late: boolean): Files {
  const sound = memoryFiles(kept);
  let step = 0;
  const dead = (): Promise<never> => Promise.reject(new Error('no power'));
  const living = async (act: () => Promise<void>): Promise<void> => {
    const now = step++;
    if (now < fatal || (now === fatal && late)) await act();
    if (now >= fatal) return dead();
  };
  return {
    read: name => (step > fatal ? dead() : sound.read(name)),
    replace: (name, text) => living(() => sound.replace(name, text)),
    copy: (from, to) => living(() => sound.copy(from, to)),
    remove: name => living(() => sound.remove(name)),
    locked: work => work(),
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
        fc.nat(2),
        fc.boolean(),
        async (earlier, last, fatal, late) => {
          const kept = new Map<string, string>();
          for (const one of earlier) await document(memoryFiles(kept)).update(() => one);
          const saved = await document(mortal(kept, fatal, late))
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
            kind: 'set-aside',
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

  it('that was spoilt is never lost while it is put aside, at whatever step the power goes', async () => {
    await fc.assert(
      fc.asyncProperty(content, fc.boolean(), fc.nat(2), fc.boolean(), async (good, hasCopy, fatal, late) => {
        const kept = new Map([['kept.json', 'spoilt']]);
        if (hasCopy) kept.set('kept.json.last', JSON.stringify(good));
        await document(mortal(kept, fatal, late))
          .read()
          .catch(() => undefined);
        expect(await document(memoryFiles(kept)).read()).toEqual(hasCopy ? good : undefined);
        expect([...kept].filter(([name]) => name.includes('.broken-')).map(([, text]) => text)).toContain('spoilt');
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
