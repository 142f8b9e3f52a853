/** A place in a text; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Where a value stands in a JSON text that is known to be well formed. For a key that is not there: where the object
 * begins that should have it. For a key that should not be there, give its path: its value's place.
 */
export function placeOfValue(text: string, path: readonly PropertyKey[]): Place {
  const tokens = tokensOf(text);
  let at = 0;
  for (const key of path) {
    const next = inside(tokens, at, key);
    if (next === undefined) break;
    at = next;
  }
  return placeAt(text, tokens[at]?.start ?? 0);
}

interface Token {
  readonly start: number;
  readonly text: string;
}

function tokensOf(text: string): readonly Token[] {
  return Array.from(text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"\uFEFF]+/g), found => ({
    start: found.index,
    text: found[0],
  }));
}

/** The token at which the value of a key, or of an index, begins. `at`: that of the holder. */
function inside(tokens: readonly Token[], at: number, key: PropertyKey): number | undefined {
  const isObject = tokens[at]?.text === '{';
  if (!isObject && tokens[at]?.text !== '[') return undefined;
  let index = 0;
  for (let next = at + 1; next < tokens.length; index++) {
    const token = tokens[next];
    if (token === undefined || token.text === '}' || token.text === ']') return undefined;
    const value = isObject ? next + 2 : next;
    const isIt = isObject ? JSON.parse(token.text) === key : index === key;
    if (isIt) return value;
    next = endOfValue(tokens, value) + 1;
    if (tokens[next - 1]?.text !== ',') return undefined;
  }
  return undefined;
}

/** The token after a value: a comma or a bracket. */
function endOfValue(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let next = at; next < tokens.length; next++) {
    const text = tokens[next]?.text ?? '';
    if (text === '{' || text === '[') depth++;
    else if (text === '}' || text === ']') depth--;
    if (depth === 0) return next + 1;
  }
  return tokens.length;
}

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - (before.lastIndexOf('\n') + 1) + 1 };
}
