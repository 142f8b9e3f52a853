import { type compareMoments, isUnchanged } from '../../../../shared/domain/compare-moments.ts';
import { countLeaks } from '../../../../shared/domain/expected-verdict.ts';
import {
  type JournalMoment,
  type MomentInspection,
  momentInspection,
} from '../../../../shared/domain/journal-moment.ts';
import { formatCount } from '../../../../shared/wording/amounts.ts';
import { namespaceNames } from '../../../../shared/wording/namespace-names.ts';
import { pastFindings } from '../../../../shared/wording/report/past-inspection.ts';
import { timelineWords } from '../../../../shared/wording/screen-timeline.ts';
import { wordHostThen } from '../../../../shared/wording/word-known-host.ts';
import {
  momentDiffWords,
  wordMomentDiff,
  wordMomentEnd,
  wordUnrecorded,
} from '../../../../shared/wording/word-moment.ts';
import { wordMup } from '../../../../shared/wording/word-mup.ts';
import { wordVerdict } from '../../../../shared/wording/word-verdict.ts';
import { writeChain } from './chain-text.ts';
import { writeMatrix } from './matrix-text.ts';
import type { Page } from './page.ts';
import { bad, doubtful, faint } from './style.ts';
import { labelsOf, volumeLabel } from './volume-label.ts';

/** What was there at a moment, as the journal knew it then. */
export function writeMoment(page: Page, moment: JournalMoment): void {
  const { sequence, at, entryAt, first, last, findings, fsd, engine, watched } = moment;
  if (sequence === 0) {
    page.text(last === 0 ? 'Nothing has happened yet.' : `That is before line ${first}, the first that is kept.`);
    return;
  }
  const inspection = momentInspection(moment);
  const { volumes, namespaces } = inspection;
  page.text(`At ${at ?? entryAt ?? ''}, as it was then known (line ${sequence} of ${last}, ${entryAt ?? ''}):`).text(
    timelineWords.moment.state({
      volumes: volumes.length,
      ...countLeaks(volumes),
      silos: namespaces.length - 1,
      findings: findings.length,
      fsd: fsd?.state,
      engine,
    }),
    { indent: 2 },
  );
  if (!watched) page.text(faint(timelineWords.moment.unwatched), { indent: 2 });
  page.text(faint(wordHostThen(moment)), { indent: 2 });
  for (const sentence of wordUnrecorded(inspection.unrecorded))
    page.text([doubtful('[?] '), sentence], { indent: 2, hang: 6 });
  for (const { namespace, what, reason } of moment.gaps?.first ?? []) {
    page.text([doubtful('[?] '), `${labelsOf(namespaces)(namespace)}: ${what}`, faint(`: ${reason}`)], {
      indent: 2,
      hang: 6,
    });
  }
  if (volumes.length > 0) {
    page.heading('Who could see what, and how that was known');
    writeMatrix(page, volumes, namespaces);
    writeChains(page, inspection);
  }
  if (findings.length === 0) return;
  page.heading(formatCount(findings.length, 'finding'));
  for (const { severity, code, summary } of pastFindings(moment).slice(0, MOST)) {
    page.text([bad('[!] '), `${severity} ${code}  `, faint(summary)], { indent: 2, hang: 6 });
  }
  if (findings.length > MOST) page.text(faint(`${findings.length - MOST} more: --json has each.`), { indent: 2 });
}

const MOST = 20;

/** The evidence that stood behind each verdict then, leaks first. */
function writeChains(page: Page, { volumes, namespaces, unrecorded }: MomentInspection): void {
  const name = labelsOf(namespaces);
  const mups = new Map(namespaces.map(({ id, mup }) => [id, mup]));
  const told = volumes.filter(({ device }) => !unrecorded.chains.has(device));
  if (told.length === 0) return;
  page.heading('The evidence of then');
  for (const volume of told.slice(0, MOST)) {
    const { home } = volume;
    const mup =
      home === 'host'
        ? ''
        : `; \\Device\\Mup of ${name(home)}: ${unrecorded.mups.has(home) ? 'not recorded' : wordMup(mups.get(home))}`;
    page.text([volumeLabel(volume), faint(` of ${name(home)}  `), wordVerdict(volume).toLowerCase(), faint(mup)], {
      indent: 2,
    });
    writeChain(page, volume, { times: true, nameOf: name });
  }
  if (told.length > MOST) page.text(faint(`${told.length - MOST} more: --json has each.`), { indent: 2 });
}

const MOST_CHANGES = 200;

/** What changed between two moments. */
export function writeMomentDiff(
  page: Page,
  diff: ReturnType<typeof compareMoments>,
  moments: readonly JournalMoment[],
): void {
  const { before, after } = diff;
  page.text(faint(`${momentDiffWords.between(wordMomentEnd(before), wordMomentEnd(after))}:`));
  const lines = wordMomentDiff(diff, namespaceNames(moments.flatMap(moment => momentInspection(moment).namespaces)));
  if (isUnchanged(diff)) page.text(momentDiffWords.none);
  for (const { mark, text } of lines.slice(0, MOST_CHANGES)) page.text([`${mark} `, text], { hang: 2 });
  if (lines.length > MOST_CHANGES)
    page.text(faint(`${momentDiffWords.more(lines.length - MOST_CHANGES)}: --json has each.`));
  const missing = momentDiffWords.notCompared(diff.notCompared);
  if (missing !== undefined) page.text([doubtful('[?] '), missing], { hang: 4 });
  if (!before.watched || !after.watched) page.text([doubtful('[?] '), momentDiffWords.unwatched], { hang: 4 });
}
