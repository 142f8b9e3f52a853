import { describe, expect, it } from 'vitest';
import type { GuardState } from '../../shared/domain/guard.ts';
import { loudestGuard } from './guard-store.ts';

const guard = (
  id: string,
  count: number,
  trouble?: GuardState['trouble'],
  unlisted: GuardState['unlisted'] = [],
): GuardState => ({
  id,
  origin: 'watch',
  mode: 'observe',
  policy: 'p',
  since: '2026-01-01T00:00:00.000Z',
  violations: [],
  findings: [],
  unlisted,
  count,
  accepted: 0,
  acts: [],
  ...(trouble === undefined ? {} : { trouble }),
});
const blind = { what: 'blind', since: '2026-01-01T00:00:00.000Z', reason: 'engine.lost' } as const;

const blindIn = (id: string): GuardState => guard(id, 0, undefined, ['volume list (web)']);

describe('of several guards, the bar speaks of', () => {
  it.each([
    ['nobody, where there is none', [], undefined],
    ['any, where nothing is wrong', [guard('a', 0), guard('b', 0)], 'a'],
    ['the one that found most', [guard('a', 1), guard('b', 3), guard('c', 2)], 'b'],
    ['the one that could not look everywhere, before one that found nothing', [guard('a', 0), blindIn('b')], 'b'],
    ['the one that found something, before one that could not look everywhere', [blindIn('b'), guard('a', 1)], 'a'],
    ['the one that can see nothing, before all', [guard('a', 5), guard('b', 0, blind)], 'b'],
  ] as const)('%s', (_, guards, id) => {
    expect(loudestGuard(guards)?.id).toBe(id);
  });
});
