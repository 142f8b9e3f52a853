import { type ReactElement, useMemo } from 'react';
import { useStore } from 'zustand';
import { isOnlyExpected } from '../../../shared/domain/expected-verdict.ts';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { wordVerdict } from '../../../shared/wording/word-verdict.ts';
import type { GridPlace } from '../../components/grid-keys.ts';
import { MatrixGrid, type MatrixHead } from '../../components/MatrixGrid.tsx';
import { NoMatch } from '../../components/States.tsx';
import type { Stores } from '../../stores/stores.ts';
import { cellTip } from './cell-tip.ts';
import { cellView } from './cell-view.tsx';
import { NAMESPACE_ICONS, verdictIcon } from './matrix-icons.tsx';
import { layOutMatrix, namespaceName, volumeName } from './matrix-model.ts';

const words = visibilityWords;

interface VisibilityMatrixProps {
  readonly stores: Stores;
  readonly inspection: Inspection;
  readonly filter: string;
}

/** Volumes by namespaces: a letter of the keyboard looks at the cell that has the focus. */
export function VisibilityMatrix({ stores, inspection, filter }: VisibilityMatrixProps): ReactElement {
  const selected = useStore(stores.view.store, view => view.selected);
  const layout = useMemo(() => layOutMatrix(inspection, filter), [inspection, filter]);
  const rows = useMemo(
    (): readonly MatrixHead[] =>
      layout.volumes.map(volume => ({
        key: volume.device,
        main: volumeName(volume),
        sub: [
          // Where the line is cut off, what tells two of one name apart is still there.
          namespaceName(inspection, volume.home),
          wordVerdict(volume),
          words.kinds[volume.kind],
          volume.mountPoints.join(' '),
        ]
          .filter(text => text !== '')
          .join(' · '),
        icon: verdictIcon(volume.verdict, isOnlyExpected(volume)),
      })),
    [layout, inspection],
  );
  const columns = useMemo(
    (): readonly MatrixHead[] =>
      layout.namespaces.map(namespace => ({
        key: namespace.id,
        main: namespace.label,
        sub:
          namespace.kind === 'host'
            ? inspection.host.facts.machineName
            : namespace.siloId === undefined
              ? words.namespaceKinds[namespace.kind]
              : words.silo(namespace.siloId),
        icon: NAMESPACE_ICONS[namespace.kind],
      })),
    [layout, inspection],
  );
  const lookAt = (depth: 'probe' | 'canary') => (place: GridPlace) => {
    const device = layout.volumes[place.row]?.device;
    const namespace = layout.namespaces[place.column]?.id;
    if (device !== undefined) void stores.inspection.lookAt({ device, namespace }, depth);
  };
  if (layout.volumes.length === 0) {
    return <NoMatch title={words.noMatch} onClear={() => stores.view.filter('visibility', '')} />;
  }
  const row = layout.volumes.findIndex(({ device }) => device === selected?.device);
  const column = layout.namespaces.findIndex(({ id }) => id === selected?.namespace);
  return (
    <MatrixGrid
      label={words.grid}
      corner={words.volume}
      rows={rows}
      columns={columns}
      cell={(row, column) => cellView(layout, { row, column })}
      selected={row < 0 || column < 0 ? undefined : { row, column }}
      keys={{ p: lookAt('probe'), c: lookAt('canary') }}
      tip={place => {
        const volume = layout.volumes[place.row];
        const namespace = layout.namespaces[place.column];
        return volume === undefined || namespace === undefined ? [] : cellTip(inspection, volume, namespace.id);
      }}
      onSelect={place => {
        const device = layout.volumes[place.row]?.device;
        stores.view.select(device, layout.namespaces[place.column]?.id);
      }}
    />
  );
}
