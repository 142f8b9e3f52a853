// Journeys of e2e/journeys that are not walked with `--host local` as a Windows process under Wine, each with its reason. All
// others are, and a new one is until it is named here. `tests`: only those of its tests; absent: all of it. The lane prints this.

/**
 * @type {readonly { readonly journey: string, readonly tests?: RegExp, readonly because: string }[]}
 */
export const NOT_UNDER_WINE = [
  { journey: 'accessibility', because: 'it looks at the page alone: what stands on it comes from the same services' },
  { journey: 'administrator', because: 'Wine knows no prompt: its one user has every right' },
  { journey: 'connection', because: 'it is about page and server: no host takes part' },
  {
    journey: 'hostile-names',
    because: 'the names come from the same engine whatever the host; simulated and over SSH is enough',
  },
  { journey: 'policy', because: 'it is about what the page may load, and who may talk to the server' },
  { journey: 'report', because: 'it opens a file that a command with a host of its own has written' },
  { journey: 'thousand-silos', because: 'a thousand containers in one Windows process under Wine take minutes' },
];

/** The table as the lane prints it. */
export function tellNotUnderWine() {
  const width = Math.max(...NOT_UNDER_WINE.map(({ journey }) => journey.length));
  const lines = NOT_UNDER_WINE.map(
    ({ journey, tests, because }) => `  ${journey.padEnd(width)}  ${tests === undefined ? '' : 'in part: '}${because}`,
  );
  return `journeys that are not walked under Wine:\n${lines.join('\n')}\n`;
}
