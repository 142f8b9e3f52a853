/** Quotes one argument so that CommandLineToArgvW gives it back. Ground: Go syscall.EscapeArg. */
function escapeArgument(argument: string): string {
  if (argument === '') return '""';
  const quoted = argument.replace(/(\\*)"/g, '$1$1\\"');
  if (!/[ \t]/.test(argument)) return quoted;
  return `"${quoted.replace(/(\\+)$/, '$1$1')}"`;
}

/** The command line HCS is given. With `escaped` (an image's ArgsEscaped) the words are taken as they are. */
export function commandLineOf(words: readonly string[], escaped = false): string {
  return (escaped ? words : words.map(escapeArgument)).join(' ');
}
