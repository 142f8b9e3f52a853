/** A piece of a sentence of ours. */
export interface ProseSpan {
  /** Where it begins in the text. */
  readonly at: number;
  readonly text: string;
  /** Stood between backticks: a command or a name to be typed. */
  readonly isCode: boolean;
}

/** A sentence by what is code in it; a backtick that stands alone stays. Joined, the pieces are the text without those pairs. */
export function codeSpans(text: string): ProseSpan[] {
  const spans: ProseSpan[] = [];
  let from = 0;
  for (const { 0: whole, 1: code = '', index } of text.matchAll(/`([^`\n]+)`/g)) {
    if (index > from) spans.push({ at: from, text: text.slice(from, index), isCode: false });
    spans.push({ at: index, text: code, isCode: true });
    from = index + whole.length;
  }
  if (from < text.length) spans.push({ at: from, text: text.slice(from), isCode: false });
  return spans;
}

/** The same where nothing can be set apart: a tip, a name that is read aloud. */
export function withoutTicks(text: string): string {
  return codeSpans(text)
    .map(span => span.text)
    .join('');
}
