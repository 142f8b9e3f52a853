/** How cmd.exe was started. */
export interface CmdSwitches {
  /** What to run first; undefined for none. */
  readonly command: string | undefined;
  /** `/k`, or nothing to run: stays and reads. */
  readonly stays: boolean;
  /** `/q`: echo off. */
  readonly quiet: boolean;
  /** `/v:on`. */
  readonly delayedExpansion: boolean;
}

/**
 * Reads cmd's own switches from the raw command line. All that follows `/c` or `/k` is the command, after the rule on
 * quotes: the first and the last one go, unless (without /s) there are exactly two, no special characters, a blank
 * between them and a program of that name. Ground: `cmd /?`.
 */
export async function parseCmdSwitches(
  commandLine: string,
  isProgram: (path: string) => Promise<boolean>,
): Promise<CmdSwitches> {
  let rest = commandLine.replace(/^\s*(?:"[^"]*"?|\S+)/, '');
  let strict = false;
  let quiet = false;
  let delayedExpansion = false;
  for (;;) {
    rest = rest.trimStart();
    const match = /^\/([a-z])(?::(on|off))?/i.exec(rest);
    if (match === null) return { command: undefined, stays: true, quiet, delayedExpansion };
    const letter = match[1]?.toLowerCase();
    rest = rest.slice(match[0].length);
    if (letter === 's') strict = true;
    else if (letter === 'q') quiet = true;
    else if (letter === 'v') delayedExpansion = match[2]?.toLowerCase() === 'on';
    else if (letter === 'c' || letter === 'r' || letter === 'k') {
      return {
        command: await unquote(rest.trimStart(), strict, isProgram),
        stays: letter === 'k',
        quiet,
        delayedExpansion,
      };
    }
  }
}

async function unquote(
  command: string,
  strict: boolean,
  isProgram: (path: string) => Promise<boolean>,
): Promise<string> {
  if (!command.startsWith('"')) return command;
  const last = command.lastIndexOf('"');
  if (last === 0) return command.slice(1);
  const inner = command.slice(1, last);
  const plain = !strict && !inner.includes('"') && !/[&<>()@^|]/.test(inner) && /\s/.test(inner);
  return plain && (await isProgram(inner)) ? command : inner + command.slice(last + 1);
}
