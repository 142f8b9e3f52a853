import stringWidth from 'string-width';
import { escapeUntrusted } from '../../../../shared/wording/plain-text.ts';
import { type Span, spansOf, type Text } from './style.ts';

/** Sentences are longer than names; a text of a container still has an end. */
const LONGEST_TEXT = 4_000;

const printable = (text: string): string => escapeUntrusted(text, LONGEST_TEXT);

/** One line of painted pieces. */
export type Line = readonly Span[];

export function lineWidth(line: Line): number {
  return line.reduce((sum, span) => sum + stringWidth(span.text), 0);
}

/** Width of a text that is not wrapped. */
export function textWidth(text: Text): number {
  return lineWidth(spansOf(text).map(span => ({ ...span, text: printable(span.text) })));
}

/** Width of the longest piece that has no blank inside: below it a column would cut words. */
export function widestWord(text: Text): number {
  return Math.max(0, ...wordsOf(text).map(word => lineWidth(trimmed(word))));
}

/**
 * Breaks a text at spaces into lines of at most `width` columns (later lines: `laterWidth`); a longer word is cut.
 * A change of tone is no place to break. Always at least one line.
 */
export function wrap(text: Text, width: number, laterWidth = width): Line[] {
  const lines = [new LineUnderWay(width)];
  for (const word of wordsOf(text)) {
    let line = lines.at(-1) ?? new LineUnderWay(width);
    if (line.used > 0 && line.used + lineWidth(trimmed(word)) > line.width) {
      line = new LineUnderWay(laterWidth);
      lines.push(line);
    }
    for (const { text, tone } of word) {
      let rest = text;
      while (rest.trimEnd() !== '' && line.used + stringWidth(rest.trimEnd()) > line.width) {
        const head = headOf(rest, line.width - line.used);
        // A full line takes no more; an empty one takes a character that is wider than itself.
        if (line.used === 0 || line.used + stringWidth(head) <= line.width) {
          line.put(head, tone);
          rest = rest.slice(head.length);
        }
        line = new LineUnderWay(laterWidth);
        lines.push(line);
      }
      line.put(rest, tone);
    }
  }
  return lines.map(line => trimmed(line.spans));
}

class LineUnderWay {
  readonly width: number;
  readonly spans: Span[] = [];
  used = 0;

  constructor(width: number) {
    this.width = width;
  }

  put(text: string, tone: Span['tone']): void {
    if (text === '') return;
    const last = this.spans.at(-1);
    if (last?.tone === tone) this.spans[this.spans.length - 1] = { text: last.text + text, tone };
    else this.spans.push({ text, tone });
    this.used += stringWidth(text);
  }
}

/** Words with the spaces behind them; each may change its tone inside. */
function wordsOf(text: Text): Span[][] {
  const words: Span[][] = [];
  let open = false;
  for (const { text: raw, tone } of spansOf(text)) {
    for (const piece of printable(raw).split(/(?<= )(?! )/)) {
      if (piece === '') continue;
      const last = words.at(-1);
      if (open && last !== undefined) last.push({ text: piece, tone });
      else words.push([{ text: piece, tone }]);
      open = !piece.endsWith(' ');
    }
  }
  return words;
}

function trimmed(spans: readonly Span[]): Span[] {
  const kept = [...spans];
  for (let last = kept.pop(); last !== undefined; last = kept.pop()) {
    const text = last.text.trimEnd();
    if (text !== '') return [...kept, { text, tone: last.tone }];
  }
  return [];
}

/** The longest beginning that fits, at least one character, cut between characters and never inside one. */
function headOf(text: string, width: number): string {
  let head = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (head !== '' && stringWidth(head + segment) > width) break;
    head += segment;
  }
  return head;
}
