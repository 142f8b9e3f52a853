/** Words of the frame around the screens: navigation, connection, palette, and what every screen shares. */
export const shellWords = {
  product: 'Siloscope',
  skip: 'Skip to content',
  navigation: 'Screens',
  screens: {
    readiness: 'Readiness',
    launch: 'Launch',
    filesystems: 'File systems',
    visibility: 'Visibility',
    namespaces: 'Namespaces',
    images: 'Images',
    timeline: 'Timeline',
    settings: 'Settings',
  },
  palette: {
    open: 'Commands',
    title: 'Commands',
    placeholder: 'Type a command, as on the command line',
    none: 'No command fits. Try "launch" or "inspect".',
    results: 'Matching commands',
    copyHint: 'The grey text is the same thing on the command line.',
  },
  refresh: 'Refresh',
  filter: 'Filter',
  clearFilter: 'Clear the filter',
  copy: 'Copy',
  copied: 'Copied',
  cancel: 'Cancel',
  close: 'Close',
  raw: 'Raw answer',
  next: 'Next step',
  command: 'the command',
  again: 'Try again',
  loading: 'Asking the host',
  stale: (when: string): string => `This is from ${when}; asking again failed.`,
  simulated: (scenario: string | undefined): string =>
    scenario === undefined
      ? 'Simulated host. Nothing here touches this machine.'
      : `Simulated host, scenario "${scenario}". Nothing here touches this machine.`,
  leaksKnown: (count: number): string => (count === 1 ? 'volume leaks' : 'volumes leak'),
  host: {
    label: 'Host',
    driver: 'Driver',
    engine: 'Engine',
    driverStates: {
      'not-installed': 'not installed',
      stopped: 'stopped',
      starting: 'starting',
      running: 'running',
      stopping: 'stopping',
    },
    reachable: (version: string | undefined): string => (version === undefined ? 'answers' : `${version}, answers`),
    unreachable: 'no answer',
  },
  connection: {
    connecting: 'Connecting to Siloscope',
    silent: 'Siloscope has not answered for a moment. Still waiting; nothing you typed is lost.',
    lost: 'The connection to Siloscope is lost. What you see may be old; nothing you typed is lost.',
    retrying: (seconds: number): string => (seconds <= 0 ? 'Trying again now.' : `Trying again in ${seconds} s.`),
    retry: 'Try now',
    hostLost: 'The host is out of reach. Siloscope keeps trying.',
    refusedTitle: 'This page needs its key',
    noToken:
      'The address was opened without the token that "siloscope serve" printed. Open the whole address, with everything after the # sign.',
    tokenRejected:
      'The server was started anew, and each start has a new token. Open the address that "siloscope serve" printed last.',
  },
  crashed: {
    title: 'This screen broke',
    cause: 'A bug in the page, not on your host. The rest still works, and so does the command line.',
  },
} as const;
