/** A piece of a command. A `word` may hold variables; a `literal` stood in single quotes; a `group` in parentheses. */
export type Token =
  | { readonly kind: 'word' | 'literal' | 'string' | 'group' | 'block'; readonly text: string }
  | { readonly kind: 'operator'; readonly text: '|' | ';' | '&' | '=' | '>' | '>>' | '2>' | '2>>' | '2>&1' };

/** To PowerShell the curly ones are single quotes as well, and any of them ends what another began. */
const SINGLE_QUOTES = /['\u2018-\u201b]/;
const isSingleQuote = (char: string | undefined): boolean => char !== undefined && SINGLE_QUOTES.test(char);

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '{': '}' };

/** Cuts PowerShell text into tokens. Never throws: what is not closed runs to the end. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '\n' || char === ';') {
      tokens.push({ kind: 'operator', text: ';' });
      at++;
    } else if (/\s/.test(char)) at++;
    else if (char === '#') while (at < text.length && text[at] !== '\n') at++;
    else if (isSingleQuote(char) || char === '"') {
      const end = endOfString(text, at);
      const inner = text.slice(at + 1, end);
      if (char === '"') tokens.push({ kind: 'string', text: inner.replaceAll('""', '"') });
      else tokens.push({ kind: 'literal', text: undoubled(inner) });
      at = end + 1;
    } else if (
      char === '(' ||
      char === '{' ||
      (char === '$' && text[at + 1] === '(') ||
      (char === '@' && text[at + 1] === '(')
    ) {
      const start = char === '$' || char === '@' ? at + 1 : at;
      const end = endOfGroup(text, start);
      tokens.push({ kind: char === '{' ? 'block' : 'group', text: text.slice(start + 1, end) });
      at = end + 1;
      const member = /^(?:\.[A-Za-z_]\w*)+/.exec(text.slice(at));
      if (member !== null) {
        tokens.push({ kind: 'word', text: `\u0000${member[0]}` });
        at += member[0].length;
      }
    } else {
      const operator = /^(2>&1|2>>|2>|>>|>|\||&|=(?!=))/.exec(text.slice(at))?.[1];
      if (operator !== undefined && isOperator(operator)) {
        tokens.push({ kind: 'operator', text: operator });
        at += operator.length;
        continue;
      }
      const start = at;
      while (at < text.length && !/[\s;|&(){}'"\u2018-\u201b]/.test(text[at] ?? '')) at += text[at] === '`' ? 2 : 1;
      if (at === start) at++;
      tokens.push({ kind: 'word', text: text.slice(start, at) });
    }
  }
  return tokens;
}

function isOperator(text: string): text is Extract<Token, { kind: 'operator' }>['text'] {
  return ['|', ';', '&', '=', '>', '>>', '2>', '2>>', '2>&1'].includes(text);
}

/** What stood in single quotes: of two of them, one behind the other, the first is meant. */
export const undoubled = (text: string): string => text.replace(/(['\u2018-\u201b])['\u2018-\u201b]/g, '$1');

/** A quote doubled, or after a backtick in double quotes, does not close. */
function endOfString(text: string, start: number): number {
  const isDouble = text[start] === '"';
  const isQuote = (at: number): boolean => (isDouble ? text[at] === '"' : isSingleQuote(text[at]));
  for (let at = start + 1; at < text.length; at++) {
    if (isDouble && text[at] === '`') at++;
    else if (isQuote(at)) {
      if (!isQuote(at + 1)) return at;
      at++;
    }
  }
  return text.length;
}

function endOfGroup(text: string, start: number): number {
  const open = text[start] ?? '(';
  const close = CLOSING[open];
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (isSingleQuote(char) || char === '"') at = endOfString(text, at);
    else if (char === open) depth++;
    else if (char === close && --depth === 0) return at;
  }
  return text.length;
}

/** Statements between `;`, each a list of pipeline stages between `|`. */
export function statementsOf(tokens: readonly Token[]): Token[][][] {
  const statements: Token[][][] = [[[]]];
  for (const token of tokens) {
    const statement = statements.at(-1);
    if (token.kind === 'operator' && token.text === ';') statements.push([[]]);
    else if (token.kind === 'operator' && token.text === '|') statement?.push([]);
    else statement?.at(-1)?.push(token);
  }
  return statements.filter(stages => stages.some(stage => stage.length > 0));
}
