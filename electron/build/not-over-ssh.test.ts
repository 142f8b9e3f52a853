import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { NOT_OVER_SSH, tellNotOverSsh } from '../../e2e/ssh/not-over-ssh.mjs';

it('every journey that is not walked over SSH is one, and has its reason, which the lane prints', () => {
  const journeys = readdirSync(fileURLToPath(new URL('../../e2e/journeys', import.meta.url)));
  const named = NOT_OVER_SSH.map(({ journey }) => `${journey}.spec.ts`);
  expect(named.filter(file => !journeys.includes(file))).toEqual([]);
  expect(new Set(named).size).toBe(named.length);
  for (const { journey, because } of NOT_OVER_SSH) {
    expect(because.length).toBeGreaterThan(20);
    expect(tellNotOverSsh()).toMatch(new RegExp(`^ {2}${journey} .*${because}$`, 'm'));
  }
});
