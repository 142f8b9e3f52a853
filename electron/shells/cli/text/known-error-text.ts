import type { DecodedError } from '../../../../shared/domain/error-decoder.ts';
import type { Page } from './page.ts';
import { faint, strong } from './style.ts';

/** Tells what is known of an error: its cause, the next step, and where that is known from. */
export function tellKnownError(page: Page, { code, cause, fix, source }: DecodedError): void {
  if (code !== undefined) page.text(strong(code));
  page.text(['Cause: ', cause], { hang: 7 });
  page.text(['Fix:   ', fix], { hang: 7 });
  page.text(faint(`Known from: ${source}`));
}
