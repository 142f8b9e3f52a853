import { FluentProvider } from '@fluentui/react-components';
import { lazy, type ReactElement, type Ref, Suspense } from 'react';
import { useStore } from 'zustand';
import type { Screen } from '../../shared/domain/screen.ts';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { LoadingLines } from '../components/States.tsx';
import type { Stores } from '../stores/stores.ts';
import { ConnectionBar } from './ConnectionBar.tsx';
import { CrashGuard } from './CrashGuard.tsx';
import { GuardBar } from './GuardBar.tsx';
import css from './Stage.module.css';
import { StatusStrip } from './StatusStrip.tsx';
import { SCREEN_PARTS } from './screen-parts.ts';
import { THEMES } from './themes.ts';

const Dialogs = lazy(() => import('./Dialogs.tsx').then(part => ({ default: part.Dialogs })));
const CommandPalette = lazy(() => import('./CommandPalette.tsx').then(part => ({ default: part.CommandPalette })));

export interface StageProps {
  readonly stores: Stores;
  readonly theme: 'light' | 'dark';
  /** What the link past the navigation leads to. */
  readonly main: Ref<HTMLElement>;
}

/** All beside the navigation: bars, the screen that is shown, dialogs. The component library begins here. */
export function Stage({ stores, theme, main }: StageProps): ReactElement {
  const screen = useStore(stores.view.store, view => view.screen);
  const paletteOpen = useStore(stores.view.store, view => view.paletteOpen);
  const asksForKey = useStore(stores.hosts.opening, ({ question }) => question !== undefined);
  const isBuilding = useStore(stores.build.store, ({ kind }) => kind !== 'closed');
  const hasDialog = useStore(stores.view.store, view => view.dialog !== undefined) || asksForKey || isBuilding;
  return (
    <FluentProvider theme={THEMES[theme]}>
      <div className={css['stage']}>
        <StatusStrip stores={stores} />
        <ConnectionBar stores={stores} />
        <GuardBar stores={stores} />
        <main ref={main} className={css['sheet']} tabIndex={-1} aria-label={shellWords.screens[screen]}>
          <CrashGuard key={screen}>
            <Suspense fallback={<Waiting />}>
              <Part screen={screen} stores={stores} />
            </Suspense>
          </CrashGuard>
        </main>
      </div>
      {hasDialog && (
        <Suspense fallback={null}>
          <Dialogs stores={stores} />
        </Suspense>
      )}
      {paletteOpen && (
        <Suspense fallback={null}>
          <CommandPalette stores={stores} />
        </Suspense>
      )}
    </FluentProvider>
  );
}

function Part({ screen, stores }: { readonly screen: Screen; readonly stores: Stores }): ReactElement {
  const Shown = SCREEN_PARTS[screen];
  return <Shown stores={stores} />;
}

function Waiting(): ReactElement {
  return (
    <div className={css['waiting']}>
      <LoadingLines lines={6} />
    </div>
  );
}
