import { composeCommandLine, quoteArgument, splitCommandLine } from './command-line.ts';

const META = /[&|<>^()%!]/;

/**
 * Composes a line to type or paste into cmd.exe, which reads it before the program does: an argument that cmd.exe would
 * meddle with goes in quotes, and one whose quotes would leave cmd.exe confused is escaped by carets throughout.
 * Line breaks cannot be typed; they are written as blanks.
 */
export function composeCmdLine(argv: readonly string[]): string {
  return argv.map((argument, index) => quoteForCmd(argument.replace(/[\r\n]+/g, ' '), index === 0)).join(' ');
}

function quoteForCmd(argument: string, isProgram: boolean): string {
  const quoted = isProgram ? composeCommandLine([argument]) : quoteArgument(argument);
  // A percent sign expands inside quotes too, so only carets stop it.
  if (argument.includes('"') || /[%!]/.test(argument)) return quoted.replace(/[&|<>^()%!"]/g, '^$&');
  if (!META.test(argument) || quoted.startsWith('"')) return quoted;
  return `"${isProgram ? argument : argument.replace(/(\\+)$/, '$1$1')}"`;
}

/**
 * Reads a line as typed into cmd.exe, down to arguments. Carets outside quotes are taken off, a caret (or PowerShell's
 * backtick) before a line break continues the line, and what follows an unquoted `&`, `|`, `<` or `>` is another
 * matter and left out. Variables are not expanded.
 */
export function splitCmdLine(text: string): string[] {
  let line = '';
  let quoted = false;
  const joined = text.replace(/[ \t]*[\^`]\r?\n[ \t]*/g, ' ');
  for (let at = 0; at < joined.length; at++) {
    const char = joined.charAt(at);
    if (char === '"') quoted = !quoted;
    else if (!quoted && char === '^') {
      line += joined.charAt(++at);
      continue;
    } else if (!quoted && /[&|<>\r\n]/.test(char)) break;
    line += char;
  }
  return splitCommandLine(line);
}
