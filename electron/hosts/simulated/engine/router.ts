import type { Handler, Route } from './call.ts';

export interface Match {
  readonly handler: Handler;
  readonly parameters: readonly string[];
}

interface Compiled {
  readonly method: string;
  readonly shape: RegExp;
  readonly handler: Handler;
}

/** Finds the handler of a path without its version. Routes are tried in the table's order, by their first segment. */
export class Router {
  readonly #byFirst = new Map<string, Compiled[]>();

  constructor(routes: readonly Route[]) {
    for (const [method, pattern, handler] of routes) {
      const first = pattern.split('/')[1] ?? '';
      const shape = new RegExp(`^${pattern.replaceAll('{*}', '(.+)').replaceAll('{}', '([^/]+)')}$`);
      const held = this.#byFirst.get(first);
      if (held === undefined) this.#byFirst.set(first, [{ method, shape, handler }]);
      else held.push({ method, shape, handler });
    }
  }

  find(method: string, path: string): Match | undefined {
    for (const route of this.#byFirst.get(path.split('/')[1] ?? '') ?? []) {
      const groups = route.method === method ? route.shape.exec(path) : null;
      if (groups !== null) return { handler: route.handler, parameters: groups.slice(1).map(decode) };
    }
    return undefined;
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
