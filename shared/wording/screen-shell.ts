import { formatCount } from './amounts.ts';

/** Words of the frame around the screens: navigation, connection, palette, and what every screen shares. */
export const shellWords = {
  product: 'Siloscope',
  skip: 'Skip to content',
  navigation: 'Screens',
  help: 'Help',
  screens: {
    readiness: 'Readiness',
    launch: 'Launch',
    filesystems: 'File systems',
    visibility: 'Visibility',
    namespaces: 'Namespaces',
    images: 'Images',
    timeline: 'Timeline',
    logs: 'Logs',
    settings: 'Settings',
  },
  palette: {
    open: 'Commands',
    title: 'Commands',
    placeholder: 'Type a command, as on the command line',
    none: 'No command fits. Try "launch" or "inspect".',
    results: 'Matching commands',
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
  coming: 'The page is on its way.',
  stale: (when: string): string => `This is from ${when}; asking again failed.`,
  simulated: (scenario: string | undefined): string =>
    scenario === undefined ? 'Simulated host' : `Simulated host: ${scenario}`,
  simulatedMeaning: 'Everything you see happens in a simulated Windows. Nothing here touches this machine.',
  hasNotices: 'a file of yours needs a look',
  /** The number beside Visibility, what is only expected marked: `1`, `2?`, `1+2?`. */
  leakBadge: (leaked: number, expected: number): string =>
    [...(leaked === 0 ? [] : [`${leaked}`]), ...(expected === 0 ? [] : [`${expected}?`])].join('+'),
  /** The same in words. */
  leaksKnown: (leaked: number, expected: number): string =>
    [
      ...(leaked === 0 ? [] : [`${formatCount(leaked, 'volume')} ${leaked === 1 ? 'leaks' : 'leak'}`]),
      ...(expected === 0
        ? []
        : [`${formatCount(expected, 'volume')} ${expected === 1 ? 'is' : 'are'} expected to leak, not tested`]),
    ].join('; '),
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
    silent: 'Siloscope has not answered for a moment. Still waiting; nothing you typed is lost.',
    lost: 'The connection to Siloscope is lost. What you see may be old; nothing you typed is lost.',
    retrying: (seconds: number): string => (seconds <= 0 ? 'Trying again now.' : `Trying again in ${seconds} s.`),
    retry: 'Try now',
    hostLost: 'The host is out of reach. Siloscope keeps trying.',
    hostClosed:
      'The host is lost, and is not opened again by itself: it is not what it was, or does not let you in any more.',
    reopen: 'Open it again',
    refusedTitle: 'This page needs its key',
    noToken:
      'The address was opened without the token that "siloscope serve" printed. Open the whole address, with everything after the # sign.',
    tokenOld:
      'The server was started anew, and each start has a new token. Open the address that "siloscope serve" printed last.',
    tokenRejected:
      'The server was started anew, and each start has a new token. Open the address that "siloscope serve" printed last, in this tab: nothing you typed is lost.',
  },
  notFetched: {
    title: 'This screen could not be fetched',
    cause: 'The link to Siloscope is down, or was as the screen was asked for. Your host has no part in it.',
  },
  crashed: {
    title: 'This screen broke',
    cause: 'A bug in the page, not on your host. The rest still works, and so does the command line.',
  },
} as const;
