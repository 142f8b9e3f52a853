import { Cursor, isDelimiter } from './cursor.ts';
import { type Command, type Condition, type Redirection, SyntaxFault } from './syntax.ts';

const NOTHING: Command = { kind: 'nothing' };
const INCORRECT = 'The syntax of the command is incorrect.';

/**
 * Parses one line (or several, parted by line feeds) whose %variables% are already expanded.
 * Precedence from loose to tight: `&`, `||`, `&&`, `|`. Throws only SyntaxFault.
 */
export function parseLine(line: string): Command {
  const parser = new LineParser(new Cursor(line));
  return parser.sequence();
}

class LineParser {
  readonly #cursor: Cursor;
  /** Open parentheses: only inside them does `)` end a command. */
  #depth = 0;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  sequence(): Command {
    let left = this.#or();
    for (;;) {
      this.#cursor.skipDelimiters();
      const { rest } = this.#cursor;
      if (rest.startsWith('&&') || !(rest.startsWith('&') || rest.startsWith('\n'))) return left;
      this.#cursor.skip();
      const right = this.#or();
      if (right !== NOTHING) left = left === NOTHING ? right : { kind: 'sequence', left, right };
    }
  }

  #or(): Command {
    let left = this.#and();
    while (this.#takeOperator('||')) left = { kind: 'or', left, right: this.#needed(this.#and(), '||') };
    return left;
  }

  #and(): Command {
    let left = this.#pipe();
    while (this.#takeOperator('&&')) left = { kind: 'and', left, right: this.#needed(this.#pipe(), '&&') };
    return left;
  }

  #pipe(): Command {
    const left = this.#command();
    if (this.#cursor.rest.startsWith('||') || !this.#takeOperator('|')) return left;
    return { kind: 'pipe', left: this.#needed(left, '|'), right: this.#needed(this.#pipe(), '|') };
  }

  #takeOperator(text: string): boolean {
    this.#cursor.skipDelimiters();
    return this.#cursor.take(text);
  }

  #needed(command: Command, operator: string): Command {
    if (command === NOTHING) throw new SyntaxFault(`${operator} was unexpected at this time.`);
    return command;
  }

  #command(): Command {
    const cursor = this.#cursor;
    cursor.skipDelimiters();
    let silent = false;
    while (cursor.char === '@') {
      silent = true;
      cursor.skip();
      cursor.skipDelimiters();
    }
    if (cursor.char === '(') return this.#block();
    if (cursor.takeWord('if')) return this.#if();
    if (cursor.takeWord('for')) return this.#for();
    return this.#simple(silent);
  }

  #block(): Command {
    this.#cursor.skip();
    this.#depth++;
    const body = this.sequence();
    this.#cursor.skipDelimiters();
    if (this.#cursor.char !== ')') throw new SyntaxFault(INCORRECT);
    this.#cursor.skip();
    this.#depth--;
    const redirections: Redirection[] = [];
    for (;;) {
      this.#cursor.skipDelimiters();
      const redirection = this.#cursor.takeRedirection(true);
      if (redirection === undefined) return { kind: 'block', body, redirections };
      redirections.push(redirection);
    }
  }

  #simple(silent: boolean): Command {
    const cursor = this.#cursor;
    const redirections: Redirection[] = [];
    const ends = (char: string): boolean => '&|<>\n'.includes(char) || (char === ')' && this.#depth > 0);
    for (let found = cursor.takeRedirection(true); found !== undefined; found = cursor.takeRedirection(true)) {
      redirections.push(found);
      cursor.skipDelimiters();
    }
    const name = cursor.readUntil(char => ends(char) || isDelimiter(char));
    let tail = '';
    for (;;) {
      const wordStarts = tail === '' || isDelimiter(tail.at(-1));
      const redirection = cursor.takeRedirection(wordStarts);
      if (redirection !== undefined) {
        if (redirection.kind === 'file' && redirection.target === '') throw new SyntaxFault(INCORRECT);
        redirections.push(redirection);
        continue;
      }
      if (cursor.ended || ends(cursor.char)) break;
      tail += cursor.char === '"' || cursor.char === '^' ? this.#oneWord(ends) : this.#oneCharacter();
    }
    if (name === '' && redirections.length === 0) return NOTHING;
    return { kind: 'simple', name, tail, silent, redirections };
  }

  #oneWord(ends: (char: string) => boolean): string {
    return this.#cursor.readUntil(char => isDelimiter(char) || ends(char));
  }

  #oneCharacter(): string {
    const { char } = this.#cursor;
    this.#cursor.skip();
    return char;
  }

  #if(): Command {
    const cursor = this.#cursor;
    let ignoreCase = false;
    let not = false;
    for (;;) {
      if (cursor.takeWord('/i')) ignoreCase = true;
      else if (cursor.takeWord('not')) not = true;
      else break;
    }
    const condition = this.#condition();
    cursor.skipDelimiters();
    if (cursor.char !== '(')
      return { kind: 'if', not, ignoreCase, condition, body: this.#body(), otherwise: undefined };
    const body = this.#block();
    cursor.skipDelimiters();
    const otherwise = cursor.takeWord('else') ? this.#body() : undefined;
    return { kind: 'if', not, ignoreCase, condition, body, otherwise };
  }

  /** A block alone, or all that is left of the line. */
  #body(): Command {
    this.#cursor.skipDelimiters();
    const body = this.#cursor.char === '(' ? this.#command() : this.sequence();
    if (body === NOTHING) throw new SyntaxFault(INCORRECT);
    return body;
  }

  #condition(): Condition {
    const cursor = this.#cursor;
    if (cursor.takeWord('exist')) return { kind: 'exist', path: this.#word().replaceAll('"', '') };
    if (cursor.takeWord('defined')) return { kind: 'defined', name: this.#word() };
    if (cursor.takeWord('errorlevel')) return { kind: 'errorlevel', level: Number.parseInt(this.#word(), 10) || 0 };
    const left = cursor.readUntil(char => isDelimiter(char) || '&|<>\n'.includes(char));
    while (isDelimiter(cursor.char) && cursor.char !== '=') cursor.skip();
    if (cursor.take('==')) return { kind: 'compare', left, operator: '==', right: this.#word() };
    const operator = /^(equ|neq|lss|leq|gtr|geq)(?=[ \t,;=])/i.exec(cursor.rest)?.[1]?.toLowerCase();
    if (operator === undefined || !isComparison(operator)) {
      throw new SyntaxFault(`${this.#word() || left} was unexpected at this time.`);
    }
    cursor.skip(operator.length);
    return { kind: 'compare', left, operator, right: this.#word() };
  }

  #word(): string {
    this.#cursor.skipDelimiters();
    const word = this.#cursor.readUntil(char => isDelimiter(char) || '&|<>()\n'.includes(char));
    if (word === '') throw new SyntaxFault(INCORRECT);
    return word;
  }

  #for(): Command {
    const cursor = this.#cursor;
    let how: 'plain' | 'directories' | 'numbers' | 'lines' = 'plain';
    let options = '';
    if (cursor.takeWord('/l')) how = 'numbers';
    else if (cursor.takeWord('/d')) how = 'directories';
    else if (cursor.takeWord('/f')) {
      how = 'lines';
      if (cursor.char === '"') options = this.#word().replaceAll('"', '');
    }
    cursor.skipDelimiters();
    const variable = /^%%?([A-Za-z?#$_])/.exec(cursor.rest);
    if (variable === null)
      throw new SyntaxFault(`${cursor.readUntil(isDelimiter) || 'for'} was unexpected at this time.`);
    cursor.skip(variable[0].length);
    cursor.skipDelimiters();
    if (!cursor.takeWord('in')) throw new SyntaxFault(INCORRECT);
    cursor.skipDelimiters();
    if (!cursor.take('(')) throw new SyntaxFault(INCORRECT);
    const set = this.#set();
    cursor.skipDelimiters();
    if (!cursor.takeWord('do')) throw new SyntaxFault(INCORRECT);
    return { kind: 'for', how, options, variable: variable[1] ?? '', set, body: this.#body() };
  }

  /** Up to the closing parenthesis; a command in apostrophes may hold some of its own. */
  #set(): string {
    let depth = 1;
    const set = this.#cursor.readUntil(char => {
      if (char === '(') depth++;
      if (char === ')') depth--;
      return depth === 0;
    });
    if (!this.#cursor.take(')')) throw new SyntaxFault(INCORRECT);
    return set.trim();
  }
}

function isComparison(text: string): text is 'equ' | 'neq' | 'lss' | 'leq' | 'gtr' | 'geq' {
  return ['equ', 'neq', 'lss', 'leq', 'gtr', 'geq'].includes(text);
}
