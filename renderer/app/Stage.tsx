import { FluentProvider } from '@fluentui/react-components';
import { type ReactElement, type Ref, Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import type { Screen } from '../../shared/domain/screen.ts';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { LoadingLines } from '../components/States.tsx';
import type { Stores } from '../stores/stores.ts';
import { ConnectionBar } from './ConnectionBar.tsx';
import { CrashGuard } from './CrashGuard.tsx';
import { GuardBar } from './GuardBar.tsx';
import { lazyPart, NotFetched, renewParts } from './lazy-part.ts';
import css from './Stage.module.css';
import { StatusStrip } from './StatusStrip.tsx';
import { SCREEN_PARTS } from './screen-parts.ts';
import { THEMES } from './themes.ts';

const DIALOGS = lazyPart(async () => (await import('./Dialogs.tsx')).Dialogs);
const PALETTE = lazyPart(async () => (await import('./CommandPalette.tsx')).CommandPalette);

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
      {hasDialog && <Above part={DIALOGS} stores={stores} />}
      {paletteOpen && <Above part={PALETTE} stores={stores} />}
    </FluentProvider>
  );
}

function Part({ screen, stores }: { readonly screen: Screen; readonly stores: Stores }): ReactElement {
  const Shown = SCREEN_PARTS[screen]();
  return <Shown stores={stores} />;
}

interface AboveProps {
  readonly part: typeof DIALOGS;
  readonly stores: Stores;
}

/** What stands over the page. Where it could not be fetched the page goes on without it, and types into itself again. */
function Above({ part, stores }: AboveProps): ReactElement {
  return (
    <ErrorBoundary
      fallen={error => {
        if (!(error instanceof NotFetched)) throw error;
        return <Withdrawn stores={stores} />;
      }}
    >
      <Suspense fallback={null}>
        <AbovePart part={part} stores={stores} />
      </Suspense>
    </ErrorBoundary>
  );
}

function AbovePart({ part, stores }: AboveProps): ReactElement {
  const Shown = part();
  return <Shown stores={stores} />;
}

function Withdrawn({ stores: { view } }: { readonly stores: Stores }): null {
  useEffect(() => {
    renewParts();
    view.openPalette(false);
    view.ask(undefined);
  }, [view]);
  return null;
}

function Waiting(): ReactElement {
  return (
    <div className={css['waiting']}>
      <LoadingLines lines={6} />
    </div>
  );
}
