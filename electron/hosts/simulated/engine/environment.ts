/** `NAME=value` lines as a record; a later line wins, names compare without case as on Windows. */
export function environmentOf(lines: readonly string[]): Record<string, string> {
  const names = new Map<string, string>();
  const environment: Record<string, string> = {};
  for (const line of lines) {
    const cut = line.indexOf('=', 1);
    if (cut === -1) continue;
    const name = line.slice(0, cut);
    const held = names.get(name.toUpperCase()) ?? name;
    names.set(name.toUpperCase(), held);
    environment[held] = line.slice(cut + 1);
  }
  return environment;
}
