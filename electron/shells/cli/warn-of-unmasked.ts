import { wordUnmasked } from '../../../shared/wording/word-secret.ts';
import type { Context } from './context.ts';
import type { Session } from './session.ts';
import { doubtful } from './text/style.ts';

/** Says, beside what is printed, which secrets would be shown in it: of one container, or of all. */
export async function warnOfUnmasked(context: Context, session: Session, container?: string): Promise<void> {
  const { unmasked } = await session.call('secret.masking', container === undefined ? {} : { container });
  const warned = wordUnmasked(unmasked);
  if (warned !== undefined) context.remark(page => page.text(doubtful(warned)));
}
