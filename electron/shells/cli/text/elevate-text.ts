import type { Context } from '../context.ts';
import type { Session } from '../session.ts';

/** What `--elevate` does, in the help of each command that takes it. */
export const ELEVATE_TEXT = 'ask for an administrator, by the prompt of Windows';

/** Says that a prompt is about to come, which may well be behind another window; nothing where none will. */
export async function remarkPrompt(context: Context, session: Session, elevate: boolean | undefined): Promise<void> {
  if (elevate !== true) return;
  const { state } = await session.call('elevation.read', {});
  if (state === 'can-ask') context.remark(page => page.text('Windows asks for an administrator now.'));
}
