/** Words of a set: `a b "c d"`, delimiters between them, quotes kept. */
export function forWords(set: string): string[] {
  return [...set.matchAll(/(?:"[^"]*"?|[^\s,;="])+/g)].map(([word]) => word);
}

const MOST = 100_000;

/** `start,step,end` counted out. A step of zero would never end on Windows; here it gives nothing. */
export function forNumbers(set: string): string[] {
  const [start = 0, step = 0, end = 0] = set.split(/[\s,;=]+/).map(text => Number.parseInt(text, 10) || 0);
  const numbers: string[] = [];
  if (step === 0) return numbers;
  for (let value = start; step > 0 ? value <= end : value >= end; value += step) {
    numbers.push(String(value));
    if (numbers.length >= MOST) break;
  }
  return numbers;
}

/** Applies `tokens=`, `delims=`, `skip=`, `eol=` to lines; empty lines are passed over. */
export function forLines(lines: readonly string[], options: string): string[][] {
  const skip = Number(/skip=(\d+)/i.exec(options)?.[1] ?? 0);
  const eol = /eol=(.)/i.exec(options)?.[1] ?? ';';
  const delimiters = /delims=(.*?)(?:$|(?<=\S) (?=tokens=|skip=|eol=|usebackq))/i.exec(options)?.[1] ?? ' \t';
  const tokens = parseTokens(/tokens=(\S+)/i.exec(options)?.[1] ?? '1');
  const rows: string[][] = [];
  for (const line of lines.slice(skip)) {
    if (line === '' || line.startsWith(eol)) continue;
    const row = takeTokens(line, delimiters, tokens);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

interface Tokens {
  readonly numbers: readonly number[];
  readonly rest: boolean;
}

function parseTokens(text: string): Tokens {
  const numbers: number[] = [];
  for (const part of text.replace(/\*$/, '').split(',')) {
    const range = /^(\d+)(?:-(\d+))?$/.exec(part);
    if (range === null) continue;
    for (let value = Number(range[1]); value <= Math.min(31, Number(range[2] ?? range[1])); value++)
      numbers.push(value);
  }
  return { numbers: [...new Set(numbers)].sort((a, b) => a - b), rest: text.endsWith('*') };
}

function takeTokens(line: string, delimiters: string, { numbers, rest }: Tokens): string[] | undefined {
  const pieces: { readonly text: string; readonly start: number; readonly end: number }[] = [];
  let start = -1;
  for (let at = 0; at <= line.length; at++) {
    const char = line[at];
    const between = char === undefined || delimiters.includes(char);
    if (between && start >= 0) {
      pieces.push({ text: line.slice(start, at), start, end: at });
      start = -1;
    } else if (!between && start < 0) start = at;
  }
  const first = pieces[0];
  if (first === undefined) return undefined;
  const row = numbers.map(number => pieces[number - 1]?.text ?? '');
  if (rest) {
    const after = Math.max(0, ...numbers);
    row.push(after === 0 ? line.slice(first.start) : line.slice(pieces[after]?.start ?? line.length));
  }
  return row[0] === '' && row.every(text => text === '') ? undefined : row;
}
