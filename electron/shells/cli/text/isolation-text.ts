import {
  comparableAnswer,
  type IsolationComparison,
  type IsolationGrid,
} from '../../../../shared/domain/compare-isolation.ts';
import {
  agreesWithRule,
  type IsolationCell,
  type IsolationTable,
  IsolationViewer,
  IsolationWay,
  type NotTried,
} from '../../../../shared/domain/isolation-test.ts';
import type { VolumeKind } from '../../../../shared/domain/volume.ts';
import { escapeUntrusted } from '../../../../shared/wording/plain-text.ts';
import {
  wordCellName,
  wordIsolationChange,
  wordIsolationPlace,
  wordIsolationResult,
  wordNotTried,
  isolationWords as words,
} from '../../../../shared/wording/word-isolation.ts';
import type { Page } from './page.ts';
import { bad, doubtful, faint, good, type Span, span } from './style.ts';

/** One self-test: its tables, what they came to, and what was not tried. */
export function writeIsolation(page: Page, table: IsolationTable): void {
  page.text(wordIsolationPlace(table)).text(faint(`self-test ${table.id}, ${table.takenAt}`));
  for (const volume of ['network', 'disk'] as const) {
    page.heading(words.volumes[volume]);
    page.table(
      {
        columns: [
          words.columns.way.toUpperCase(),
          ...IsolationViewer.options.map(from => words.viewers[from].toUpperCase()),
        ],
        rows: IsolationWay.options.map(way => [
          words.ways[way],
          ...IsolationViewer.options.map(from => outcomeOf(table, volume, from, way)),
        ]),
      },
      2,
    );
  }
  page.text(faint('! not as the rule says   * the rule is inferred   ? no source says'), { indent: 2 });
  page.gap();
  for (const sentence of wordIsolationResult(table)) page.text(sentence);
  const why = new Set(table.cells.flatMap(({ why: one }): NotTried[] => (one === undefined ? [] : [one])));
  if (why.size > 0) page.heading('Not tried (-)');
  for (const one of why) {
    const ways = [...new Set(table.cells.filter(cell => cell.why === one).map(({ way }) => words.ways[way]))];
    page.text(`${ways.join(', ')}: ${wordNotTried(one)}`, { indent: 2, hang: 4 });
  }
}

function outcomeOf(table: IsolationTable, volume: VolumeKind, from: IsolationViewer, way: IsolationWay): Span {
  const cell = table.cells.find(one => one.volume === volume && one.from === from && one.way === way);
  return cell === undefined ? faint('-') : mark(cell);
}

function mark(cell: IsolationCell): Span {
  if (cell.outcome === 'not-tried') return faint('-');
  const sign =
    agreesWithRule(cell) === false ? '!' : cell.expected === undefined ? '?' : cell.ground === 'inferred' ? '*' : '';
  if (cell.outcome === 'no-answer') return doubtful(`no answer${sign}`);
  if (cell.outcome === 'not-reached') return sign === '!' ? bad(`no${sign}`) : good(`no${sign}`);
  return cell.from === 'own' ? span('plain', `yes${sign}`) : sign === '!' ? bad(`YES${sign}`) : doubtful(`YES${sign}`);
}

/** The last self-test of each place beside those of the others: what came out differently there. */
export function writeGrid(page: Page, { places, differing, same }: IsolationGrid): void {
  if (places.length < 2) return;
  page.heading(words.places);
  const letters = places.map((_, at) => String.fromCharCode(65 + (at % 26)));
  for (const [at, { table, runs }] of places.entries()) {
    const count = runs === 1 ? '' : ` (the last of ${runs})`;
    page.text([`${letters[at]}  `, wordIsolationPlace(table), faint(count)], { indent: 2, hang: 5 });
  }
  page.gap();
  if (differing.length > 0) {
    page.table(
      {
        columns: ['TRY', ...letters],
        rows: differing.map(({ cell, outcomes }) => [
          wordCellName(cell),
          ...outcomes.map(one => (one === undefined ? faint('-') : words.outcomes[one])),
        ]),
      },
      2,
    );
  }
  page.text(faint(words.alike(same, differing.length)), { indent: 2 });
}

/** Two self-tests beside each other; undefined: they cannot be. */
export function writeComparison(
  page: Page,
  before: IsolationTable,
  after: IsolationTable,
  comparison: IsolationComparison,
): void {
  page.text(['before  ', wordIsolationPlace(before), faint(`  ${before.takenAt}  ${before.id}`)], { hang: 8 });
  page.text(['after   ', wordIsolationPlace(after), faint(`  ${after.takenAt}  ${after.id}`)], { hang: 8 });
  page.gap();
  if (comparison.differing.length > 0) page.text(`Not the same: ${comparison.differing.join(', ')}.`);
  if (comparison.changes.length === 0) page.text([good('[ok] '), 'whatever was tried in both came out the same']);
  for (const change of comparison.changes) {
    page.text([doubtful('[~] '), wordIsolationChange(change)], { hang: 4 });
    if (change.what !== 'answer') continue;
    for (const { detail } of [change.before, change.after])
      page.text(faint(escapeUntrusted(comparableAnswer(detail), 300)), { indent: 4, hang: 6 });
  }
  if (comparison.untried > 0) page.text(faint(`${comparison.untried} tried in one of them only.`));
}
