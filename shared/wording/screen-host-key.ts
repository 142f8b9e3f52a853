/** Words of the question whether a host's key is its own. */
export const hostKeyWords = {
  title: (host: string): string => `Is this the key of ${host}?`,
  shown: (type: string, jump = false): string =>
    `Siloscope does not know this host yet${jump ? ', which is on the way to the one you open' : ''}. Who answers there shows this ${type} key:`,
  fingerprint: 'the fingerprint',
  compare:
    'Anybody can answer in its place. Run this on the host itself, at its console or by somebody who is there, and compare what it prints:',
  kept: (file: string | undefined): string =>
    file === undefined
      ? 'Your ssh configuration names no file to keep it in: you will be asked again.'
      : `If you trust it, it is kept in ${file}, and this host is never opened with another key.`,
  trust: 'Trust and connect',
  connecting: 'Connecting',
} as const;
