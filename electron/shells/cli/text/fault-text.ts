import type { Fault } from '../../../../shared/contract/fault.ts';
import type { Context } from '../context.ts';
import type { Page } from './page.ts';
import { bad, strong } from './style.ts';
import { faultWords } from './words.ts';

/** Tells a fault: as JSON on stdout with `--json`, else what happened, why, and the next step on stderr. */
export function tellFault(fault: Fault, context: Context): void {
  if (context.options.json === true) context.answer({ fault, words: faultWords(fault) }, () => undefined);
  else context.complain(page => writeFault(page, fault));
}

export function writeFault(page: Page, fault: Fault): void {
  const { what, cause, next } = faultWords(fault);
  page.text([bad(fault.code === 'cancelled' ? '[-] ' : '[!] '), strong(what)], { hang: 4 });
  if (cause !== '') page.text(cause, { indent: 4 });
  page.text(`Next: ${next}`, { indent: 4, hang: 10 });
}
