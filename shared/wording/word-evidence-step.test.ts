import { describe, expect, it } from 'vitest';
import { type EvidenceStep, EvidenceStepCode, OpenedBy, type Tried } from '../domain/evidence.ts';
import { wordEvidenceStep } from './word-evidence-step.ts';

const evidence = { rank: 'probe', ground: 'observed' } as const;
const HOLDS = ['yes', 'no', 'consistent', 'not-tested'] as const;
const OPENS: ReadonlySet<EvidenceStepCode> = new Set([
  'closed-from-outside',
  'opened-through-provider',
  'canary-read-back',
]);
const tried = (tally: Partial<Tried>): Tried => ({ opened: 0, refused: 0, silent: 0, ...tally });
const said = (step: Omit<EvidenceStep, 'evidence'>): string =>
  wordEvidenceStep({ ...step, evidence }, id => (id === 'silo:4' ? 'web' : id));

describe('a step of the chain', () => {
  const all = EvidenceStepCode.options.flatMap(code => HOLDS.map(holds => ({ code, holds })));

  it.each(all)('$code: $holds is a sentence of its own', step => {
    const others = all.filter(one => one !== step).map(said);
    expect(others).not.toContain(said(step));
    expect(said(step)).toMatch(/^([A-Z]|fsptool).*\.$/);
  });

  it.each(all.filter(({ code, holds }) => OPENS.has(code) && holds !== 'not-tested'))(
    '$code: $holds names the place whose answer decided',
    step => {
      expect(said({ ...step, tried: tried({ from: 'silo:4', by: 'dir', opened: 1 }) })).toContain('web');
      expect(said({ ...step, tried: tried({ from: 'host', by: 'probe', opened: 1 }) })).toContain('host');
    },
  );

  it.each<[by: Tried['by'], winfsp: boolean | undefined, word: RegExp]>([
    ['probe', true, /opens from host, and WinFsp answers\.$/],
    ['probe', undefined, /opens from host; that it is WinFsp shows in that name alone\.$/],
    ['dir', undefined, /listed \(dir\) in host; that it is WinFsp shows in that name alone\.$/],
    ['type', undefined, /read \(type\) in host; that it is WinFsp shows in that name alone\.$/],
    [undefined, undefined, /that it is WinFsp shows in that name alone\.$/],
  ])('opened by %s, recognised: %s, claims no more than that', (by, winfsp, word) => {
    const how = tried({ from: 'host', ...(by && { by }), ...(winfsp && { winfsp }), opened: 1 });
    expect(said({ code: 'opened-through-provider', holds: 'yes', tried: how })).toMatch(word);
  });

  it('says that WinFsp answered where a probe recognised it, and never else', () => {
    for (const by of OpenedBy.options) {
      for (const winfsp of [true, undefined]) {
        const how = tried({ from: 'host', by, opened: 1, ...(winfsp && { winfsp }) });
        const words = said({ code: 'opened-through-provider', holds: 'yes', tried: how });
        expect(words.includes('WinFsp answers')).toBe(winfsp === true);
      }
    }
  });

  it.each<[tally: Partial<Tried>, words: string]>([
    [{ opened: 1 }, ''],
    [{ refused: 1 }, ''],
    [{ silent: 1 }, 'Tried from 1 place: no clear answer from 1.'],
    [{ opened: 2, refused: 1 }, 'Tried from 3 places: it opens from 2, does not from 1.'],
    [
      { opened: 1, refused: 2, silent: 3 },
      'Tried from 6 places: it opens from 1, does not from 2, no clear answer from 3.',
    ],
  ])('counts those that were asked: %o', (tally, words) => {
    const step = { code: 'opened-through-provider', holds: 'yes' } as const;
    const plain = said({ ...step, tried: tried({ opened: 1 }) });
    expect(said({ ...step, tried: tried(tally) })).toBe(words === '' ? plain : `${plain} ${words}`);
  });

  it('of a GUID that is known from the silo itself says so', () => {
    const step = { code: 'provider-carries-guid' } as const;
    expect(said({ ...step, holds: 'consistent', guidFrom: 'own-devices' })).toContain('no other source confirms it');
    expect(said({ ...step, holds: 'yes', guidFrom: 'hcs-runtime-id' })).toContain('RuntimeId');
    expect(said({ ...step, holds: 'no', guidFrom: 'own-devices' })).toContain('another GUID');
  });
});
