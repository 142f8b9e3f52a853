import { groupBy } from '../../../../shared/base/group-by.ts';
import type { Evidence } from '../../../../shared/domain/evidence.ts';
import type { InspectedVolume, Visibility } from '../../../../shared/domain/inspection.ts';
import type { Namespace } from '../../../../shared/domain/namespace.ts';
import { formatCount } from '../../../../shared/wording/amounts.ts';
import { wordBecause } from '../../../../shared/wording/word-visibility.ts';
import { cellText, evidenceMark, INFERRED_MARK, uncText } from './cell-text.ts';
import type { Page } from './page.ts';
import { faint, type Span, type Text } from './style.ts';
import { naturalWidth, type TableOptions } from './table.ts';
import { type Labels, labelsOf, volumeLabel } from './volume-label.ts';

const INDENT = 2;
/** More namespaces than this are counted, not drawn: nobody reads forty columns. */
const MOST_COLUMNS = 12;

/** Volumes x namespaces, with the evidence of every cell; many namespaces are summed up, exceptions by name. */
export function writeMatrix(page: Page, volumes: readonly InspectedVolume[], namespaces: readonly Namespace[]): void {
  const whole = namespaces.length <= MOST_COLUMNS ? wholeTable(volumes, namespaces) : undefined;
  const fits = whole !== undefined && naturalWidth(whole) <= page.style.tableWidth - INDENT;
  page.table(fits ? whole : summedTable(volumes, namespaces), INDENT);
  if (volumes.some(showsInference)) {
    page.text(faint(`${INFERRED_MARK} inferred from sources; no vendor documents it.`), { indent: 2 });
  }
  if (!fits) page.text(faint('Every cell: --json.'), { indent: 2 });
}

/** Whether a mark of inference stands in a row of this volume. */
function showsInference(volume: InspectedVolume): boolean {
  const isName = needsNameRow(volume);
  const inferred = ({ evidence }: { readonly evidence: Evidence }): boolean => evidence.ground === 'inferred';
  return volume.visibility.some(
    cell => inferred(cell) || (isName && cell.through.some(way => way.kind === 'unc' && inferred(way))),
  );
}

function wholeTable(volumes: readonly InspectedVolume[], namespaces: readonly Namespace[]): TableOptions {
  return {
    columns: ['VOLUME', ...namespaces.map(namespace => namespace.label)],
    rows: volumes.flatMap(volume => {
      const cells = cellsOf(volume);
      const row = (label: Text, write: (cell: Visibility) => Text): Text[] => [
        label,
        ...namespaces.map(({ id }) => {
          const cell = cells.get(id);
          return cell === undefined ? faint('-') : write(cell);
        }),
      ];
      const best = row(volumeLabel(volume), cell => cellText(cell, cell.namespace === volume.home));
      return needsNameRow(volume)
        ? [best, row(NAME_ROW, cell => uncText(cell, cell.namespace === volume.home))]
        : [best];
    }),
  };
}

function summedTable(volumes: readonly InspectedVolume[], namespaces: readonly Namespace[]): TableOptions {
  const labels = labelsOf(namespaces);
  return {
    columns: ['VOLUME', 'host', 'home', 'elsewhere'],
    rows: volumes.flatMap(volume => {
      const cells = cellsOf(volume);
      const home = cells.get(volume.home);
      const host = cells.get('host');
      const others = volume.visibility.filter(cell => cell.namespace !== volume.home && cell.namespace !== 'host');
      const row = (label: Text, write: (cell: Visibility, isHome: boolean) => Span[]): Text[] => [
        label,
        host === undefined ? faint('-') : write(host, volume.home === 'host'),
        [`${labels(volume.home)}: `, ...(home === undefined ? [faint('-')] : write(home, true))],
        summed(others, labels, cell => write(cell, false)),
      ];
      return needsNameRow(volume)
        ? [row(volumeLabel(volume), cellText), row(NAME_ROW, uncText)]
        : [row(volumeLabel(volume), cellText)];
    }),
  };
}

/** The row that tells of the plain UNC name alone. */
const NAME_ROW = '  by its UNC name alone';

/** Where the volume was reached by another name, what is known of its UNC name is told by itself. */
function needsNameRow({ home, visibility, uncPrefix }: InspectedVolume): boolean {
  if (uncPrefix === undefined) return false;
  return visibility.some(cell => {
    const ways = [...cell.through, ...(cell.refuted ?? [])];
    const unc = ways.find(({ kind }) => kind === 'unc');
    const isTested = cell.evidence.rank === 'probe' || cell.evidence.rank === 'canary';
    const isSame = unc !== undefined && unc.evidence.rank === cell.evidence.rank && cell.through.includes(unc);
    return cell.namespace !== home && cell.visible === 'yes' && isTested && !isSame;
  });
}

/** `no in 38 silos (rule*), YES in a, b (probe)`: names where there are few, numbers where there are many. */
function summed(cells: readonly Visibility[], labels: Labels, write: (cell: Visibility) => Span[]): Text {
  const groups = groupBy(cells, cell => JSON.stringify(write(cell)));
  return [...groups.values()].flatMap((group, index) => {
    const [first] = group;
    const where =
      group.length <= 3 ? group.map(cell => labels(cell.namespace)).join(', ') : formatCount(group.length, 'namespace');
    return [...(index === 0 ? [] : ['; ']), ...write(first), ` in ${where}`];
  });
}

function cellsOf(volume: InspectedVolume): Map<string, Visibility> {
  return new Map(volume.visibility.map(cell => [cell.namespace, cell]));
}

/** Cells of one volume, a row for each namespace, with the reason in words. */
export function visibilityTable(
  cells: readonly Visibility[],
  namespaces: readonly Namespace[],
  home?: string,
): TableOptions {
  const labels = labelsOf(namespaces);
  return {
    columns: ['FROM', 'VISIBLE', 'THROUGH', 'BECAUSE'],
    rows: cells.map(cell => [
      labels(cell.namespace),
      cellText(cell, cell.namespace === home || cell.because === 'its-own-namespace'),
      cell.through.map(way => `${way.path} (${evidenceMark(way)})`).join(', ') || '-',
      wordBecause(cell.because),
    ]),
  };
}
