/** The screens, in the order of the navigation and of Ctrl+1 to Ctrl+8, as the page's fragments name them. */
export const SCREENS = [
  'readiness',
  'launch',
  'filesystems',
  'visibility',
  'namespaces',
  'images',
  'timeline',
  'settings',
] as const;
export type Screen = (typeof SCREENS)[number];
