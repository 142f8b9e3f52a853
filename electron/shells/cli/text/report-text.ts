import type { Part, ReportedMoment, ReportJudgement, ReportParts } from '../../../../shared/contract/report.ts';
import { timelineWords } from '../../../../shared/wording/screen-timeline.ts';
import { wordHost, wordKnownHost } from '../../../../shared/wording/word-known-host.ts';
import { wordMomentEnd } from '../../../../shared/wording/word-moment.ts';
import { writeFault } from './fault-text.ts';
import { writeInspection } from './inspection-text.ts';
import { wholeJournal } from './journal-text.ts';
import { writeJudgement } from './judgement-text.ts';
import { Page } from './page.ts';
import { writeReadiness } from './readiness-text.ts';
import { doubtful, type Style } from './style.ts';

const PLAIN: Style = { width: 100, tableWidth: Number.POSITIVE_INFINITY, paint: text => text };
/** A timeline's end tells what went wrong; its beginning makes an issue unreadable. */
const LAST_ENTRIES = 50;

/** The report as Markdown: facts first, then what the commands would have printed, in fences. */
export function reportMarkdown(parts: ReportParts): string {
  const { siloscope, snapshot, readiness, inspection, journal, policy, past } = parts;
  const facts = section(snapshot, (page, is) => {
    page.table({
      columns: ['what', 'found'],
      rows: [
        ['Siloscope', siloscope],
        ['Host', is.host.simulated ? `simulated, scenario "${is.host.scenario ?? 'unnamed'}"` : is.host.id],
        ...(past === undefined ? wordHost(is) : wordKnownHost(past.host, past.fsd)),
      ],
    });
  });
  return [
    past === undefined ? '# Siloscope report' : `# Siloscope report about ${past.at ?? past.entryAt ?? 'the past'}`,
    ...(past === undefined ? [] : [section({ is: past }, writePast)]),
    facts,
    ...(readiness === undefined ? [] : ['## doctor', section(readiness, writeReadiness)]),
    past === undefined ? '## inspect' : '## as it was then known',
    section(inspection, (page, is) => writeInspection(page, is, { past: past !== undefined })),
    ...(policy === undefined
      ? []
      : ['## policy', section({ is: policy }, (page, judged) => writeReportJudgement(page, judged, inspection))]),
    '## journal',
    section(journal, (page, { entries }) => page.table(wholeJournal(entries.slice(-LAST_ENTRIES)))),
    '',
  ].join('\n\n');
}

function writePast(page: Page, past: ReportedMoment): void {
  page.text(
    `This report is about the past: what the journal knew at ${wordMomentEnd(past)}. Nothing was looked at for it.`,
  );
  if (!past.watched) page.text(timelineWords.moment.unwatched);
  for (const sentence of past.missing) page.text([doubtful('[?] '), sentence], { hang: 4 });
}

function writeReportJudgement(page: Page, policy: ReportJudgement, inspection: ReportParts['inspection']): void {
  const gaps = 'is' in inspection ? inspection.is.gaps.length : 0;
  writeJudgement(page, policy.name, policy, { gaps, incomplete: policy.incomplete, allowGaps: false });
}

function section<T>(part: Part<T>, write: (page: Page, is: T) => void): string {
  const page = new Page(PLAIN);
  if ('is' in part) write(page, part.is);
  else writeFault(page, part.fault);
  // A fence longer than any run of backticks inside: output of containers is part of it.
  const text = page.toString();
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}${fence}`;
}
