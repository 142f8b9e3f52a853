/** What of Electron's `nativeTheme` is followed. */
export interface SystemTheme {
  readonly shouldUseDarkColors: boolean;
  readonly shouldUseHighContrastColors: boolean;
  on(event: 'updated', listener: () => void): unknown;
}

/** What of the window is painted before the page is. */
export interface PaintedWindow {
  isDestroyed(): boolean;
  setBackgroundColor(color: string): void;
}

/**
 * The colour behind the page, so that nothing flashes before its first paint. Under a contrast theme black and white
 * alone: the page itself follows the theme by forced colours.
 */
export function backgroundOf({ shouldUseDarkColors, shouldUseHighContrastColors }: SystemTheme): string {
  if (shouldUseHighContrastColors) return shouldUseDarkColors ? '#000000' : '#ffffff';
  return shouldUseDarkColors ? '#1f1f1f' : '#fafafa';
}

/** Keeps the window in the system's colours. The page follows by its own media queries. */
export function followTheme(theme: SystemTheme, window: PaintedWindow): void {
  theme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(backgroundOf(theme));
  });
}
