import { type JournalMoment, momentInspection } from '../../../../shared/domain/journal-moment.ts';
import { formatCount } from '../../../../shared/wording/amounts.ts';
import { timelineWords } from '../../../../shared/wording/screen-timeline.ts';
import { writeMatrix } from './matrix-text.ts';
import type { Page } from './page.ts';
import { bad, faint } from './style.ts';

/** What was there at a moment, as the journal knew it then. */
export function writeMoment(page: Page, moment: JournalMoment): void {
  const { sequence, at, entryAt, first, last, findings, fsd, engine, watched } = moment;
  if (sequence === 0) {
    page.text(last === 0 ? 'Nothing has happened yet.' : `That is before line ${first}, the first that is kept.`);
    return;
  }
  const { volumes, namespaces } = momentInspection(moment);
  const leaked = volumes.filter(({ verdict }) => verdict === 'leaked').length;
  page
    .text(`At ${at ?? entryAt ?? ''}, as it was then known (line ${sequence} of ${last}, ${entryAt ?? ''}):`)
    .text(
      timelineWords.moment.state(volumes.length, leaked, namespaces.length - 1, findings.length, fsd?.state, engine),
      { indent: 2 },
    );
  if (!watched) page.text(faint(timelineWords.moment.unwatched), { indent: 2 });
  if (volumes.length > 0) {
    page.heading('Who could see what, and how that was known');
    writeMatrix(page, volumes, namespaces);
  }
  if (findings.length === 0) return;
  page.heading(formatCount(findings.length, 'finding'));
  for (const { severity, code, summary } of findings.slice(0, MOST)) {
    page.text([bad('[!] '), `${severity} ${code}  `, faint(summary)], { indent: 2, hang: 6 });
  }
  if (findings.length > MOST) page.text(faint(`${findings.length - MOST} more: --json has each.`), { indent: 2 });
}

const MOST = 20;
