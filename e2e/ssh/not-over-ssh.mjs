// Journeys of e2e/journeys that are not walked over SSH, each with its reason. All others are, and a new one is until it
// is named here. `tests`: only those of its tests; absent: all of it. The lane prints this table.

export const NOT_OVER_SSH = [
  {
    journey: 'accessibility',
    because: 'it looks at the page alone: what stands on it comes from the same services',
  },
  {
    journey: 'administrator',
    because: 'a session over SSH has the rights that it was given: nobody can be asked for more',
  },
  { journey: 'connection', because: 'it is about page and server: no host takes part' },
  {
    journey: 'hostile-names',
    tests: /^at (400 by 800|640 by 400) px/,
    because: 'the names come the same way at every width: one is enough',
  },
  {
    journey: 'keyboard-only',
    tests: /^with volumes to look at/,
    because: 'the order of tab stops is the page’s',
  },
  {
    journey: 'narrow-tables',
    because: 'it looks at the page alone: what stands on it comes from the same services',
  },
  { journey: 'policy', because: 'it is about what the page may load, and who may talk to the server' },
  { journey: 'report', because: 'it opens a file that a command with a host of its own has written' },
  { journey: 'settings', because: 'it is about sections, search and links of the page' },
  {
    journey: 'thousand-silos',
    because: 'a thousand containers behind one sshd on two processors take minutes; the bench has them without',
  },
];

/** The table as the lane prints it. */
export function tellNotOverSsh() {
  const width = Math.max(...NOT_OVER_SSH.map(({ journey }) => journey.length));
  const lines = NOT_OVER_SSH.map(
    ({ journey, tests, because }) => `  ${journey.padEnd(width)}  ${tests === undefined ? '' : 'in part: '}${because}`,
  );
  return `journeys that are not walked over SSH:\n${lines.join('\n')}\n`;
}
