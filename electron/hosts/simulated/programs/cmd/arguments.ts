/** A command's tail in words and switches: `dir /b /a:d "C:\Program Files"`. */
export interface Arguments {
  /** Without quotes, in order. */
  readonly words: readonly string[];
  /** Lower case, with the slash: `/b`, `/a:d`, `/-c`. */
  readonly switches: readonly string[];
}

/** Cuts a tail into words; a `/` starts a switch wherever it stands outside quotes. Total. */
export function parseArguments(tail: string): Arguments {
  const words: string[] = [];
  const switches: string[] = [];
  let at = 0;
  while (at < tail.length) {
    const char = tail[at] ?? '';
    if (' \t,;='.includes(char)) {
      at++;
      continue;
    }
    const start = at;
    const isSwitch = char === '/';
    let inQuotes = false;
    let text = '';
    for (; at < tail.length; at++) {
      const next = tail[at] ?? '';
      if (next === '"') {
        inQuotes = !inQuotes;
        continue;
      }
      if (!inQuotes && (' \t,;='.includes(next) || (next === '/' && at > start))) break;
      text += next;
    }
    if (isSwitch) switches.push(text.toLowerCase());
    else words.push(text);
  }
  return { words, switches };
}

/** Whether a switch was given, in its bare form or with anything after a colon or directly after the letter. */
export function hasSwitch({ switches }: Arguments, letter: string): boolean {
  return switches.some(text => text === `/${letter}` || text.startsWith(`/${letter}:`));
}

/** Words of a tail with quotes honoured and taken off; slashes are nothing special. */
export function wordsOf(tail: string): string[] {
  return [...tail.matchAll(/"([^"]*)"?|[^\s"]+(?:"[^"]*"?[^\s"]*)*/g)].map(
    ([whole, quoted]) => quoted ?? whole.replaceAll('"', ''),
  );
}
