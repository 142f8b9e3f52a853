/** Longer lists are written one element a line. */
const MOST_SPREAD_OUT = 64;

/**
 * A value as JSON text, in pieces: the inspection of a thousand silos is longer than any string may be. Laid out with two
 * blanks; of long lists each element is one line, for `grep` and `jq --stream`.
 */
export function* jsonPieces(value: object): Generator<string> {
  if (Array.isArray(value)) {
    yield* listPieces(value, '');
    yield '\n';
    return;
  }
  let before = '{\n  ';
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    yield `${before}${JSON.stringify(key)}: `;
    if (Array.isArray(member)) yield* listPieces(member, '  ');
    else yield spreadOut(member, '  ');
    before = ',\n  ';
  }
  yield before.startsWith('{') ? '{}\n' : '\n}\n';
}

function* listPieces(list: readonly unknown[], indent: string): Generator<string> {
  if (list.length === 0) {
    yield '[]';
    return;
  }
  const inner = `${indent}  `;
  let before = '[\n';
  for (const element of list) {
    yield `${before}${inner}${list.length > MOST_SPREAD_OUT ? JSON.stringify(element) : spreadOut(element, inner)}`;
    before = ',\n';
  }
  yield `\n${indent}]`;
}

function spreadOut(value: unknown, indent: string): string {
  return JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${indent}`);
}
