import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

describe('the name that was meant', () => {
  it.each([
    ['contaners', ['containers', 'registry'], 'containers'],
    ['fsdd', ['fsd', 'seed'], 'fsd'],
    ['FSD', ['fsd'], 'fsd'],
    ['nmae', ['name', 'image'], 'name'],
    ['x', ['fsd', 'seed'], undefined],
    ['printers', ['servers'], undefined],
    ['anything', [], undefined],
  ])('for %s of %j is %s', (typed, known, meant) => {
    expect(nearestName(typed, known)).toBe(meant);
  });
});
