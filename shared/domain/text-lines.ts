/** Splits a tool's output into lines: CRLF, LF and a lone CR end a line; trailing blanks go, empty lines stay. */
export function textLines(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/).map(line => line.trimEnd());
}
