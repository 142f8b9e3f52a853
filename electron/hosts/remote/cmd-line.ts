import { quoteArgument } from '../../../shared/domain/command-line.ts';

/** cmd.exe takes 8,191 characters. Some room is left for what sshd puts around them. */
export const LONGEST_CMD_LINE = 8_100;
/** Room for the marks. */
const MARK_ROOM = 120;

/** What `cmd /c` would take for its own command instead of searching a program. */
const BUILTINS = new Set(
  'assoc break call cd chdir cls color copy date del dir echo endlocal erase exit for ftype goto if md mkdir mklink move path pause popd prompt pushd rd rem ren rename rmdir set setlocal shift start time title type ver verify vol'.split(
    ' ',
  ),
);

/**
 * One program with its arguments as a line for `cmd /c "<line>"`, such as sshd of Windows composes it; undefined when cmd
 * cannot say it: line ends, NUL, a program's name with `%` or a quote, a name that is a command of cmd itself, too long.
 *
 * The program stands in true quotes. Every argument is first quoted for the program that will parse it, then all that
 * means something to cmd gets a caret, the quotes too, so that cmd is never inside quotes: there a caret would stay and
 * `%` would still expand. Outside, cmd expands before it reads carets; hence a caret behind each `%` as well, for no
 * variable's name begins with one.
 * Ground: `cmd /?`; Microsoft's page on parsing C command-line arguments.
 */
export function cmdLineOf(argv: readonly string[]): string | undefined {
  const [program = '', ...rest] = argv;
  if (program === '' || argv.some(argument => /[\r\n\0]/.test(argument)) || /["%!]/.test(program)) return undefined;
  if (BUILTINS.has(program.toLowerCase())) return undefined;
  const name = /^[\w.:\\-]+$/.test(program) ? program : `"${program}"`;
  const line = rest.length === 0 ? name : `${name} ${caretEscape(rest.map(quoteArgument).join(' '))}`;
  return line.length > LONGEST_CMD_LINE - MARK_ROOM ? undefined : line;
}

/** Protects a text from cmd: after this, it is the same text to whoever cmd hands it to. */
export function caretEscape(text: string): string {
  return text.replace(/[()%!^"<>&|]/g, '^$&').replace(/%(?=[^^])/g, '%^');
}

/**
 * Makes cmd say a mark, on a line of its own, before what a line prints: what a user has it run at each start (`AutoRun`,
 * such as `chcp 65001`) prints before that. And the exit code at the end of its standard error, behind the same mark: SSH
 * carries 32 bits, yet not every server passes on more than 8 of them. `call` expands `%errorlevel%` again, after the
 * program has ended.
 */
export function betweenMarks(line: string, mark: string): string {
  return `echo ${mark}& ${line}& >&2 call echo ${mark}%^errorlevel%`;
}
