import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import type { InspectedVolume, Inspection } from '../../../shared/domain/inspection.ts';
import { fixScreenWords as words } from '../../../shared/wording/screen-fixes.ts';
import { plainText } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Stores } from '../../stores/stores.ts';
import { namespaceName } from './matrix-model.ts';

/** Says at a volume that it is what the last relaunch made, and what became of the finding. Heard without being looked for. */
export function FixOutcome({
  stores,
  inspection,
  volume,
}: {
  readonly stores: Stores;
  readonly inspection: Inspection;
  readonly volume: InspectedVolume | undefined;
}): ReactElement {
  const last = useStore(stores.inspection.fixing, ({ last }) => last);
  const name = volume === undefined ? undefined : namespaceName(inspection, volume.home);
  const isMade = name !== undefined && last?.launched.includes(name) === true;
  return (
    <div role="status">
      {isMade && (
        <StatusMark
          tone="good"
          word={`${words.relaunched(plainText(name))} ${last.gone ? words.gone : words.softened}`}
        />
      )}
    </div>
  );
}
