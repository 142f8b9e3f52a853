import { z } from 'zod';

/**
 * Tells the schemas to do without compiled code. A page whose policy forbids `eval` calls this before it connects:
 * the schemas would only try, fail and fall back, but the browser reports each try as an attack.
 */
export function parseWithoutEval(): void {
  z.config({ jitless: true });
}
