import { FluentProvider } from '@fluentui/react-components';
import { lazy, type ReactElement, Suspense, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Screen } from '../../shared/domain/screen.ts';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { LoadingLines } from '../components/States.tsx';
import type { Stores } from '../stores/stores.ts';
import css from './App.module.css';
import { ConnectionBar } from './ConnectionBar.tsx';
import { CrashGuard } from './CrashGuard.tsx';
import { GuardBar } from './GuardBar.tsx';
import { NavRail } from './NavRail.tsx';
import { RefusedPage } from './RefusedPage.tsx';
import { StatusStrip } from './StatusStrip.tsx';
import { SCREEN_PARTS } from './screen-parts.ts';
import { THEMES } from './themes.ts';
import { useAddress, useShortcuts } from './use-shortcuts.ts';
import { useTheme } from './use-theme.ts';

const Dialogs = lazy(() => import('./Dialogs.tsx').then(part => ({ default: part.Dialogs })));
const CommandPalette = lazy(() => import('./CommandPalette.tsx').then(part => ({ default: part.CommandPalette })));

/** The whole page: navigation, bars, and the screen that is shown. */
export function App({ stores }: { readonly stores: Stores }): ReactElement {
  const theme = useTheme(useStore(stores.appearance.store, ({ theme }) => theme));
  useEffect(() => stores.settings.want(), [stores]);
  useShortcuts(stores);
  useAddress(stores);
  const refused = useStore(stores.connection.store, state => state.kind === 'refused');
  // Once there was something to see, it stays: what was typed must not vanish with the key.
  const seen = useStore(stores.snapshot.store, asked => asked.kind === 'known');
  return (
    <FluentProvider theme={THEMES[theme]}>
      {refused && !seen ? <RefusedPage stores={stores} /> : <Frame stores={stores} />}
    </FluentProvider>
  );
}

function Frame({ stores }: { readonly stores: Stores }): ReactElement {
  const screen = useStore(stores.view.store, view => view.screen);
  const paletteOpen = useStore(stores.view.store, view => view.paletteOpen);
  const asksForKey = useStore(stores.hosts.opening, ({ question }) => question !== undefined);
  const isBuilding = useStore(stores.build.store, ({ kind }) => kind !== 'closed');
  const hasDialog = useStore(stores.view.store, view => view.dialog !== undefined) || asksForKey || isBuilding;
  const main = useRef<HTMLElement>(null);
  return (
    <div className={css['frame']}>
      <button type="button" className={css['skip']} onClick={() => main.current?.focus()}>
        {shellWords.skip}
      </button>
      <NavRail stores={stores} />
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
    </div>
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
