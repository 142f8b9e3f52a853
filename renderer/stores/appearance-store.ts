import { createStore, type StoreApi } from 'zustand/vanilla';

/** `system` follows Windows. */
export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

/** What the browser keeps for us; private browsing may refuse. */
export type Keep = Pick<Storage, 'getItem' | 'setItem'>;

const KEY = 'siloscope.theme';

export interface AppearanceStore {
  readonly store: StoreApi<{ readonly theme: ThemeChoice }>;
  choose(theme: ThemeChoice): void;
}

export function createAppearanceStore(keep: Keep): AppearanceStore {
  const kept = keep.getItem(KEY);
  const store = createStore<{ theme: ThemeChoice }>(() => ({
    theme: THEME_CHOICES.find(choice => choice === kept) ?? 'system',
  }));
  return {
    store,
    choose: theme => {
      store.setState({ theme });
      keep.setItem(KEY, theme);
    },
  };
}
