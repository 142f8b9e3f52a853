/** Controls, bidirectional and other format characters, separators, lone surrogates, private use: what can fake or hide text. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;

/** Longest text shown of one name that a container chose. */
export const LONGEST_NAME = 200;

/**
 * Text that came from a container, a tool or a user, made safe to show on one line: unsafe characters become
 * `\u{202e}`, and what is longer than `longest` UTF-16 units ends in an ellipsis. Never longer than `longest`.
 */
export function escapeUntrusted(text: string, longest = LONGEST_NAME): string {
  if (text.length <= longest && !UNSAFE.test(text)) return text;
  let shown = '';
  for (const character of text) {
    const piece = UNSAFE.test(character) ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}` : character;
    if (shown.length + piece.length > longest) return cutTo(shown, longest);
    shown += piece;
  }
  return shown;
}

function cutTo(shown: string, longest: number): string {
  if (longest < 1) return '';
  // Whole characters only: half of a pair is unsafe again.
  const characters = Array.from(shown);
  while (characters.join('').length > longest - 1) characters.pop();
  return `${characters.join('')}…`;
}

/** The lines of untrusted output, each made safe; tabs become blanks, and at most `most` lines are kept, the last ones. */
export function escapeUntrustedLines(text: string, most = 200, longest = 1_000): string[] {
  const lines = text.replace(/(\r?\n)+$/, '').split(/\r?\n/);
  return lines.slice(-most).map(line => escapeUntrusted(line.replaceAll('\t', '    '), longest));
}
