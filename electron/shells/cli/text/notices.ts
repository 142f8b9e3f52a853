import type { SettingsNotice } from '../../../../shared/domain/settings.ts';
import { wordSettingsNotice } from '../../../../shared/wording/word-settings-notice.ts';
import type { Context } from '../context.ts';
import type { Session } from '../session.ts';
import type { Page } from './page.ts';
import { doubtful } from './style.ts';

/** What is the matter with files that are kept, place by place. */
export function writeNotices(page: Page, notices: readonly SettingsNotice[]): void {
  for (const notice of notices) {
    const { title, text, parts } = wordSettingsNotice(notice);
    page.gap().text([doubtful('[?] '), `${title} ${text}`], { hang: 4 });
    for (const part of parts) page.text(part, { indent: 4, hang: 2 });
  }
}

/** A remark on the file whose content was listed: what is missing in the list may stand in it. */
export async function remarkNotices(context: Context, session: Session, file: string): Promise<void> {
  const { notices } = await session.call('settings.read', {});
  const found = notices.filter(notice => notice.file === file);
  if (found.length > 0) context.remark(page => writeNotices(page, found));
}
