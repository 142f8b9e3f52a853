import type { InspectedVolume, Visibility } from '../../../../shared/domain/inspection.ts';
import type { Namespace } from '../../../../shared/domain/namespace.ts';
import { formatCount } from '../../../../shared/wording/amounts.ts';
import { wordBecause } from '../../../../shared/wording/word-visibility.ts';
import { cellText, INFERRED_MARK } from './cell-text.ts';
import type { Page } from './page.ts';
import { faint, type Text } from './style.ts';
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
  if (volumes.some(({ visibility }) => visibility.some(({ evidence }) => evidence.ground === 'inferred'))) {
    page.text(faint(`${INFERRED_MARK} inferred from sources; no vendor documents it.`), { indent: 2 });
  }
  if (!fits) page.text(faint('Every cell: --json.'), { indent: 2 });
}

function wholeTable(volumes: readonly InspectedVolume[], namespaces: readonly Namespace[]): TableOptions {
  return {
    columns: ['VOLUME', ...namespaces.map(namespace => namespace.label)],
    rows: volumes.map(volume => {
      const cells = cellsOf(volume);
      return [
        volumeLabel(volume),
        ...namespaces.map(({ id }) => {
          const cell = cells.get(id);
          return cell === undefined ? faint('-') : cellText(cell, id === volume.home);
        }),
      ];
    }),
  };
}

function summedTable(volumes: readonly InspectedVolume[], namespaces: readonly Namespace[]): TableOptions {
  const labels = labelsOf(namespaces);
  return {
    columns: ['VOLUME', 'host', 'home', 'elsewhere'],
    rows: volumes.map(volume => {
      const cells = cellsOf(volume);
      const home = cells.get(volume.home);
      const host = cells.get('host');
      const others = volume.visibility.filter(cell => cell.namespace !== volume.home && cell.namespace !== 'host');
      return [
        volumeLabel(volume),
        host === undefined ? faint('-') : cellText(host, volume.home === 'host'),
        [`${labels(volume.home)}: `, ...(home === undefined ? [faint('-')] : pieces(home))],
        summed(others, labels),
      ];
    }),
  };
}

const pieces = (cell: Visibility) => {
  const text = cellText(cell, true);
  return Array.isArray(text) ? text : [];
};

/** `no in 38 silos (rule*), YES in a, b (probe)`: names where there are few, numbers where there are many. */
function summed(cells: readonly Visibility[], labels: Labels): Text {
  const groups = new Map<string, Visibility[]>();
  for (const cell of cells) {
    const key = `${cell.visible} ${cell.evidence.rank} ${cell.evidence.ground}`;
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups.values()].flatMap((group, index) => {
    const [first] = group;
    if (first === undefined) return [];
    const where =
      group.length <= 3 ? group.map(cell => labels(cell.namespace)).join(', ') : formatCount(group.length, 'namespace');
    const shown = cellText(first, false);
    return [...(index === 0 ? [] : ['; ']), ...(Array.isArray(shown) ? shown : []), ` in ${where}`];
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
      cell.through.map(way => way.path).join(', ') || '-',
      wordBecause(cell.because),
    ]),
  };
}
