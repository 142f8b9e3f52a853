// `[^!-\uffff]` is every character up to the blank.

/**
 * Splits a Windows command line into arguments the way CommandLineToArgvW does: the program's name ends at the next
 * quote or blank and knows no escapes; later, 2n backslashes before a quote are n backslashes, 2n+1 are n and a literal
 * quote, and three quotes in a row leave one behind. Leading blanks are dropped; an empty line has no arguments.
 * Ground: Microsoft's pages on CommandLineToArgvW and on parsing C command-line arguments.
 */
export function splitCommandLine(line: string): string[] {
  const text = line.replace(/^[^!-\uffff]+/, '');
  if (text === '') return [];
  const [program, start] = readProgram(text);
  return [program, ...readArguments(text, start)];
}

function readProgram(text: string): [program: string, end: number] {
  if (text.startsWith('"')) {
    const close = text.indexOf('"', 1);
    return close < 0 ? [text.slice(1), text.length] : [text.slice(1, close), close + 1];
  }
  const end = text.search(/[^!-\uffff]/);
  return end < 0 ? [text, text.length] : [text.slice(0, end), end];
}

function readArguments(text: string, start: number): string[] {
  const found: string[] = [];
  let current: string | undefined;
  let backslashes = 0;
  /** Quotes open so far: odd is inside. */
  let quotes = 0;
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\') {
      backslashes++;
      continue;
    }
    if (char === '"') {
      current = (current ?? '') + '\\'.repeat(backslashes >> 1);
      if (backslashes % 2 === 1) current += '"';
      else quotes++;
      backslashes = 0;
      for (; text.charAt(at + 1) === '"'; at++) {
        if (++quotes === 3) {
          current += '"';
          quotes = 0;
        }
      }
      if (quotes === 2) quotes = 0;
      continue;
    }
    if (backslashes > 0) current = (current ?? '') + '\\'.repeat(backslashes);
    backslashes = 0;
    if ((char === ' ' || char === '\t') && quotes === 0) {
      if (current !== undefined) found.push(current);
      current = undefined;
    } else {
      current = (current ?? '') + char;
    }
  }
  if (backslashes > 0) current = (current ?? '') + '\\'.repeat(backslashes);
  if (current !== undefined) found.push(current);
  return found;
}

/**
 * Composes a command line that `splitCommandLine`, and so most Windows programs, read back as these arguments.
 * The one thing that cannot be said is a quote inside the program's own name; no Windows file name holds one.
 */
export function composeCommandLine(argv: readonly string[]): string {
  const [program, ...rest] = argv;
  if (program === undefined) return '';
  return [quoteProgram(program), ...rest.map(quoteArgument)].join(' ');
}

function quoteProgram(program: string): string {
  return program === '' || /[^!-\uffff]/.test(program) ? `"${program}"` : program;
}

/** One argument, in quotes where it needs them. */
export function quoteArgument(argument: string): string {
  if (argument !== '' && !/"|[^!-\uffff]/.test(argument)) return argument;
  const escaped = argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1');
  return `"${escaped}"`;
}
