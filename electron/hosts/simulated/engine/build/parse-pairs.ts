import { badRequest } from '../api-error.ts';

type Pair = readonly [name: string, value: string | undefined];

/**
 * The pairs of ENV, LABEL and ARG: `name=value` words, or for the first two one name and the rest of the line. Quotes and
 * escapes stay for the expansion. Ground: buildkit frontend/dockerfile/parser/line_parsers.go.
 */
export function parsePairs(text: string, keyword: 'ENV' | 'LABEL' | 'ARG', mark: string): readonly Pair[] {
  const words = quotedWords(text, mark);
  if (keyword === 'ARG') {
    return words.map(word => {
      const [name, value] = cut(word);
      if (name === '') throw badRequest('ARG names can not be blank');
      return [name, value];
    });
  }
  const [first = ''] = words;
  if (!first.includes('=')) {
    const rest = text.slice(first.length).trim();
    if (rest === '') throw badRequest(`failed to parse Dockerfile: ${keyword} must have two arguments`);
    return [[first, rest]];
  }
  return words.map(word => {
    const [name, value] = cut(word);
    if (value === undefined) {
      throw badRequest(
        `failed to parse Dockerfile: Syntax error - can't find = in ${JSON.stringify(word)}. Must be of the form: name=value`,
      );
    }
    if (name === '') throw badRequest(`${keyword} names can not be blank`);
    return [name, value];
  });
}

function cut(word: string): Pair {
  const at = word.indexOf('=');
  return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

/** Words cut at blanks that are neither quoted nor escaped. */
function quotedWords(text: string, mark: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === mark && quote !== "'") {
      word += char + text.charAt(at + 1);
      at += 1;
    } else if (quote !== '') {
      word += char;
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") {
      word += char;
      quote = char;
    } else if (/\s/.test(char)) {
      if (word !== '') words.push(word);
      word = '';
    } else word += char;
  }
  return word === '' ? words : [...words, word];
}
