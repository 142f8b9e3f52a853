import type { Command } from 'commander';
import { Page } from './text/page.ts';

export interface Lesson {
  /** Paragraphs, wrapped to the terminal. */
  readonly prose?: readonly string[];
  /** Lines to copy; what stands behind two or more blanks and a `#` is a remark. */
  readonly examples?: readonly string[];
}

/** Puts a lesson below a command's help. */
export function teach(command: Command, { prose = [], examples = [] }: Lesson): Command {
  return command.addHelpText('after', () => {
    const width = command.configureOutput().getOutHelpWidth?.() ?? 80;
    const page = new Page({ width, tableWidth: width, paint: text => text });
    for (const paragraph of prose) page.gap().text(paragraph);
    if (examples.length > 0) page.heading('Examples:');
    for (const line of examples) page.command(line);
    return `\n${page.toString().trimEnd()}`;
  });
}
