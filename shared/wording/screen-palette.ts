/** What each command of the palette does, beside the line that does it on the command line. */
export const paletteWords = {
  doctor: 'Check whether this host is ready',
  images: 'List base images and what runs here',
  launch: 'Launch a file system',
  launchProfile: (title: string): string => `Launch ${title}`,
  list: 'List file systems in containers',
  stop: (name: string): string => `Stop ${name}`,
  inspect: 'Look who sees which volume',
  probe: 'Look and open each volume from everywhere',
  canary: 'Prove it with a canary',
  map: 'Show the map',
  namespace: 'Browse an object namespace',
  watch: 'Watch what happens',
  settings: 'Settings',
  theme: { light: 'Light theme', dark: 'Dark theme', system: 'Theme as Windows has it' },
  refresh: 'Ask everything anew',
} as const;
