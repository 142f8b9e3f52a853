import type { NotTakenPart, SettingsNotice } from '../domain/settings.ts';
import { formatCount } from './amounts.ts';
import { escapeUntrusted } from './plain-text.ts';

/** What is the matter with a kept file, for a person. All texts are safe to show. */
export interface NoticeWords {
  readonly title: string;
  readonly text: string;
  /** Place by place. */
  readonly parts: readonly string[];
}

const safe = (text: string): string => escapeUntrusted(text, 500);

const RECOVERED = {
  'last-good': 'The last good copy is used instead.',
  defaults: 'The defaults are used instead.',
} as const;

/** Words for a notice: what is not used, why, and that nothing is lost. */
export function wordSettingsNotice(notice: SettingsNotice): NoticeWords {
  if (notice.kind === 'set-aside') {
    const where =
      notice.setAside === undefined
        ? 'It was left where it is; the next change would overwrite it.'
        : `The broken file was put aside as ${safe(notice.setAside)}; nothing was deleted.`;
    return {
      title: `${safe(notice.file)} could not be read.`,
      text: [RECOVERED[notice.recovered], where, safe(notice.reason)].join(' '),
      parts: [],
    };
  }
  const { file, writtenBy, parts, count } = notice;
  const more = count - parts.length;
  return {
    title:
      writtenBy === undefined
        ? `${safe(file)} has what Siloscope does not know.`
        : `${safe(file)} was written by a newer Siloscope, ${safe(writtenBy)}.`,
    text: 'All of it stays in the file as it is, whatever is changed here.',
    parts: [...parts.map(wordPart), ...(more > 0 ? [`and ${formatCount(more, 'place')} more`] : [])],
  };
}

function wordPart({ what, path, line, column, name, message }: NotTakenPart): string {
  const place = `Line ${line}, column ${column}`;
  if (what === 'key') return `${place}, ${safe(path)}: ${safe(message)}`;
  return `${place}: ${name === undefined ? safe(path) : `"${safe(name)}"`} is not used. ${safe(message)}`;
}
