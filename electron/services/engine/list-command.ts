/**
 * Reads the command of the engine's container list back into arguments: the path as it is, blanks and all, then the
 * arguments, those with blanks in single quotes. Ground: moby daemon/container/view.go. A bare name is
 * the path itself; one with directories is taken to end at its file extension. Quotes inside an argument make this a guess. Total.
 */
export function splitListCommand(command: string): readonly string[] {
  const isBare = /^[^\s\\/]+(?=\s|$)/.test(command);
  const whole = isBare ? undefined : /^(.+?\.(?:exe|com|cmd|bat))(?=\s|$)/i.exec(command)?.[1];
  const path = whole ?? /^\S+/.exec(command)?.[0] ?? '';
  const rest = command.slice(path.length);
  const words = [...rest.matchAll(/'([^']*)'(?=\s|$)|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  return path === '' ? words : [path, ...words];
}
