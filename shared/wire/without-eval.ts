/** What zod keeps for all its copies on a page, whether it has been loaded yet or not. */
declare global {
  var __zod_globalConfig: { jitless?: boolean } | undefined;
}

/**
 * Tells the schemas to do without compiled code. A page whose policy forbids `eval` calls this before any schema is
 * made: they would only try, fail and fall back, but the browser reports each try as an attack. It needs no zod itself,
 * so that the page may show itself first and load the schemas later.
 */
export function parseWithoutEval(): void {
  globalThis.__zod_globalConfig ??= {};
  globalThis.__zod_globalConfig.jitless = true;
}
