/** Control, bidirectional and invisible characters: what could move the cursor, or show other text than is there. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** Longest text shown of one name; containers choose their own names and labels. */
const LONGEST = 400;

/** One line of untrusted text, made safe for a terminal: unsafe characters become `\u{...}`, too much is cut. */
export function printable(text: string, longest = LONGEST): string {
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return cut.replace(UNSAFE, character => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The lines of untrusted text (a program's output), each made safe. */
export function printableLines(text: string): string[] {
  return text
    .replace(/(\r?\n)+$/, '')
    .split(/\r?\n/)
    .map(line => printable(line.replaceAll('\t', '    '), 4_000));
}
