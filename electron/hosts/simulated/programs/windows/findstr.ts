import type { ProgramContext } from '../../machine.ts';
import { readInputs } from './text-input.ts';

/** What findstr was asked. */
export interface FindstrQuery {
  readonly matches: (line: string) => boolean;
  readonly numbers: boolean;
  readonly namesOnly: boolean;
  readonly files: readonly string[];
}

/** Reads `findstr [/i] [/v] [/n] [/m] [/x] [/b] [/e] [/l|/r] [/c:text] strings files`. Undefined: nothing to look for. Total. */
export function parseFindstr(args: readonly string[]): FindstrQuery | undefined {
  const on = new Set<string>();
  const texts: string[] = [];
  const words: string[] = [];
  for (const arg of args) {
    const text = /^[-/][cg]:(.*)$/is.exec(arg);
    if (text !== null && /^[-/]c/i.test(arg)) texts.push((text[1] ?? '').replaceAll('"', ''));
    else if (/^\/[a-z]+$/i.test(arg)) for (const letter of arg.slice(1).toLowerCase()) on.add(letter);
    else words.push(arg);
  }
  const wanted = texts.length > 0 ? texts : (words.shift() ?? '').split(' ').filter(word => word !== '');
  if (wanted.length === 0) return undefined;
  const literal = on.has('l') || (texts.length > 0 && !on.has('r'));
  const sources = wanted.map(text => {
    const source = literal ? text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : findstrPattern(text);
    return `${on.has('b') || on.has('x') ? '^' : ''}(?:${source})${on.has('e') || on.has('x') ? '$' : ''}`;
  });
  const patterns = sources.map(source => new RegExp(source, on.has('i') ? 'i' : ''));
  const inverted = on.has('v');
  return {
    matches: line => patterns.some(pattern => pattern.test(line)) !== inverted,
    numbers: on.has('n'),
    namesOnly: on.has('m'),
    files: words,
  };
}

/** findstr's own expressions: `.`, `*`, `^`, `$`, `[class]`, `\x` for a literal, `\<` and `\>` for a word's ends. */
function findstrPattern(text: string): string {
  let source = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '\\') {
      const next = text[++at] ?? '\\';
      source += next === '<' || next === '>' ? '\\b' : next.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    } else if (char === '[') {
      const end = text.indexOf(']', at + 2);
      const inner = end < 0 ? '' : text.slice(at + 1, end);
      if (end < 0 || !/^\^?(?:[A-Za-z0-9_ .,-])+$/.test(inner) || /[^A-Za-z0-9]-|-[^A-Za-z0-9]|.-.-|z-a/.test(inner))
        source += '\\[';
      else {
        source += `[${inner.replace(/(.)-(.)/g, (whole, a: string, b: string) => (a <= b ? whole : `${a}${b}`))}]`;
        at = end;
      }
    } else if (char === '*') source += source === '' || /[*^]$/.test(source) ? '\\*' : '*';
    else if (char === '^') source += at === 0 ? '^' : '\\^';
    else if (char === '$') source += at === text.length - 1 ? '$' : '\\$';
    else if (char === '.') source += '.';
    else source += char.replace(/[+?{}()|\]/]/g, '\\$&');
  }
  return source;
}

/** findstr: 0 when a line was found, 1 when none was, 2 without a string. */
export async function findstr(context: ProgramContext): Promise<number> {
  const query = parseFindstr(context.argv.slice(1));
  if (query === undefined) {
    await context.stderr.write('FINDSTR: Bad command line\r\n');
    return 2;
  }
  const inputs = await readInputs(context, query.files, name =>
    context.stderr.write(`FINDSTR: Cannot open ${name}\r\n`),
  );
  let found = false;
  for (const { name, lines } of inputs) {
    const prefix =
      name !== undefined && (query.files.length > 1 || /[*?]/.test(query.files[0] ?? '')) ? `${name}:` : '';
    const hits = lines.map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => query.matches(line));
    if (hits.length === 0) continue;
    found = true;
    if (query.namesOnly && name !== undefined) await context.stdout.write(`${name}\r\n`);
    else
      await context.stdout.write(
        hits.map(({ line, number }) => `${prefix}${query.numbers ? `${number}:` : ''}${line}\r\n`).join(''),
      );
  }
  return found ? 0 : 1;
}
