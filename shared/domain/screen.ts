/** The screens in the order of Ctrl+1 to Ctrl+9, as the page's fragments name them. */
export const SCREENS = [
  'readiness',
  'launch',
  'filesystems',
  'visibility',
  'namespaces',
  'images',
  'timeline',
  'logs',
  'settings',
] as const;
export type Screen = (typeof SCREENS)[number];
