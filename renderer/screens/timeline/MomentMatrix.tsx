import { type ReactElement, useMemo, useState } from 'react';
import { isOnlyExpected } from '../../../shared/domain/expected-verdict.ts';
import { type JournalMoment, momentInspection } from '../../../shared/domain/journal-moment.ts';
import { timelineWords } from '../../../shared/wording/screen-timeline.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { wordVerdict } from '../../../shared/wording/word-verdict.ts';
import { wordBecause } from '../../../shared/wording/word-visibility.ts';
import type { GridPlace } from '../../components/grid-keys.ts';
import { MatrixGrid, type MatrixHead } from '../../components/MatrixGrid.tsx';
import { cellView } from '../visibility/cell-view.tsx';
import { NAMESPACE_ICONS, verdictIcon } from '../visibility/matrix-icons.tsx';
import { cellOf, layOutMatrix, volumeName } from '../visibility/matrix-model.ts';
import shape from './Moment.module.css';
import { MomentEvidence } from './MomentEvidence.tsx';
import css from './TimelineScreen.module.css';

const words = timelineWords.moment;

/** The matrix as it was then known. */
export function MomentMatrix({ moment }: { readonly moment: JournalMoment }): ReactElement {
  const [selected, setSelected] = useState<GridPlace>();
  const layout = useMemo(() => layOutMatrix(momentInspection(moment), ''), [moment]);
  const labels = new Map<string, string>(layout.namespaces.map(({ id, label }) => [id, label]));
  if (layout.volumes.length === 0) return <p className={css['then']}>{words.noVolumes}</p>;
  const time = moment.at === undefined ? '' : new Date(moment.at).toLocaleString(undefined, TIME);
  const rows: readonly MatrixHead[] = layout.volumes.map(volume => ({
    key: volume.device,
    main: volumeName(volume),
    sub: [wordVerdict(volume), ...volume.mountPoints, labels.get(volume.home) ?? ''].join(' · '),
    icon: verdictIcon(volume.verdict, isOnlyExpected(volume)),
  }));
  const columns: readonly MatrixHead[] = layout.namespaces.map(({ id, label, kind }) => ({
    key: id,
    main: label,
    sub: visibilityWords.namespaceKinds[kind],
    icon: NAMESPACE_ICONS[kind],
  }));
  const at = ({ row, column }: GridPlace) => {
    const volume = layout.volumes[row];
    const namespace = layout.namespaces[column];
    return volume === undefined || namespace === undefined
      ? undefined
      : { volume, namespace, cell: cellOf(volume, namespace.id) };
  };
  const chosen = selected === undefined ? undefined : at(selected);
  return (
    <div className={shape['picture']}>
      <div className={css['matrix']} style={{ height: HEAD_PX + rows.length * ROW_PX }}>
        <MatrixGrid
          label={words.matrix(time)}
          corner={visibilityWords.volume}
          rows={rows}
          columns={columns}
          cell={(row, column) => cellView(layout, { row, column })}
          selected={selected}
          onSelect={setSelected}
          tip={place => {
            const found = at(place);
            if (found?.cell === undefined) return [];
            const { evidence, because } = found.cell;
            return [
              visibilityWords.detail.seenFrom(volumeName(found.volume), found.namespace.label),
              visibilityWords.detail.reason(wordBecause(because)),
              evidence.at === undefined
                ? words.predicted
                : words.tested(new Date(evidence.at).toLocaleString(undefined, TIME)),
            ];
          }}
        />
      </div>
      {chosen === undefined ? (
        <p className={css['then']}>{words.choose}</p>
      ) : (
        <MomentEvidence inspection={momentInspection(moment)} volume={chosen.volume} namespace={chosen.namespace} />
      )}
    </div>
  );
}

/** As tall as the grid draws them; a longer one scrolls. */
const HEAD_PX = 62;
const ROW_PX = 47;
const TIME = { dateStyle: 'short', timeStyle: 'medium' } as const;
