import { escapeUntrustedLines } from '../../../../shared/wording/plain-text.ts';
import { command, faint, type Style, strong, type Text } from './style.ts';
import { type TableOptions, tableLines } from './table.ts';
import { type Line, lineWidth, wrap } from './wrap.ts';

export interface Indent {
  /** Columns before every line. */
  readonly indent?: number;
  /** Columns before the second and later lines; default: as `indent`. */
  readonly hang?: number;
}

/** A page of text for people: collects lines, wraps them to the style's width, makes every piece printable. */
export class Page {
  readonly #style: Style;
  readonly #lines: string[] = [];

  constructor(style: Style) {
    this.#style = style;
  }

  get style(): Style {
    return this.#style;
  }

  /** A line of its own with a blank line before it. */
  heading(text: string): this {
    return this.gap().text(strong(text));
  }

  /** A blank line, never two. */
  gap(): this {
    if (this.#lines.length > 0 && this.#lines.at(-1) !== '') this.#lines.push('');
    return this;
  }

  /** Wrapped text. */
  text(text: Text, { indent = 0, hang = indent }: Indent = {}): this {
    const room = (columns: number): number => Math.max(10, this.#style.width - columns);
    for (const [index, line] of wrap(text, room(indent), room(hang)).entries())
      this.#push(line, index === 0 ? indent : hang);
    return this;
  }

  /** Text that is meant to be copied: never wrapped. */
  command(line: string, indent = 2): this {
    this.#push(wrap(command(line), Number.POSITIVE_INFINITY)[0] ?? [], indent);
    return this;
  }

  /** A raw line behind a claim, a path or a tool's answer: kept whole, so that it can be copied. */
  raw(line: string, indent: number): this {
    this.#push(wrap(faint(line), Number.POSITIVE_INFINITY)[0] ?? [], indent);
    return this;
  }

  /** A program's own output, line by line. */
  verbatim(text: string, indent = 2): this {
    for (const line of escapeUntrustedLines(text)) this.#push([{ text: line, tone: 'plain' }], indent);
    return this;
  }

  table(options: TableOptions, indent = 0): this {
    for (const line of tableLines(options, this.#style.tableWidth - indent)) this.#push(line, indent);
    return this;
  }

  #push(line: Line, indent: number): void {
    const painted = line.map(span => this.#style.paint(span.text, span.tone)).join('');
    this.#lines.push(lineWidth(line) === 0 ? '' : ' '.repeat(indent) + painted);
  }

  /** The page, with a line end behind every line. */
  toString(): string {
    return this.#lines.map(line => `${line}\n`).join('');
  }
}
