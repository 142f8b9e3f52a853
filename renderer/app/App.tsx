import { lazy, type ReactElement, Suspense, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import type { Stores } from '../stores/stores.ts';
import css from './App.module.css';
import { firstFrame } from './first-frame.ts';
import { NavRail } from './NavRail.tsx';
import { PageGuard } from './PageGuard.tsx';
import { fetchScreen } from './screen-parts.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { useAddress, useShortcuts } from './use-shortcuts.ts';
import { useTheme } from './use-theme.ts';

// The component library is in these: navigation shows itself, and works, before they are here.
const Stage = lazy(async () => {
  await firstFrame();
  return { default: (await import('./Stage.tsx')).Stage };
});
const RefusedPage = lazy(() => import('./RefusedPage.tsx').then(part => ({ default: part.RefusedPage })));

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
    <PageGuard>
      {refused && !seen ? (
        <Suspense fallback={null}>
          <RefusedPage stores={stores} theme={theme} />
        </Suspense>
      ) : (
        <Frame stores={stores} theme={theme} />
      )}
    </PageGuard>
  );
}

/** The sheet as it will stand; where it is long on its way, that is said. */
function Coming(): ReactElement {
  return (
    <div className={css['empty']}>
      <p className={css['coming']}>{shellWords.coming}</p>
    </div>
  );
}

function Frame({ stores, theme }: { readonly stores: Stores; readonly theme: 'light' | 'dark' }): ReactElement {
  const main = useRef<HTMLElement>(null);
  useKeptFocus(stores, main);
  // On its way beside the stage, not after it.
  useEffect(() => void firstFrame().then(() => fetchScreen(stores.view.store.getState().screen)), [stores]);
  return (
    <div className={css['frame']}>
      <button type="button" className={css['skip']} onClick={() => main.current?.focus()}>
        {shellWords.skip}
      </button>
      <NavRail stores={stores} />
      <div className={css['place']}>
        <Suspense fallback={<Coming />}>
          <Stage stores={stores} theme={theme} main={main} />
        </Suspense>
      </div>
    </div>
  );
}
