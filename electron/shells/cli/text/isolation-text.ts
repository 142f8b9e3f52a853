import {
  agreesWithRule,
  type IsolationCell,
  type IsolationComparison,
  type IsolationTable,
  IsolationViewer,
  IsolationWay,
  type NotTried,
} from '../../../../shared/domain/isolation-test.ts';
import type { VolumeKind } from '../../../../shared/domain/volume.ts';
import {
  wordCellName,
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
  for (const { before: was, after: is } of comparison.changes) {
    page.text(
      [
        doubtful('[~] '),
        `${wordCellName(is)}: ${words.outcomes[was.outcome]} before, now ${words.outcomes[is.outcome]}`,
      ],
      { hang: 4 },
    );
  }
  if (comparison.untried > 0) page.text(faint(`${comparison.untried} tried in one of them only.`));
}
