import type { Command } from 'commander';
import { Page } from './text/page.ts';

export interface Lesson {
  /** Paragraphs, wrapped to the terminal. */
  readonly prose?: readonly string[];
  /** Terms and what they mean, below the paragraphs. */
  readonly terms?: readonly (readonly [term: string, meaning: string])[];
  /** Lines to copy. */
  readonly examples?: readonly string[];
}

/** Puts a lesson below a command's help. */
export function teach(command: Command, { prose = [], terms = [], examples = [] }: Lesson): Command {
  return command.addHelpText('after', () => {
    const width = command.configureOutput().getOutHelpWidth?.() ?? 80;
    const page = new Page({ width, tableWidth: width, paint: text => text });
    for (const paragraph of prose) page.gap().text(paragraph);
    const widest = Math.max(0, ...terms.map(([term]) => term.length));
    for (const [term, meaning] of terms)
      page.text(`${term.padEnd(widest)}  ${meaning}`, { indent: 2, hang: widest + 4 });
    if (examples.length > 0) page.heading('Examples:');
    for (const line of examples) page.command(line);
    return `\n${page.toString().trimEnd()}`;
  });
}
