import { describe, expect, it } from 'vitest';
import BASE from './base.css?raw';
import { THEMES } from './themes.ts';

const [, light = '', dark = ''] = /:root \{(.*?)\n\}.*?:root\[data-theme="dark"\] \{(.*?)\n\}/s.exec(BASE) ?? [];
const GROUNDS = { light, dark };

/** The page's own names for what the library calls otherwise. */
const NAMES = {
  '--ink': 'colorNeutralForeground1',
  '--ink-soft': 'colorNeutralForeground3',
  '--ground-hover': 'colorSubtleBackgroundHover',
  '--ground-selected': 'colorSubtleBackgroundSelected',
  '--brand': 'colorCompoundBrandBackground',
  '--brand-ink': 'colorBrandForeground1',
  '--focus': 'colorStrokeFocus2',
} as const;

/** `#fff` in the six digits that it stands for. */
const long = (colour: string | undefined): string | undefined =>
  colour?.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3').toLowerCase();

describe.each(['light', 'dark'] as const)('before the component library is here, the %s theme', theme => {
  it.each(Object.entries(NAMES))('has %s as the library has %s', (own, library) => {
    const colour = new RegExp(`\\s${own}: (#[0-9a-f]+);`).exec(GROUNDS[theme])?.[1];
    expect(long(colour)).toBe(long(THEMES[theme][library]));
  });
});
