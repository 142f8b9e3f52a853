import { useLayoutEffect, useSyncExternalStore } from 'react';
import type { ThemeChoice } from '../stores/appearance-store.ts';

const DARK = '(prefers-color-scheme: dark)';

function listen(changed: () => void): () => void {
  const media = window.matchMedia(DARK);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
}

/** The theme to draw: the choice, or what the system says now. Marks the document with it. */
export function useTheme(choice: ThemeChoice): 'light' | 'dark' {
  const systemIsDark = useSyncExternalStore(listen, () => window.matchMedia(DARK).matches);
  const theme = choice === 'system' ? (systemIsDark ? 'dark' : 'light') : choice;
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return theme;
}
