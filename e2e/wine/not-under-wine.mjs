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
    journey: 'engine-restarts',
    because: 'the engine restarts at a set time after its start, which is over before a page stands here',
  },
  {
    journey: 'fix-a-leak',
    because: 'it opens a volume from outside: Wine runs no kernel driver, so none can be opened',
  },
  { journey: 'fsd-unloaded', because: 'what stands in for the driver cannot be unloaded: that is the kernel’s to do' },
  {
    journey: 'hostile-names',
    because: 'the names come from the same engine whatever the host; simulated and over SSH is enough',
  },
  { journey: 'image-cannot-run', because: 'the rule is the same on every host, and each launch takes minutes here' },
  {
    journey: 'isolation-test',
    because: 'it opens volumes from outside: Wine runs no kernel driver, so none can be opened',
  },
  { journey: 'keyboard-only', because: 'the order of tab stops is the page’s, and each launch takes minutes here' },
  {
    journey: 'palette-tools',
    because: 'it opens commands of the page: the host answers them as in the other journeys',
  },
  { journey: 'policy', because: 'it is about what the page may load, and who may talk to the server' },
  { journey: 'report', because: 'it opens a file that a command with a host of its own has written' },
  { journey: 'secrets', because: 'the sealing by Windows is tried by the tests of the lane; the page is the same' },
  { journey: 'thousand-silos', because: 'a thousand containers in one Windows process under Wine take minutes' },
  { journey: 'two-browsers', because: 'it is about two pages on one server: the host is the same' },
  { journey: 'workspaces', because: 'each of its launches takes minutes here' },
];

/** The table as the lane prints it. */
export function tellNotUnderWine() {
  const width = Math.max(...NOT_UNDER_WINE.map(({ journey }) => journey.length));
  const lines = NOT_UNDER_WINE.map(
    ({ journey, tests, because }) => `  ${journey.padEnd(width)}  ${tests === undefined ? '' : 'in part: '}${because}`,
  );
  return `journeys that are not walked under Wine:\n${lines.join('\n')}\n`;
}
