import { type Theme, webDarkTheme, webLightTheme } from '@fluentui/react-components';

const TYPE: Partial<Theme> = { fontFamilyBase: 'var(--font-text)', fontFamilyMonospace: 'var(--font-mono)' };

/** Fluent's themes with the page's own type. */
export const THEMES: Readonly<Record<'light' | 'dark', Theme>> = {
  light: { ...webLightTheme, ...TYPE },
  dark: { ...webDarkTheme, ...TYPE },
};
