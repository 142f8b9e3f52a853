import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_UNC_PREFIX, parseUncPrefix, proposeUniquePrefix, sameClass } from './unc-prefix.ts';

const part = fc.stringMatching(/^[A-Za-z0-9._@-]{1,60}$/);
const prefix = fc.tuple(part, part).map(([first, second]) => `\\${first}\\${second}`);

describe('any text', () => {
  it('is judged without a throw, and a proposal is always well formed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('\\', '/', 'a', ':', ' ', ';') })), text => {
        const verdict = parseUncPrefix(text);
        if (verdict.ok) expect(parseUncPrefix(verdict.prefix)).toEqual(verdict);
        else if (verdict.proposal !== undefined) expect(parseUncPrefix(verdict.proposal).ok).toBe(true);
      }),
    );
  });
});

describe('a proposed prefix', () => {
  it('is well formed, short enough, and of a class of its own', () => {
    fc.assert(
      fc.property(
        fc.array(prefix),
        fc.oneof(
          prefix,
          part.map(name => `\\${name}\\${'x'.repeat(200 - name.length)}`),
        ),
        (taken, wish) => {
          const proposal = proposeUniquePrefix([...taken, wish], wish);
          expect(parseUncPrefix(proposal).ok).toBe(true);
          expect(proposal.length).toBeLessThanOrEqual(LONGEST_UNC_PREFIX);
          expect(taken.some(other => sameClass(other, proposal))).toBe(false);
        },
      ),
    );
  });
});
