import { codeSpans } from '../code-spans.ts';
import { escapeUntrusted } from '../plain-text.ts';

/** A piece of HTML that is safe as it is. Made by `html` only. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** A sentence of ours, in which commands stand between backticks: they are set as code. */
export class Prose {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export const prose = (text: string): Prose => new Prose(text);

/** What may stand in a template: text is escaped, pieces and lists of pieces are put in, nothing is nothing. */
export type Content = string | number | Html | Prose | readonly Html[] | undefined | false;

/** Longest text of one place: raw answers of tools may be long, floods are cut. */
const LONGEST = 2_000;

/**
 * A template of HTML. Whatever is put in as text may come out of a container: controls and bidirectional characters are
 * told as such, what means something in HTML is escaped, and it is cut where it floods. `turn`: what is done to each
 * text before, such as taking names out.
 */
export function htmlWith(turn: (text: string) => string) {
  const piece = (content: Content): string => {
    if (content === undefined || content === false) return '';
    if (content instanceof Html) return content.markup;
    if (typeof content === 'string') return escapeHtml(escapeUntrusted(turn(content), LONGEST));
    // Turned as a whole: what is to be taken out may reach over a backtick.
    if (content instanceof Prose) return markUp(escapeUntrusted(turn(content.text), LONGEST));
    return typeof content === 'number' ? String(content) : content.map(({ markup }) => markup).join('');
  };
  return (parts: TemplateStringsArray, ...contents: readonly Content[]): Html =>
    new Html(parts.map((part, at) => `${at === 0 ? '' : piece(contents[at - 1])}${part}`).join(''));
}

const markUp = (text: string): string =>
  codeSpans(text)
    .map(({ text: piece, isCode }) => (isCode ? `<code>${escapeHtml(piece)}</code>` : escapeHtml(piece)))
    .join('');

export type HtmlTemplate = ReturnType<typeof htmlWith>;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character] ?? character);
}
