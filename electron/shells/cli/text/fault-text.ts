import type { Fault } from '../../../../shared/contract/fault.ts';
import { wordFault, wordIssueList } from '../../../../shared/wording/word-fault.ts';
import type { Context } from '../context.ts';
import type { Page } from './page.ts';
import { bad, faint, strong } from './style.ts';

/** Tells a fault: as JSON on stdout with `--json`, else what happened, why, and the next step on stderr. */
export function tellFault(fault: Fault, context: Context): void {
  // One line, since it may end an answer of lines (`watch`, `sim`).
  if (context.options.json === true) context.line({ fault, words: wordFault(fault) }, () => undefined);
  else context.complain(page => writeFault(page, fault));
}

export function writeFault(page: Page, fault: Fault): void {
  const { title, cause, next, command, raw } = wordFault(fault);
  page.text([bad('[!] '), strong(title)], { hang: 4 });
  const list = wordIssueList(fault);
  if (list.length > 0) for (const issue of list) page.text(issue, { indent: 4, hang: 2 });
  else if (cause !== '') page.text(cause, { indent: 4 });
  page.text(['Next: ', next], { indent: 4, hang: 10 });
  if (command !== undefined) page.command(command, 10);
  if (raw !== undefined) page.text(faint('It was said:'), { indent: 4 }).verbatim(raw, 6);
}
