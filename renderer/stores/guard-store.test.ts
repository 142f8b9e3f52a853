import { describe, expect, it } from 'vitest';
import type { GuardState } from '../../shared/domain/guard.ts';
import { loudestGuard } from './guard-store.ts';

const guard = (id: string, count: number, trouble?: GuardState['trouble']): GuardState => ({
  id,
  origin: 'watch',
  mode: 'observe',
  policy: 'p',
  since: '2026-01-01T00:00:00.000Z',
  violations: [],
  count,
  accepted: 0,
  acts: [],
  ...(trouble === undefined ? {} : { trouble }),
});
const blind = { what: 'blind', since: '2026-01-01T00:00:00.000Z', reason: 'engine.lost' } as const;

describe('of several guards, the bar speaks of', () => {
  it.each([
    ['nobody, where there is none', [], undefined],
    ['any, where nothing is wrong', [guard('a', 0), guard('b', 0)], 'a'],
    ['the one that found most', [guard('a', 1), guard('b', 3), guard('c', 2)], 'b'],
    ['the one that can see nothing, before all', [guard('a', 5), guard('b', 0, blind)], 'b'],
  ] as const)('%s', (_, guards, id) => {
    expect(loudestGuard(guards)?.id).toBe(id);
  });
});
