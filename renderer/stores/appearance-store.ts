import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Theme } from '../../shared/domain/settings.ts';

/** `system` follows Windows. */
export const THEME_CHOICES = ['system', 'light', 'dark'] as const satisfies readonly Theme[];
export type ThemeChoice = Theme;

/** What the browser keeps for us; private browsing may refuse. */
export type Keep = Pick<Storage, 'getItem' | 'setItem'>;

const KEY = 'siloscope.theme';

export interface AppearanceStore {
  readonly store: StoreApi<{ readonly theme: ThemeChoice }>;
  /** Shows it at once, and keeps it with the settings. */
  choose(theme: ThemeChoice): void;
  /** The kept settings say so: they may have been changed elsewhere. */
  adopt(theme: ThemeChoice): void;
}

/** The browser's own copy is for the first picture only, before the settings have been read. `write` keeps the choice. */
export function createAppearanceStore(keep: Keep, write: (theme: ThemeChoice) => Promise<unknown>): AppearanceStore {
  const kept = keep.getItem(KEY);
  const store = createStore<{ theme: ThemeChoice }>(() => ({
    theme: THEME_CHOICES.find(choice => choice === kept) ?? 'system',
  }));
  let writing = 0;
  const show = (theme: ThemeChoice): void => {
    if (store.getState().theme === theme) return;
    store.setState({ theme });
    keep.setItem(KEY, theme);
  };
  return {
    store,
    choose: theme => {
      show(theme);
      writing += 1;
      void write(theme).finally(() => {
        writing -= 1;
      });
    },
    // What is read while a choice is on its way is older than the choice.
    adopt: theme => {
      if (writing === 0) show(theme);
    },
  };
}
