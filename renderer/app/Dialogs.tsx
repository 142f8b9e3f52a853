import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { BuildDialog } from '../screens/images/BuildDialog.tsx';
import { UnloadDialog } from '../screens/readiness/UnloadDialog.tsx';
import type { Stores } from '../stores/stores.ts';
import { BundleDialog } from './BundleDialog.tsx';
import { ExplainDialog } from './ExplainDialog.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { HostKeyDialog } from './HostKeyDialog.tsx';
import { ReportDialog } from './ReportDialog.tsx';

/** The dialog that stands over whatever screen is shown, if any. */
export function Dialogs({ stores }: { readonly stores: Stores }): ReactElement | null {
  const dialog = useStore(stores.view.store, view => view.dialog);
  const asksForKey = useStore(stores.hosts.opening, ({ question }) => question !== undefined);
  const isBuilding = useStore(stores.build.store, ({ kind }) => kind !== 'closed');
  const close = (): void => stores.view.ask(undefined);
  if (asksForKey) return <HostKeyDialog stores={stores} />;
  if (isBuilding) return <BuildDialog stores={stores} />;
  switch (dialog) {
    case undefined:
      return null;
    case 'unload':
      return <UnloadDialog stores={stores} onClose={close} />;
    case 'explain':
      return <ExplainDialog onClose={close} />;
    case 'report':
      return <ReportDialog stores={stores} onClose={close} />;
    case 'bundle':
      return <BundleDialog stores={stores} onClose={close} />;
    case 'help':
      return <HelpDialog stores={stores} onClose={close} />;
  }
}
