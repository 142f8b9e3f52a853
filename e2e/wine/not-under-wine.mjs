// Which journeys of e2e/journeys are walked with `--host local` as a Windows process under Wine, and why the others are not. The
// lane prints the table. A launch takes up to a minute there, so that a few journeys stand for all: launches with their visibility,
// a terminal, the guard, the timeline, and hosts of one's own; Wine's own add namespaces, readiness and logs.
import { readdirSync } from 'node:fs';

/** The journeys that are walked, by the names of their files. */
export const WALKED = ['guard', 'hosts', 'terminal', 'timeline'];

/** What stands in the way of others, or makes them pointless. @type {Readonly<Record<string, string>>} */
const BECAUSE = {
  accessibility: 'it looks at the page alone: what stands on it comes from the same services',
  administrator: 'Wine knows no prompt: its one user has every right',
  connection: 'it is about page and server: no host takes part',
  'engine-restarts': 'the engine restarts at a set time after its start, which is over before a page stands here',
  'fix-a-leak': 'it opens a volume from outside: Wine runs no kernel driver, so none can be opened',
  'fsd-unloaded': 'what stands in for the driver cannot be unloaded: that is the kernel’s to do',
  'hostile-names': 'the names come from the same engine whatever the host; simulated and over SSH is enough',
  'isolation-test': 'it opens volumes from outside: Wine runs no kernel driver, so none can be opened',
  newcomer: 'it ends at a leak that was seen, which here is expected by rule alone: Wine’s own launch ends there',
  'palette-tools': 'it opens commands of the page: the host answers them as in the other journeys',
  policy: 'it is about what the page may load, and who may talk to the server',
  report: 'it opens a file that a command with a host of its own has written',
  secrets: 'the sealing by Windows is tried by the tests of the lane; the page is the same',
  'thousand-silos': 'a thousand containers in one Windows process under Wine take minutes',
  'two-browsers': 'it is about two pages on one server: the host is the same',
};
const OTHERWISE = 'walked on the simulated host and over SSH: under Wine a launch takes up to a minute';

/** The table as the lane prints it. */
export function tellNotUnderWine() {
  const journeys = readdirSync(new URL('../journeys/', import.meta.url))
    .flatMap(file => /^(.+)\.spec\.ts$/.exec(file)?.[1] ?? [])
    .filter(journey => !WALKED.includes(journey))
    .sort();
  const width = Math.max(...journeys.map(journey => journey.length));
  const lines = journeys.map(journey => `  ${journey.padEnd(width)}  ${BECAUSE[journey] ?? OTHERWISE}`);
  return `journeys that are not walked under Wine:\n${lines.join('\n')}\n`;
}
