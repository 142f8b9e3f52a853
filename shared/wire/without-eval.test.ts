import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseWithoutEval } from './without-eval.ts';

afterEach(() => z.config({ jitless: false }));

describe('schemas of a page whose policy forbids eval', () => {
  it('are told so, whether they are there already or not', () => {
    expect(z.config().jitless).not.toBe(true);
    parseWithoutEval();
    expect(z.config().jitless).toBe(true);
  });
});
