/** Values of the signed-in user's environment that name a domain or its controller; the rest is nobody's business. */
const SIGN_IN_VALUES = /^\s+(?:LOGONSERVER|USERDNSDOMAIN|USERDOMAIN)\s{2,}/i;

/** What a program printed, without what the question was not about and names whom somebody works for or what they use. */
export function toThePoint(argv: readonly string[], text: string): string {
  const asked = argv.join(' ').toLowerCase();
  if (asked.includes('volatile environment')) return keyedLines(text, line => SIGN_IN_VALUES.test(line));
  // As whom a drive is connected is not asked; where it leads to is.
  if (asked.includes('hkcu\\network')) return keyedLines(text, line => !/^\s+UserName\s{2,}/i.test(line));
  if (asked.includes('\\uninstall')) return sectionsOf(text, 'winfsp');
  if (asked.includes('pendingfilerenameoperations')) return onlyFiles(text, 'winfsp');
  return asked.includes('/groups') ? withoutOwnGroups(text) : text;
}

/** `whoami /groups` without the groups of a domain or a directory: their names tell whom somebody works for. */
export function withoutOwnGroups(text: string): string {
  return text.replace(/^.*\bS-1-(?:5-21|12-1)-.*(?:\r?\n|$)/gm, '');
}

/** Keys as `reg query` prints them, with those of their values that are kept. */
function keyedLines(text: string, keeps: (line: string) => boolean): string {
  return rejoined(textLinesOf(text).filter(line => /^(?:HK|\s*$)/i.test(line) || keeps(line)));
}

/** The keys of which a value holds the word, with their values. */
function sectionsOf(text: string, word: string): string {
  const sections: string[][] = [];
  for (const line of textLinesOf(text)) {
    if (/^HK/i.test(line) || sections.length === 0) sections.push([]);
    sections.at(-1)?.push(line);
  }
  return rejoined(sections.filter(lines => lines.some(line => line.toLowerCase().includes(word))).flat());
}

/** A REG_MULTI_SZ with those of its texts that hold the word. */
function onlyFiles(text: string, word: string): string {
  return rejoined(
    textLinesOf(text).map(line => {
      const [, head, data = ''] = /^(\s+\S+\s+REG_MULTI_SZ\s+)(.*)$/.exec(line) ?? [];
      if (head === undefined) return line;
      return `${head}${data
        .split('\\0')
        .filter(file => file.toLowerCase().includes(word))
        .join('\\0')}`;
    }),
  );
}

const textLinesOf = (text: string): readonly string[] => text.split(/\r?\n/);
const rejoined = (lines: readonly string[]): string => lines.join('\r\n');
