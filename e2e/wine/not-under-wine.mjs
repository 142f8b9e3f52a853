// Which journeys of e2e/journeys are walked with `--host local` as a Windows process under Wine, and why the others are not. The
// lane prints the table. Those that are walked launch, stop and keep file systems there, look at them, and ask page and host for all
// else that needs neither a driver of the kernel nor a program that Wine lacks; Wine's own add namespaces, readiness and logs.
import { readdirSync } from 'node:fs';

/** Journeys that pass there, and are walked where all are asked for: programs start slowly under Wine. */
const WHERE_ALL = ['bundle', 'hostile-names', 'image-cannot-run', 'keyboard-only', 'palette-tools'];
/** Set by who has the time. */
const isAll = process.env['SILOSCOPE_WINE_JOURNEYS'] === 'all';

/** The journeys that are walked, by the names of their files. */
export const WALKED = [
  'guard',
  'hosts',
  'own-profile',
  'secrets',
  'terminal',
  'timeline',
  'workspaces',
  ...(isAll ? WHERE_ALL : []),
];

/** Of those that are walked, what is left out. */
const IN_PART = [
  {
    journey: 'hostile-names',
    tests: /at (?:400 by 800|640 by 400) px/,
    because: 'the names come the same way at every width: one is enough',
  },
  { journey: 'keyboard-only', tests: /with volumes to look at/, because: 'the order of tab stops is the page’s' },
  {
    journey: 'timeline',
    tests: /a name is looked for in every namespace/,
    because: 'without hcsdiag, which Wine lacks, nothing tells which silo a container lives in',
  },
];

/** Titles of tests, as Playwright matches them, that are left out. */
export const LEFT_OUT = IN_PART.map(({ journey, tests }) => new RegExp(`${journey}\\.spec\\.ts ${tests.source}`));

/** What stands in the way of others, or makes them pointless. @type {Readonly<Record<string, string>>} */
const BECAUSE = {
  accessibility: 'it looks at the page alone: what stands on it comes from the same services',
  administrator: 'Wine knows no prompt: its one user has every right',
  'build-image': 'the programs that it puts into an image lie on the simulated host: on the disk of Wine they are not',
  connection: 'it is about page and server: no host takes part',
  'engine-restarts': 'the engine restarts at a set time after its start, which is over before a page stands here',
  'fix-a-leak': 'it opens a volume from outside: Wine runs no kernel driver, so none can be opened',
  'fsd-unloaded': 'what stands in for the driver cannot be unloaded: that is the kernel’s to do',
  'isolation-test': 'it opens volumes from outside: Wine runs no kernel driver, so none can be opened',
  logs: 'it begins with the start of the driver in the log: what stands in for it is started by the first launch only',
  'narrow-tables': 'it looks at the page alone: what stands on it comes from the same services',
  newcomer: 'it ends at a leak that was seen, which here is expected by rule alone: Wine’s own launch ends there',
  policy: 'it is about what the page may load, and who may talk to the server',
  report: 'it opens a file that a command with a host of its own has written',
  settings: 'it is about sections, search and links of the page',
  'thousand-silos': 'a thousand containers in one Windows process under Wine take minutes',
  'two-browsers': 'it waits for a host where everything could be asked: Wine has no hcsdiag, and the page says so',
};
const OTHERWISE = 'not tried under Wine yet: walked on the simulated host and over SSH';

/** The table as the lane prints it. */
export function tellNotUnderWine() {
  const journeys = readdirSync(new URL('../journeys/', import.meta.url))
    .flatMap(file => /^(.+)\.spec\.ts$/.exec(file)?.[1] ?? [])
    .filter(journey => !WALKED.includes(journey) || IN_PART.some(part => part.journey === journey))
    .sort();
  const width = Math.max(...journeys.map(journey => journey.length));
  const reasonOf = journey => {
    if (WHERE_ALL.includes(journey) && !isAll)
      return 'it passes there, and takes its time: SILOSCOPE_WINE_JOURNEYS=all walks it, too';
    const part = IN_PART.find(one => one.journey === journey);
    return part === undefined ? (BECAUSE[journey] ?? OTHERWISE) : `in part: ${part.because}`;
  };
  const lines = journeys.map(journey => `  ${journey.padEnd(width)}  ${reasonOf(journey)}`);
  return `journeys that are not walked under Wine:\n${lines.join('\n')}\n`;
}
